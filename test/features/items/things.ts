// A table at which members have things.
import { features } from '../../../src/features/index.ts';
import { giveItem, takeItem } from '../../../src/features/items/api.ts';
import { type Bag, bags } from '../../../src/features/items/state.ts';
import type { Feature } from '../../../src/kernel/feature.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { mutation, openOperation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { featureWith } from '../../house/feature.ts';
import { alice, createTable, type Table } from '../table.ts';

interface Grant {
  readonly to: MemberId;
  readonly key: string;
  readonly count: number;
}

const grant = mutation({
  name: 'test.grant',
  version: 1,
  input: { parse: (input) => input as Grant },
  run: (m, { to, key, count }) => {
    if (count < 0) return done(takeItem(m, to, key, 0 - count));
    return giveItem(m, to, key, count) ?? done(count);
  },
  view: () => ({ private: true }),
});

/** Gives and takes items, through the door that everything else uses. */
export const granting = featureWith('granting', {
  operations: [grant],
});

/** A table at which `give` works, with more features where a test has its own. */
export const thingsTable = (more: readonly Feature[] = []): Table => createTable([...features, granting, ...more]);

/** Gives a member things, each once or as often as said; a negative number takes. Gives the last refusal. */
export const give = (table: Table, who: MemberId, things: Readonly<Record<string, number>>): string | undefined => {
  let refused: string | undefined;
  for (const [key, count] of Object.entries(things)) {
    refused = table.perform(alice, openOperation(grant), { to: who, key, count }).refused ?? refused;
  }
  return refused;
};

/** Gives things and puts them on or drinks them. A refusal is an error. */
export const wear = (table: Table, who: MemberId, ...keys: readonly string[]): void => {
  for (const key of keys) {
    give(table, who, { [key]: 1 });
    const worn = table.say(who, 'item equip', { item: key });
    if (worn.refused !== undefined) throw new Error(`${key}: ${worn.refused}`);
  }
};
export const drink = (table: Table, who: MemberId, ...keys: readonly string[]): void => {
  for (const key of keys) {
    give(table, who, { [key]: 1 });
    const drunk = table.say(who, 'item use', { item: key });
    if (drunk.refused !== undefined) throw new Error(`${key}: ${drunk.refused}`);
  }
};

/** A member's things, as their row holds them. */
export const bagIn = (table: Table, who: MemberId): Bag =>
  (table.state.row(bags, encodeKey(bags.key, [who])) ?? bags.initial) as Bag;
