import { z } from 'zod';
import { type AnyCollection, type Collection, collection } from '../../src/kernel/collection.ts';
import type { Mutation } from '../../src/kernel/context.ts';
import { memberId } from '../../src/kernel/ids.ts';
import { world } from '../../src/kernel/world.ts';

/** A version of the trial feature: a start with the second one upgrades the rows of the first. */
export type TrialVersion = 1 | 2;

interface Deed {
  readonly count: number;
  readonly lately: readonly string[];
  readonly best?: number;
}

const fields = { count: z.int().nonnegative(), lately: z.array(z.string()).max(3) };
const common = {
  name: 'trial.deed',
  key: ['member'],
  initial: { count: 0, lately: [] },
  rowsMax: 10_000,
  forget: 'key',
} as const;

const first = collection<Deed, readonly ['member'], 'count', 'done'>({
  ...common,
  version: 1,
  schema: z.strictObject(fields),
  upgrades: [],
  orderings: { count: (row) => (row.count > 0 ? row.count : undefined) },
  totals: { done: (row) => row.count },
});
const second = collection<Deed, readonly ['member'], 'count', 'done'>({
  ...common,
  version: 2,
  schema: z.strictObject({ ...fields, best: z.int() }),
  initial: { ...common.initial, best: 0 },
  upgrades: [(row) => ({ ...(row as Deed), best: (row as Deed).count * 2 })],
  // Other scores and another sum than the first version's: what is derived has to be derived anew.
  orderings: { count: (row) => (row.count > 1 ? row.count * 3 : undefined) },
  totals: { done: (row) => row.count + (row.best ?? 0) },
});

/** What members did, and lately: the rows whose form the second version changes. */
export const deedsOf = (version: TrialVersion): Collection<Deed, readonly ['member'], 'count', 'done'> =>
  version === 1 ? first : second;

/** The name of those rows' collection. */
export const deedsName: AnyCollection['name'] = common.name;

const everybody = memberId('299999999999999999');

/** Writes down that something happened in the guild, in the row of nobody in particular. */
export const mark = (m: Mutation, version: TrialVersion, what: string): void => {
  const deeds = deedsOf(version);
  const row = m.get(deeds, [everybody]);
  const count = row.count + 1;
  m.put(deeds, [everybody], {
    count,
    lately: [...row.lately, what].slice(-3),
    ...(version === 2 && { best: Math.max(row.best ?? 0, count) }),
  });
};

/** A world that somebody outside this process publishes. */
export const weather = world({
  name: 'trial.weather',
  schema: z.strictObject({ degrees: z.int() }),
  initial: { degrees: 0 },
});
