import type { Mutation, Query } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import { extension } from '../../kernel/extension.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { noCoins } from '../../kernel/money.ts';
import { done } from '../../kernel/outcome.ts';
import { type GameEffect, gameEffects, type RoundEnd, raceBonus, roundEnded } from '../casino/api.ts';
import {
  bonusOver,
  interestPoints,
  type RewardBonus,
  type RobPoints,
  rewardBonuses,
  rewardGranted,
  robberyEnded,
  robPoints,
} from '../wallet/api.ts';
import { itemOf } from './catalogue.ts';
import type { Item, Payout, Works } from './kinds.ts';
import { type Bag, bagOf, putBag } from './state.ts';
import { nameKey } from './words.ts';

const isOver = (until: number | undefined, now: number): boolean => until !== undefined && until <= now;

/** The potions that work for a member now. */
export const drunkBy = (query: Query, member: MemberId): readonly Item[] => {
  const { active } = bagOf(query, member);
  return Object.entries(active).flatMap(([key, { until }]) => {
    const item = itemOf(key);
    return item === undefined || isOver(until, query.now) ? [] : [item];
  });
};

/** What a member wears. */
export const wornBy = (query: Query, member: MemberId): readonly Item[] => {
  const { worn } = bagOf(query, member);
  return Object.values(worn).flatMap((key) => itemOf(key) ?? []);
};

/** Everything that works for a member now: what they wear and what they drank. */
export const workingFor = (query: Query, member: MemberId): readonly Item[] => [
  ...wornBy(query, member),
  ...drunkBy(query, member),
];

/** Ends potions of a member that are used up by the first thing they do, where they did it. Gives their keys. */
export const useUp = (m: Mutation, member: MemberId, did: (works: Works) => boolean): readonly string[] => {
  const used = drunkBy(m, member)
    .filter(({ once, works }) => once && did(works))
    .map(({ key }) => key);
  if (used.length === 0) return used;
  const bag: Bag = bagOf(m, member);
  const active = Object.fromEntries(Object.entries(bag.active).filter(([key]) => !used.includes(key)));
  putBag(m, member, { ...bag, active });
  return used;
};

const labelled = <T>(
  item: Item,
  what: T | undefined,
): readonly (T & { readonly label: ReturnType<typeof nameKey> })[] =>
  what === undefined ? [] : [{ ...what, label: nameKey(item.key) }];

const rewardOf = ({ works }: Item, payout: Payout): Omit<RewardBonus, 'label'> | undefined => {
  const { reward } = works;
  if (!reward?.on.includes(payout)) return undefined;
  return { share: reward.share, ...(reward.most !== undefined && { most: reward.most }) };
};

const gameOf = ({ works }: Item, game: RoundEnd['game']): Omit<GameEffect, 'label'> | undefined => {
  if (works.game === undefined || (works.game.at !== 'all' && works.game.at !== game)) return undefined;
  const { at: _, ...effect } = works.game;
  return effect;
};

/** What works upon rewards, robberies, interest and games. */
export const extensions = [
  extension(rewardBonuses, (query, { member, reward }) =>
    workingFor(query, member).flatMap((item) => labelled(item, rewardOf(item, reward))),
  ),
  extension(robPoints, (query, { robber, target }): readonly RobPoints[] => [
    ...workingFor(query, robber).flatMap((item) =>
      labelled(item, item.works.rob === undefined ? undefined : { points: item.works.rob }),
    ),
    ...workingFor(query, target).flatMap((item) => {
      const { guard } = item.works;
      return labelled(item, guard && { points: 0 - guard.points, ...(guard.blocks && { blocks: guard.blocks }) });
    }),
  ]),
  extension(interestPoints, (query, { member }) =>
    wornBy(query, member).reduce((sum, { works }) => sum + (works.interest ?? 0), 0),
  ),
  extension(raceBonus, (query, { member }) => raceProfitOf(query, member) || undefined),
  extension(gameEffects, (query, { member, game }) =>
    workingFor(query, member).flatMap((item) => labelled(item, gameOf(item, game))),
  ),
];

/** Whether a potion did something in a round. */
const didAt =
  ({ game, result, extra, boost }: RoundEnd) =>
  ({ game: effect }: Works): boolean => {
    if (effect === undefined || (effect.at !== 'all' && effect.at !== game)) return false;
    if (effect.profit !== undefined && result === 'won' && extra > 0) return true;
    if (effect.insurance !== undefined && result === 'lost' && extra > 0) return true;
    return effect.chance !== undefined && boost > 0;
  };

/** Potions that are used up by what just happened. */
export const reactions = [
  reaction(rewardGranted, (m, { member, reward }) => {
    useUp(m, member, (works) => works.reward?.on.includes(reward) ?? false);
    return done();
  }),
  reaction(robberyEnded, (m, { robber, blocked }) => {
    if (!blocked) useUp(m, robber, (works) => works.rob !== undefined);
    return done();
  }),
  reaction(roundEnded, (m, round) => {
    useUp(m, round.member, didAt(round));
    return done();
  }),
];

/**
 * Adds what potions add to coins that a member gets out of a chest or a heist, and uses them up. `most` bounds what is
 * added in all. Gives the coins added; the caller pays them with the rest.
 */
export const takeRewardBonus = (
  m: Mutation,
  member: MemberId,
  payout: 'chest' | 'heist',
  { base, most }: { readonly base: Coins; readonly most?: Coins },
): Coins => {
  const bonuses = workingFor(m, member).flatMap((item) => rewardOf(item, payout) ?? []);
  const bonus = bonusOver(base, bonuses);
  const added = most !== undefined && bonus > most ? most : bonus;
  if (added === noCoins) return noCoins;
  useUp(m, member, (works) => works.reward?.on.includes(payout) ?? false);
  return added;
};

/** Ten-thousandths that what a member wears adds to the profit of a bet on a race. */
export const raceProfitOf = (query: Query, member: MemberId): number =>
  wornBy(query, member).reduce((sum, { works }) => sum + (works.race ?? 0), 0);
