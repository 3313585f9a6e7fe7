import { z } from 'zod';
import type { AnyCollection } from '../kernel/collection.ts';
import type { Mutation, Query } from '../kernel/context.ts';
import { outbox } from '../kernel/effect.ts';
import { type Dotted, epochMs } from '../kernel/ids.ts';
import { jobStates } from '../kernel/job.ts';
import { removalKey, removals } from '../kernel/membership.ts';
import { type Operation, task } from '../kernel/operation.ts';
import { done } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { settingOverrides } from '../kernel/setting.ts';
import { timers } from '../kernel/timer.ts';
import { type OpenCollection, open, stepRowsMax } from './rows.ts';
import { lateMs, secondGraceMs } from './state.ts';

const dayMs = 24 * 60 * 60_000;

/** What happens to a server's rows when it sends the bot away and asks it back. */
export interface GuildForgetting {
  /** Somebody asks for an operation in the guild. Why it is refused: the guild is being erased. */
  readonly acting: (mutation: Mutation) => Dotted | undefined;
  readonly operations: readonly Operation<never>[];
}

const nothing = z.strictObject({});

const isErasing = (query: Query): boolean => query.count(removals) > 0 && query.get(removals, removalKey).erasing;

/**
 * The collections in the order a guild's rows go. First what could run or post something halfway; last what would come
 * back by itself.
 */
const inOrder = (registry: Registry): readonly OpenCollection[] => {
  const first: readonly AnyCollection[] = [timers, outbox];
  const last: readonly AnyCollection[] = [jobStates, settingOverrides];
  const all = [...registry.collections.values()];
  const between = all.filter(
    (collection) =>
      collection.name !== removals.name && ![...first, ...last].some(({ name }) => name === collection.name),
  );
  return [...first, ...between, ...last].map(open);
};

/** Removes at most `stepRowsMax` rows of a guild, but not the removal itself. How many there were. */
const removeStep = (mutation: Mutation, registry: Registry): number => {
  let left = stepRowsMax;
  for (const rows of inOrder(registry)) {
    if (mutation.count(rows) === 0) continue;
    const page = mutation.page(rows, { limit: left });
    for (const [key] of page) mutation.remove(rows, key);
    left -= page.length;
    if (left === 0) break;
  }
  return stepRowsMax - left;
};

/** A server's leaving and coming back, and the erasure of all its rows when `retentionDays` have passed between. */
export const guildForgetting = (registry: () => Registry, retentionDays: number): GuildForgetting => {
  const erase: Operation<Record<string, never>> = task({
    name: 'core.erase-guild',
    version: 1,
    input: nothing,
    run: (m) => {
      const removal = m.find(removals, removalKey);
      if (removal === undefined || m.now < removal.eraseAt) return done();
      if (!removal.erasing && m.now - removal.eraseAt > lateMs) {
        const eraseAt = epochMs(m.now + secondGraceMs);
        m.put(removals, removalKey, { ...removal, eraseAt });
        m.wake(erase, 'guild', eraseAt, {});
        return done();
      }
      // Not with the last rows: jobs are planned anew in the operation that removes what they were planned by.
      if (removeStep(m, registry()) === 0) {
        m.remove(removals, removalKey);
        return done();
      }
      m.put(removals, removalKey, { ...removal, erasing: true });
      m.wake(erase, 'guild', m.now, {});
      return done();
    },
  });

  const left = task({
    name: 'core.guild-left',
    version: 1,
    input: nothing,
    run: (m) => {
      if (m.find(removals, removalKey) !== undefined) return done();
      if (inOrder(registry()).every((rows) => m.count(rows) === 0)) return done();
      const eraseAt = epochMs(m.now + retentionDays * dayMs);
      m.put(removals, removalKey, { at: m.now, eraseAt, erasing: false });
      m.wake(erase, 'guild', eraseAt, {});
      return done();
    },
  });

  /** Undoes a removal whose time has not come. One that is under way goes to its end. */
  const keep = (mutation: Mutation): void => {
    if (mutation.count(removals) === 0 || isErasing(mutation)) return;
    mutation.remove(removals, removalKey);
    mutation.cancel(erase, 'guild');
  };

  const seen = task({
    name: 'core.guild-seen',
    version: 1,
    input: nothing,
    run: (m) => {
      keep(m);
      return done();
    },
  });

  return {
    acting: (mutation) => {
      if (isErasing(mutation)) return 'core.guild-erasing';
      keep(mutation);
      return undefined;
    },
    operations: [left, seen, erase],
  };
};

/**
 * The registry with rules that hold while a guild's rows are there: halfway through the erasure of all of them, sums
 * over what is left mean nothing.
 */
export const exemptErasing = (registry: Registry): Registry => ({
  ...registry,
  invariants: registry.invariants.map((invariant) => ({
    ...invariant,
    holds: (query) => invariant.holds(query) || isErasing(query),
  })),
});
