import type { AnyCollection, Collection, Kinds } from '../../../kernel/collection.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import type { Feature } from '../../../kernel/feature.ts';
import { type MemberId, nobody } from '../../../kernel/ids.ts';
import { timers } from '../../../kernel/timer.ts';
import { economyLeaving } from '../../wallet/api.ts';
import { resetStepRows } from '../tuning.ts';
import type { KeptRows } from './state.ts';

type Parts = readonly (string | number)[];
type Open = Collection<unknown, Kinds, never, never>;

const open = (collection: AnyCollection): Open => collection as unknown as Open;

/** Most rows that one page gives. */
const pageRows = 200;

/** What a reset is about: the rows of the economy's features, and what they meant to do later. */
export interface ResetScope {
  readonly collections: readonly AnyCollection[];
  /** Operations whose timers go with the rows they speak of. Jobs go on. */
  readonly tasks: readonly string[];
}

/**
 * What a reset leaves, by name, as rows are kept: coins made and unmade, which it counts itself; the dates of jobs that
 * were left out; what lies in chests, which is a setting in all but form; how far members let themselves go at the casino,
 * which nobody but they may lift.
 */
export const lastingCollections: ReadonlySet<string> = new Set([
  'economy.supply',
  'economy.flow',
  'economy.pause',
  'chests.table',
  'casino.care',
]);

/**
 * The economy's features but for `without`, with those of their collections that `lasting` does not name. A feature
 * takes part by being of the pack: none can be forgotten.
 */
export const scopeOf = (features: readonly Feature[], without: string, lasting: ReadonlySet<string>): ResetScope => {
  const economy = features.filter(({ name, pack }) => pack === 'economy' && name !== without);
  const jobs = new Set<string>(
    economy.flatMap((feature) => (feature.jobs ?? []).map(({ operation }) => operation.name)),
  );
  return {
    collections: economy.flatMap((feature) => feature.collections).filter(({ name }) => !lasting.has(name)),
    tasks: economy.flatMap((feature) => feature.operations.map(({ name }) => name)).filter((name) => !jobs.has(name)),
  };
};

/** What is done with a row that goes: kept, or left. */
type Take = (collection: AnyCollection, key: Parts, row: unknown) => void;

/** Takes all rows that are keyed first by a member; gives how many. */
const takeRowsOf = (m: Mutation, scope: ResetScope, member: MemberId, take: Take): number => {
  let taken = 0;
  for (const collection of scope.collections) {
    if (collection.key[0] !== 'member') continue;
    const rows = open(collection);
    for (;;) {
      const page =
        rows.key.length === 1
          ? [[[member] as Parts, m.find(rows, [member])] as const].filter(([, row]) => row !== undefined)
          : m.page(rows, { from: [member], limit: pageRows });
      for (const [key, row] of page) {
        take(collection, key, row);
        m.remove(rows, key);
      }
      taken += page.length;
      if (page.length < pageRows) break;
    }
  }
  return taken;
};

/** A member who still has rows. */
const nextOwner = (query: Query, scope: ResetScope): MemberId | undefined => {
  for (const collection of scope.collections) {
    if (collection.key[0] !== 'member') continue;
    const [first] = query.page(open(collection), { limit: 1 });
    if (first) return first[0][0] as MemberId;
  }
  return undefined;
};

const takePage = (m: Mutation, collection: AnyCollection, take: Take, limit: number, from?: Parts): number => {
  const rows = open(collection);
  const page = m.page(rows, { limit, ...(from && { from }) });
  for (const [key, row] of page) {
    take(collection, key, row);
    m.remove(rows, key);
  }
  return page.length;
};

/** Takes a step's worth of timers, before rows: none falls for a row that is gone. Gives how many, 0 when none is left. */
export const takeTimers = (m: Mutation, scope: ResetScope, take: Take): number => {
  let taken = 0;
  for (const task of scope.tasks) {
    if (taken < resetStepRows) taken += takePage(m, timers, take, resetStepRows - taken, [task]);
  }
  return taken;
};

/**
 * Takes a step's worth of rows: each member's together, since what a member owes is held in several; then all others.
 * Gives how many it took, 0 when none is left.
 */
export const takeRows = (m: Mutation, scope: ResetScope, take: Take): number => {
  let taken = 0;
  for (let owner = nextOwner(m, scope); owner !== undefined && taken < resetStepRows; owner = nextOwner(m, scope)) {
    m.emit(economyLeaving, { member: owner });
    taken += takeRowsOf(m, scope, owner, take);
  }
  if (taken > 0) return taken;
  for (const collection of scope.collections) {
    if (taken < resetStepRows) taken += takePage(m, collection, take, resetStepRows - taken);
  }
  return taken;
};

/** Keeps a row under whose it is. */
export const keepIn =
  (m: Mutation, kept: KeptRows): Take =>
  (collection, key, row) => {
    const owner = collection.key[0] === 'member' ? (key[0] as MemberId) : nobody;
    m.put(kept, [owner, m.newId()], { collection: collection.name, key: [...key], version: collection.version, row });
  };

/** Of a row that is not to come back nothing stays. */
export const dropRow: Take = () => undefined;

/** Removes rows in keeping; gives how many, 0 when none is left. */
export const clearKept = (m: Mutation, kept: KeptRows): number => {
  const page = m.page(kept, { limit: resetStepRows });
  for (const [key] of page) m.remove(kept, key);
  return page.length;
};

const upgraded = ({ upgrades }: AnyCollection, version: number, row: unknown): unknown =>
  upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), row);

/** The collection of a row in keeping; `undefined` where its feature is gone. */
const collectionNamed = (scope: ResetScope, name: string): AnyCollection | undefined =>
  name === timers.name ? timers : scope.collections.find((one) => one.name === name);

/**
 * Puts a step's worth of rows back, each member's together; `returned` hears of each member after that. Gives how many
 * rows, 0 when none is left.
 */
export const returnRows = (
  m: Mutation,
  scope: ResetScope,
  kept: KeptRows,
  returned: (member: MemberId) => void,
): number => {
  let done = 0;
  while (done < resetStepRows) {
    const [first] = m.page(kept, { limit: 1 });
    if (first === undefined) break;
    const owner = first[0][0];
    // Of those that are nobody's a step's worth is enough; a member's come whole.
    const limit = owner === nobody ? resetStepRows - done : pageRows;
    for (;;) {
      const page = m.page(kept, { from: [owner], limit });
      for (const [key, { collection: name, key: parts, version, row }] of page) {
        const collection = collectionNamed(scope, name);
        if (collection) m.put(open(collection), parts, upgraded(collection, version, row));
        m.remove(kept, key);
      }
      done += page.length;
      if (owner === nobody || page.length < limit) break;
    }
    if (owner !== nobody) returned(owner);
  }
  return done;
};
