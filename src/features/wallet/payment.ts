import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, shareOf } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { pings, prefers } from '../settings/api.ts';
import { begin } from './account.ts';
import { coinsField } from './cards.ts';
import { entries } from './entries.ts';
import { book, give, take } from './money.ts';
import { refuseReserved } from './reserve.ts';
import { payTax } from './settings.ts';
import { accounts } from './state.ts';

/** Coins that went from one member to another. */
export interface Payment {
  readonly payer: MemberId;
  readonly receiver: MemberId;
  /** Whether the receiver wants to be pinged. */
  readonly pings: boolean;
  readonly received: Coins;
  /** What was burned on the way. */
  readonly tax: Coins;
  /** What the payer's wallet holds now; for nobody else's eyes. */
  readonly wallet: Coins;
}

/**
 * Pays another member from the wallet of the member who acts; a share is of that wallet. What `pay.tax` takes is
 * burned. Refused while the payer owes anything, where the wallet is too small, where what is left must stay and where
 * the receiver has no room.
 */
export const payCoins = (m: Mutation, receiver: MemberId, amount: Amount): Outcome<Payment> => {
  const payer = m.actor.member;
  const account = begin(m);
  if (account.debt > 0) return refuse('economy.pay.debt', { coins: account.debt });
  const paid = resolveAmount(amount, account.wallet);
  if (paid === 0) return refuse('economy.pay.empty');
  if (paid > account.wallet) {
    return refuse('economy.pay.poor', { wallet: account.wallet, missing: paid - account.wallet });
  }
  const reserved = refuseReserved(m, payer, paid);
  if (reserved) return reserved;
  const tax = shareOf(paid, m.setting(payTax));
  const received = coins(paid - tax);
  const postings = [
    take(payer, 'wallet', paid, { entry: entries.paid, other: receiver }),
    give(receiver, 'wallet', received, { entry: entries.received, other: payer }),
  ];
  const refused = book(m, { postings, burned: tax });
  const wanted = prefers(m, receiver, pings);
  return refused ?? done({ payer, receiver, pings: wanted, received, tax, wallet: m.get(accounts, [payer]).wallet });
};

/** What arrived and what was taken on the way, as fields of a card. */
export const paymentFields = ({ received, tax }: Payment, text: Text): readonly Field[] => [
  coinsField('economy.field.received', received, text),
  ...(tax > 0 ? [coinsField('economy.field.tax', tax, text)] : []),
];
