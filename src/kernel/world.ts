import { z } from 'zod';
import { assert } from './assert.ts';
import { collection } from './collection.ts';
import type { Dotted, EpochMs, Frozen, Schema } from './ids.ts';
import { timeSchema } from './schemas.ts';

declare const sealed: unique symbol;

/** An input that all guilds share and none can change: the market's quotes. */
export interface World<W> {
  readonly name: Dotted;
  readonly schema: Schema<W>;
  /** Before the first one was published. */
  readonly initial: Frozen<W>;
  readonly [sealed]: 'world';
}

/** A world whose type has been forgotten: what the runtime handles. */
export interface AnyWorld {
  readonly name: Dotted;
  readonly schema: Schema<unknown>;
  readonly initial: unknown;
}

/** What an operation sees of a world: all of one version, however old. */
export interface WorldView<W> {
  /** 0 before the first; each publication adds one. */
  readonly version: number;
  readonly at: EpochMs;
  readonly value: Frozen<W>;
}

/** The newest version of each world, a row of the realm that publishes it. */
export const worlds = collection({
  name: 'core.world',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ version: z.int().nonnegative(), at: timeSchema, value: z.unknown() }),
  initial: { version: 0, at: timeSchema.parse(0), value: undefined },
  upgrades: [],
  rowsMax: 100,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** Declares a world. Throws on a name that is not dotted. */
export const world = <W>(spec: {
  readonly name: Dotted;
  readonly schema: Schema<W>;
  readonly initial: Frozen<W>;
}): World<W> => {
  assert(spec.name.includes('.'), 'a world has a dotted name');
  return spec as World<W>;
};
