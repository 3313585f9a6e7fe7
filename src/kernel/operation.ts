import { assert } from './assert.ts';
import type { Mutation, Query } from './context.ts';
import type { Dotted, Frozen, Schema } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { Modal, Reply } from './reply.ts';
import type { Text } from './text.ts';

declare const sealed: unique symbol;

/**
 * The class of people an operation is for, checked when it runs, however it was reached. What is for `runtime` is run
 * by timers, jobs and results alone: no forged control reaches it.
 */
export type Who = 'anyone' | 'staff' | 'administrator' | 'owner' | 'runtime';

/** One thing a guild's actor can be asked: by slash command, button, select, modal, timer or effect result. */
export interface Operation<I> {
  readonly name: Dotted;
  readonly version: number;
  readonly [sealed]: (input: I) => void;
}

interface OperationSpec<C, I, T, View> {
  readonly name: Dotted;
  /** Raised when the input's form changes; controls of an older version answer that they are out of date. */
  readonly version: number;
  /** `anyone` unless said otherwise. */
  readonly who?: Who;
  readonly input: Schema<I>;
  readonly run: (context: C, input: Frozen<I>) => Outcome<T>;
  /** Pure: turns the handler's value into words. Runs when the operation is durable. */
  readonly view: (value: NoInfer<T>, text: Text) => View;
}

/** An operation whose types have been forgotten: what the runtime handles. */
export interface AnyOperation {
  readonly kind: 'query' | 'form' | 'mutation';
  readonly name: Dotted;
  readonly version: number;
  readonly who: Who;
  readonly input: Schema<unknown>;
  readonly run: (context: never, input: never) => Outcome<unknown>;
  readonly view: (value: never, text: Text) => Reply | Modal;
}

const operationNamePattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;
/** Leaves room for the input in Discord's 100 characters of a component id. */
const operationNameMax = 48;

const declare = <C, I, T, View>(kind: AnyOperation['kind'], spec: OperationSpec<C, I, T, View>): Operation<I> => {
  assert(operationNamePattern.test(spec.name), `an operation has a dotted name, not ${spec.name}`);
  assert(spec.name.length <= operationNameMax, `${spec.name} is at most ${operationNameMax} characters`);
  return { ...spec, kind, who: spec.who ?? 'anyone' } as unknown as Operation<I>;
};

/** Declares an operation that only reads. Its answer is released when what it read is durable. */
export const query = <I, T>(spec: OperationSpec<Query, I, T, Reply>): Operation<I> => declare('query', spec);

/**
 * Declares an operation that opens a form. Discord takes a form as the first answer only, within three seconds, so it
 * never waits for the disk: what it shows may come from an operation that is not durable yet.
 */
export const form = <I, T>(spec: OperationSpec<Query, I, T, Modal>): Operation<I> => declare('form', spec);

/** Declares an operation that may change rows; its answer is released when the change is durable. */
export const mutation = <I, T>(spec: OperationSpec<Mutation, I, T, Reply>): Operation<I> => declare('mutation', spec);

/**
 * Declares an operation that nobody asks for: a timer, a job, or the result of an effect runs it. A refusal leaves no
 * trace, as always, and what called it counts as done.
 */
export const task = <I>(spec: {
  readonly name: Dotted;
  /** Raised when the input's form changes; the input of an older version must still be taken. */
  readonly version: number;
  readonly input: Schema<I>;
  readonly run: (context: Mutation, input: Frozen<I>) => Outcome<undefined>;
}): Operation<I> =>
  declare<Mutation, I, undefined, Reply>('mutation', { ...spec, who: 'runtime', view: () => ({ private: true }) });

/** What the runtime sees behind an operation. */
export const openOperation = <I>(operation: Operation<I>): AnyOperation => operation as unknown as AnyOperation;
