import type { Mutation, Query } from '../../kernel/context.ts';
import { extension } from '../../kernel/extension.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { noCoins } from '../../kernel/money.ts';
import { declaredPreferences, type Preference, prefers } from '../settings/api.ts';
import { begin } from './account.ts';
import { accounts } from './state.ts';
import { passiveRestMs } from './tuning.ts';

/**
 * Neither robs nor is robbed. Not a cloak to be put on and off around a robbery: a change lasts a day, and whoever has
 * tried to rob somebody stays open to the same for a day.
 */
export const passive: Preference = {
  name: 'passive',
  title: 'economy.preference.passive',
  describe: 'economy.preference.passive-about',
  initial: false,
  restMs: passiveRestMs,
  lockedUntil: (query, member) => {
    const { robTriedAt } = query.get(accounts, [member]);
    return robTriedAt === undefined ? 0 : robTriedAt + passiveRestMs;
  },
};

/** Bets from the wallet alone, so that what is in the bank is safe from oneself, too. */
export const walletOnly: Preference = {
  name: 'wallet-only',
  title: 'economy.preference.wallet-only',
  describe: 'economy.preference.wallet-only-about',
  initial: false,
};

/** What members choose about their money. */
export const walletPreferences = extension(declaredPreferences, () => [passive, walletOnly]);

/** Whether a member neither robs nor is robbed. */
export const isPassive = (query: Query, member: MemberId): boolean => prefers(query, member, passive);

/** What the member who acts bets from. */
export interface BettingFunds {
  readonly wallet: Coins;
  /** Nothing where they bet from the wallet alone, whatever is there. */
  readonly bank: Coins;
  readonly walletOnly: boolean;
}

/** The purses that the member who acts bets from. */
export const bettingFunds = (m: Mutation): BettingFunds => {
  const { wallet, bank } = begin(m);
  const only = prefers(m, m.actor.member, walletOnly);
  return { wallet, bank: only ? noCoins : bank, walletOnly: only };
};
