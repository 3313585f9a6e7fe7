import { z } from 'zod';
import { assert } from './assert.ts';
import type { Dotted } from './ids.ts';
import type { Reply } from './reply.ts';
import type { Text } from './text.ts';

declare const sealed: unique symbol;

/** A message that an effect posts: stored as data, put into words when it leaves, in the language of who reads it. */
export interface Card<V> {
  readonly name: Dotted;
  readonly [sealed]: (value: V) => void;
}

/** A card whose types have been forgotten: what the runtime handles. */
export interface AnyCard {
  readonly name: Dotted;
  readonly view: (value: never, text: Text) => Reply;
}

/** A card with its value, as an effect keeps it. */
export interface ShownCard {
  readonly card: string;
  readonly value: unknown;
}

/** The stored form of a shown card. */
export const shownCardSchema = z.strictObject({ card: z.string(), value: z.unknown() });

const cardNamePattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** Declares a card. `view` is pure, and still takes values that an older version of it stored. */
export const card = <V>(spec: { readonly name: Dotted; readonly view: (value: V, text: Text) => Reply }): Card<V> => {
  assert(cardNamePattern.test(spec.name), `a card has a dotted name, not ${spec.name}`);
  return spec as unknown as Card<V>;
};

/** A card to be shown with a value of plain data. */
export const show = <V>(shown: Card<V>, value: V): ShownCard => ({ card: shown.name, value });

/** What the runtime sees behind a card. */
export const openCard = <V>(one: Card<V>): AnyCard => one as unknown as AnyCard;
