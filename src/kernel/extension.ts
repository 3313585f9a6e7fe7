import type { Query } from './context.ts';
import type { Dotted, Frozen } from './ids.ts';

declare const types: unique symbol;

/** A question that a feature asks all others, without knowing which of them have an answer. */
export interface ExtensionPoint<S, A> {
  readonly name: Dotted;
  readonly [types]: (subject: S) => A;
}

/** A feature's answer at an extension point. */
export interface Extension {
  readonly point: Dotted;
  readonly answer: (query: Query, subject: never) => unknown;
}

/** Declares a question by its name; `S` is what it is asked about, `A` what an answer looks like. */
export const extensionPoint = <S, A>(name: Dotted): ExtensionPoint<S, A> => ({ name }) as ExtensionPoint<S, A>;

/**
 * Declares what a feature answers; `undefined` where it has nothing to say. It reads only: what an answer uses up is
 * taken by a reaction to the event that follows, since the question may also be asked for a display.
 */
export const extension = <S, A>(
  point: ExtensionPoint<S, A>,
  answer: (query: Query, subject: Frozen<S>) => A | undefined,
): Extension => ({ point: point.name, answer });
