import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { useUp, workingFor } from './effects.ts';
import { type HeistTrait, heistTraits } from './kinds.ts';

/** What a member's things change about a heist, each in ten-thousandths. */
export interface HeistModifiers {
  /** What all of them come to. */
  readonly sum: Readonly<Record<HeistTrait, number>>;
  /** What the best single one comes to: a team has 0.6 of all its members' sums, but at most 1.5 of the best single one. */
  readonly best: Readonly<Record<HeistTrait, number>>;
  /** Tries that a lock gives beyond the usual. */
  readonly lockTries: number;
}

const none = Object.fromEntries(heistTraits.map((trait) => [trait, 0])) as Record<HeistTrait, number>;

/**
 * What a member wears and drank, as it bears upon a heist. `evasion` is taken from the chance of being seen (0.2: times
 * 0.8), `forgiveness` is the chance that a failed task counts for nothing, `answer-time` is added to the time of a task,
 * `progress` to that of each task done; the others are the specification's 2.13.
 */
export const heistModifiersOf = (query: Query, member: MemberId): HeistModifiers => {
  const sum = { ...none };
  const best = { ...none };
  for (const { works } of workingFor(query, member)) {
    for (const trait of heistTraits) {
      const value = works.heist?.[trait] ?? 0;
      sum[trait] += value;
      best[trait] = Math.max(best[trait], value);
    }
  }
  return { sum, best, lockTries: Number(sum.lockpick > 0) };
};

/** Uses up the potions of a member that work in one heist. Called once, when it begins or ends; gives their keys. */
export const consumeHeist = (m: Mutation, member: MemberId): readonly string[] =>
  useUp(m, member, ({ heist }) => heist !== undefined);
