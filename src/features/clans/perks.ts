// What members of the richest guilds have of it, where the server wants that: through what wallet, shop and casino ask.
import type { Query } from '../../kernel/context.ts';
import { extension } from '../../kernel/extension.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import { shareUnits } from '../../kernel/money.ts';
import type { TextArguments } from '../../kernel/outcome.ts';
import { gameEffects } from '../casino/api.ts';
import { shopDiscounts } from '../shop/api.ts';
import { interestPoints, placeBySteadiness, robPoints } from '../wallet/api.ts';
import { findClan, membershipOf } from './clan.ts';
import { perksEnabled } from './settings.ts';
import { largeClanMembers, largeClanPercent, type Perks, perksByPlace } from './tuning.ts';

/**
 * What a clan's members have: by the place of its treasury among what treasuries held all week, and more where there are
 * many of them. Filling one for a day brings nothing.
 */
export const perksOf = (query: Query, clan: RowId): Perks | undefined => {
  if (!query.setting(perksEnabled)) return undefined;
  const place = placeBySteadiness(query, clan);
  const perks = place === undefined ? undefined : perksByPlace[place];
  if (perks === undefined || (findClan(query, clan)?.members ?? 0) < largeClanMembers) return perks;
  const more = (units: number): number => Math.floor((units * largeClanPercent) / 100);
  return {
    discount: more(perks.discount),
    interest: more(perks.interest),
    guard: more(perks.guard),
    profit: more(perks.profit),
  };
};

const perksFor = (query: Query, member: MemberId): Perks | undefined => {
  const membership = query.setting(perksEnabled) ? membershipOf(query, member) : undefined;
  return membership && perksOf(query, membership.clan);
};

const label = 'economy.clan.perks.label' as const;

/** What bears upon prices, interest, robberies and games. The casino cuts back what would make a gain of a game. */
export const perkExtensions = [
  extension(shopDiscounts, (query, { member }) => perksFor(query, member)?.discount),
  extension(interestPoints, (query, { member }) => perksFor(query, member)?.interest),
  extension(robPoints, (query, { target }) => {
    const perks = perksFor(query, target);
    return perks && [{ points: 0 - perks.guard, label }];
  }),
  extension(gameEffects, (query, { member }) => {
    const perks = perksFor(query, member);
    return perks && [{ profit: perks.profit, label }];
  }),
];

/** Perks in figures, for words: percent, and percentage points of robberies. */
export const perkArguments = ({ discount, interest, guard, profit }: Perks): TextArguments => ({
  discount: (discount * 100) / shareUnits,
  interest: (interest * 100) / shareUnits,
  guard: (guard * 100) / shareUnits,
  profit: (profit * 100) / shareUnits,
});
