import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, leastCoins } from '../../kernel/money.ts';
import type { Account } from './account.ts';
import { type Posting, take } from './money.ts';

/** How an amount is taken from a member's funds: the wallet first, the rest from the bank. */
export interface FundsSplit {
  readonly fromWallet: Coins;
  readonly fromBank: Coins;
  /** What neither holds. */
  readonly missing: Coins;
}

/** Splits an amount over the wallet and then the bank of an account. */
export const splitFunds = (account: Pick<Account, 'wallet' | 'bank'>, amount: Coins): FundsSplit => {
  const fromWallet = leastCoins(account.wallet, amount);
  const fromBank = leastCoins(account.bank, coins(amount - fromWallet));
  return { fromWallet, fromBank, missing: coins(amount - fromWallet - fromBank) };
};

/** The postings that take a split from a member, leaving out purses that give nothing. */
export const takeFunds = (
  member: MemberId,
  split: FundsSplit,
  as: Pick<Posting, 'entry' | 'other'>,
): readonly Posting[] => {
  const postings: Posting[] = [];
  if (split.fromWallet > 0) postings.push(take(member, 'wallet', split.fromWallet, as));
  if (split.fromBank > 0) postings.push(take(member, 'bank', split.fromBank, as));
  return postings;
};
