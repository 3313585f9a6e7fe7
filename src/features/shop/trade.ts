import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax, shareOf } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { countOf, giveItem, type Item, refuseMore, takeItem, worthOf } from '../items/api.ts';
import { begin, book, type FundsSplit, moneyOf, serveIncome, splitFunds, takeFunds } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { resaleShare } from './settings.ts';
import { buyers } from './state.ts';
import type { Offer } from './stock.ts';
import { purchaseNumbers } from './tuning.ts';

/** The number of a member's next purchase, as buttons carry it. */
export const purchaseNumber = (purchases: number): number => purchases % purchaseNumbers;

/** Something that was bought. */
export interface Bought {
  readonly by: MemberId;
  readonly item: Item;
  readonly count: number;
  readonly split: FundsSplit;
  readonly wallet: Coins;
  readonly bank: Coins;
  /** How many the member has now. */
  readonly owned: number;
}

/** Sells an offer so many times to the member who acts, from their wallet and then their bank; the coins are unmade. */
export const buy = (m: Mutation, { item, price }: Offer, count: number): Bought | Outcome<never> => {
  const by = m.actor.member;
  const account = begin(m);
  const total = coins(price * count);
  const full = refuseMore(m, by, item.key, count);
  if (full) return full;
  const split = splitFunds(account, total);
  if (split.missing > 0) {
    const { wallet, bank } = account;
    return refuse('economy.shop.poor', { wallet, bank, total, missing: split.missing });
  }
  const refused =
    book(m, { postings: takeFunds(by, split, { entry: entries.purchase }), burned: total }) ??
    giveItem(m, by, item.key, count);
  if (refused) return refused;
  m.put(buyers, [by], { purchases: m.get(buyers, [by]).purchases + 1 });
  const { wallet, bank } = moneyOf(m, by);
  return { by, item, count, split, wallet, bank, owned: countOf(m, by, item.key) };
};

/** Something that was sold back. */
export interface Sold {
  readonly item: Item;
  readonly count: number;
  readonly proceeds: Coins;
  readonly debtPaid: Coins;
  readonly wallet: Coins;
  readonly left: number;
}

/** Buys items back from the member who acts, at the server's share of what they are worth. Debts are served first. */
export const sell = (m: Mutation, item: Item, count: number): Outcome<Sold> => {
  const by = m.actor.member;
  const share = m.setting(resaleShare);
  if (share === 0) return refuse('economy.shop.no-resale');
  const held = countOf(m, by, item.key);
  if (held < count) return refuse('economy.shop.too-few', { count, held });
  const each = shareOf(worthOf(m, item), share);
  if (each === 0) return refuse('economy.shop.worthless');
  // A million of the dearest come to far less than an account can hold.
  const proceeds = coins(Math.min(each * count, coinsMax));
  begin(m);
  takeItem(m, by, item.key, count);
  const { booking, debtPaid } = serveIncome(m, by, { coins: proceeds, entry: entries.sale });
  const refused = book(m, { ...booking, minted: proceeds });
  if (refused) return refused;
  const { wallet } = moneyOf(m, by);
  return done({ item, count, proceeds, debtPaid, wallet, left: held - count });
};
