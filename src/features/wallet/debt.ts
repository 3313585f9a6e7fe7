import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { addCoins, coins, coinsMax, leastCoins, noCoins } from '../../kernel/money.ts';
import { type EntryKind, entries } from './entries.ts';
import { splitFunds, takeFunds } from './funds.ts';
import { type Booking, book, give, type Posting, take } from './money.ts';
import { unreservedOf } from './reserve.ts';
import { restOf } from './rest.ts';
import { accounts, debts } from './state.ts';
import { creditorsMax } from './tuning.ts';

const debtsOf = (query: Query, debtor: MemberId) => query.page(debts, { from: [debtor], limit: creditorsMax });

/** Whether a member can come to owe somebody more: within the ceiling, and not to more creditors than are kept. */
export const canOwe = (query: Query, debtor: MemberId, creditor: MemberId, amount: Coins): boolean => {
  if (addCoins(query.get(accounts, [debtor]).debt, amount) === undefined) return false;
  const owed = debtsOf(query, debtor);
  return owed.length < creditorsMax || owed.some(([, debt]) => debt.creditor === creditor);
};

/**
 * Notes a debt to somebody and gives the posting that goes with it. `canOwe` was asked first; debts to one creditor
 * are one row.
 */
export const owe = (
  mutation: Mutation,
  debtor: MemberId,
  creditor: MemberId,
  debt: { readonly coins: Coins; readonly entry: EntryKind },
): Posting => {
  const [key, row] = debtsOf(mutation, debtor).find(([, known]) => known.creditor === creditor) ?? [
    [debtor, mutation.newId()] as const,
    { coins: noCoins, creditor },
  ];
  mutation.put(debts, key, { ...row, coins: coins(row.coins + debt.coins) });
  return give(debtor, 'debt', debt.coins, { entry: debt.entry, other: creditor });
};

/** Notes a debt without a creditor: what is collected of it is burned. Gives the posting that goes with it. */
export const oweNobody = (
  mutation: Mutation,
  debtor: MemberId,
  debt: { readonly coins: Coins; readonly entry: EntryKind },
): Posting => {
  mutation.put(debts, [debtor, mutation.newId()], { coins: debt.coins });
  return give(debtor, 'debt', debt.coins, { entry: debt.entry });
};

/** What part of an amount pays which debts. */
interface Payment {
  readonly paid: Coins;
  /** What goes to creditors. */
  readonly postings: readonly Posting[];
  /** What goes to nobody, because the debt has no creditor. */
  readonly burned: Coins;
}

/**
 * Debts in the order they are served: first those to nobody, the oldest of each first. A loan that was lost is one, and
 * must not wait until what was lent has gone to those whom the borrower came to owe meanwhile.
 */
const inOrder = (query: Query, debtor: MemberId) => {
  const all = debtsOf(query, debtor);
  const isNobodys = ([, { creditor }]: (typeof all)[number]): boolean => creditor === undefined;
  return [...all.filter(isNobodys), ...all.filter((one) => !isNobodys(one))];
};

/**
 * Pays a member's debts with up to `amount`, in their order, and strikes off what is paid. A creditor whose wallet is at
 * its ceiling is paid another time, and so is one whose part would be of coins that must stay: `unreserved` is what need
 * not.
 */
const payDebts = (mutation: Mutation, debtor: MemberId, amount: Coins, unreserved: number): Payment => {
  const postings: Posting[] = [];
  let left: number = amount;
  let burned = 0;
  let given = 0;
  for (const [key, debt] of inOrder(mutation, debtor)) {
    const { creditor } = debt;
    const room =
      creditor === undefined
        ? coinsMax
        : coins(
            Math.min(coinsMax - mutation.get(accounts, [creditor]).wallet, Math.max(0, unreserved - burned - given)),
          );
    const part = leastCoins(leastCoins(debt.coins, coins(left)), room);
    if (part === 0) continue;
    left -= part;
    if (part === debt.coins) mutation.remove(debts, key);
    else mutation.put(debts, key, { ...debt, coins: coins(debt.coins - part) });
    if (creditor === undefined) burned += part;
    else {
      given += part;
      postings.push(give(creditor, 'wallet', part, { entry: entries.debtReceived, other: debtor }));
    }
  }
  return { paid: coins(amount - left), postings, burned: coins(burned) };
};

/** An income after debts were served. */
export interface ServedIncome {
  readonly booking: Required<Pick<Booking, 'postings' | 'burned'>>;
  /** What went to debts. */
  readonly debtPaid: Coins;
  /** What reaches the wallet. */
  readonly kept: Coins;
}

/**
 * Splits an income over the member's debts, which come first, and the wallet. Every reward, prize and loot goes
 * through here; transfers between one's own purses, refunds and gifts do not. The caller books the postings together
 * with where the coins come from.
 */
export const serveIncome = (
  mutation: Mutation,
  member: MemberId,
  income: { readonly coins: Coins; readonly entry: EntryKind; readonly other?: MemberId },
): ServedIncome => {
  const { entry, other } = income;
  const owing = mutation.get(accounts, [member]).debt > 0;
  const { paid, postings, burned } = owing
    ? payDebts(mutation, member, income.coins, unreservedOf(mutation, member, income.coins))
    : { paid: noCoins, postings: [], burned: noCoins };
  const kept = coins(income.coins - paid);
  const own: Posting[] = [];
  if (paid > 0) own.push(take(member, 'debt', paid, { entry, other }));
  if (kept > 0) own.push(give(member, 'wallet', kept, { entry, other }));
  return { booking: { postings: [...own, ...postings], burned }, debtPaid: paid, kept };
};

/**
 * Collects a member's debts from what they have, wallet first, and books it. Gives what was paid; nothing is written
 * when nothing can be paid, or coins rest.
 */
export const collectDebts = (mutation: Mutation, member: MemberId): Coins => {
  const account = mutation.get(accounts, [member]);
  if (account.debt === 0 || restOf(mutation) !== undefined) return noCoins;
  const funds = account.wallet + account.bank;
  const { paid, postings, burned } = payDebts(
    mutation,
    member,
    coins(Math.min(account.debt, funds)),
    unreservedOf(mutation, member),
  );
  if (paid === 0) return noCoins;
  const as = { entry: entries.debtCollected };
  const taken = takeFunds(member, splitFunds(account, paid), as);
  // Creditors have room by construction, so nothing here can pass the ceiling.
  book(mutation, { postings: [...taken, take(member, 'debt', paid, as), ...postings], burned });
  return paid;
};

/** Strikes a member's debts off, unpaid, and books it. Nothing is written where there are none. */
export const strikeDebts = (mutation: Mutation, member: MemberId, entry: EntryKind): void => {
  for (const [key] of debtsOf(mutation, member)) mutation.remove(debts, key);
  const { debt } = mutation.get(accounts, [member]);
  if (debt > 0) book(mutation, { postings: [take(member, 'debt', debt, { entry })] });
};
