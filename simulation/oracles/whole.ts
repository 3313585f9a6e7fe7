import type { AnyCollection } from '../../src/kernel/collection.ts';
import { outbox } from '../../src/kernel/effect.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { GuildState } from '../../src/storage/contract.ts';
import { shown, Violation } from '../violation.ts';
import type { ModelGuild } from './model-guild.ts';
import { same } from './same.ts';

const everything = 1_000_000;
const all = { prefix: '', after: undefined, reverse: false, limit: everything } as const;

const compareCollection = (actual: GuildState, expected: ModelGuild, collection: AnyCollection): void => {
  const fail = (what: string, one: unknown, other: unknown): never => {
    throw new Violation(
      'whole state',
      `${what} of guild ${actual.guild}: ${shown(one)}, and should be ${shown(other)}`,
    );
  };
  const { name } = collection;
  const rows = actual.scan(collection, all);
  const expectedRows = expected.scan(collection, all);
  for (const [index, row] of expectedRows.entries()) {
    if (!same(rows[index], row)) fail(`a row of ${name}`, rows[index], row);
  }
  if (rows.length > expectedRows.length) fail(`a row of ${name}`, rows[expectedRows.length], undefined);
  if (actual.count(collection) !== expectedRows.length)
    fail(`the count of ${name}`, actual.count(collection), rows.length);
  for (const ordering in collection.orderings) {
    const top = actual.top(collection, ordering, 0, everything);
    const expectedTop = expected.top(collection, ordering, 0, everything);
    if (!same(top, expectedTop)) fail(`the board ${name} ${ordering}`, top, expectedTop);
    const middle = expectedTop[expectedTop.length >> 1];
    if (middle === undefined) continue;
    const place = actual.place(collection, ordering, middle[1], middle[0]);
    if (place !== expectedTop.length >> 1) fail(`a place on ${name} ${ordering}`, place, expectedTop.length >> 1);
  }
  for (const total in collection.totals) {
    const sum = actual.total(collection, total);
    if (sum !== expected.total(collection, total)) fail(`${total} of ${name}`, sum, expected.total(collection, total));
  }
};

/** A guild's least alarm, worked out from its rows. */
export const leastAlarmOf = (state: ModelGuild): number | undefined => {
  const times = [timers, outbox].flatMap((collection) =>
    state.top(collection, 'due', 0, 1).map(([, score]) => 0 - score),
  );
  return times.length === 0 ? undefined : Math.min(...times);
};

/** Compares all that a guild's state shows with what the reference has. Throws a `Violation`. */
export const compareGuild = (actual: GuildState, expected: ModelGuild, registry: Registry): void => {
  if (actual.sequence !== expected.sequence) {
    throw new Violation('whole state', `guild ${actual.guild} drew ${actual.sequence} ids, not ${expected.sequence}`);
  }
  for (const collection of registry.collections.values()) compareCollection(actual, expected, collection);
  const dueAt = leastAlarmOf(expected);
  if (actual.dueAt !== dueAt) {
    throw new Violation('alarms', `guild ${actual.guild} is to be woken at ${actual.dueAt}, and should be at ${dueAt}`);
  }
};
