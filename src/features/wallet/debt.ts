import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { addCoins, coins, coinsMax, noCoins } from '../../kernel/money.ts';
import { type EntryKind, entries } from './entries.ts';
import { splitFunds, takeFunds } from './funds.ts';
import { type Booking, book, give, type Posting, take } from './money.ts';
import { unreservedOf } from './reserve.ts';
import { restOf } from './rest.ts';
import { accounts, debts } from './state.ts';
import { creditorsMax } from './tuning.ts';
import { coinsOfVault, isVault, type VaultPosting } from './vaults.ts';

/** To whom something is owed: a member, a vault, or nobody, and then it is burned when it is collected. */
export interface Creditor {
  readonly member?: MemberId | undefined;
  readonly vault?: RowId | undefined;
}

/** All debts of a member: those to `creditorsMax` at most, and what is owed to nobody. */
const debtsOf = (query: Query, debtor: MemberId) => query.page(debts, { from: [debtor], limit: creditorsMax + 1 });
type DebtRow = ReturnType<typeof debtsOf>[number];

/** Who is to get what is owed now: nobody where the vault is no more, as where the member was forgotten. */
const creditorOf = (query: Query, { creditor, vault }: DebtRow[1]): Creditor => {
  if (creditor !== undefined) return { member: creditor };
  return vault !== undefined && isVault(query, vault) ? { vault } : {};
};

const isOwedTo = (one: Creditor, { member, vault }: Creditor): boolean => one.member === member && one.vault === vault;

/** Coins that a member owes to somebody. */
export const owedTo = (query: Query, debtor: MemberId, creditor: Creditor): number =>
  debtsOf(query, debtor)
    .filter(([, row]) => isOwedTo(creditorOf(query, row), creditor))
    .reduce((sum, [, row]) => sum + row.coins, 0);

/** Whether a member can come to owe somebody more: within the ceiling, and not to more creditors than are kept. */
export const canOwe = (query: Query, debtor: MemberId, creditor: Creditor, amount: Coins): boolean => {
  if (addCoins(query.get(accounts, [debtor]).debt, amount) === undefined) return false;
  const owed = debtsOf(query, debtor);
  return owed.length < creditorsMax || owed.some(([, row]) => isOwedTo(creditorOf(query, row), creditor));
};

/** Adds to what a member owes somebody: debts to one creditor are one row. */
const noteDebt = (mutation: Mutation, debtor: MemberId, creditor: Creditor, amount: Coins): void => {
  const { member, vault } = creditor;
  const known = debtsOf(mutation, debtor).find(([, row]) => isOwedTo(creditorOf(mutation, row), creditor));
  const [key, row] = known ?? [
    [debtor, mutation.newId()] as const,
    { coins: noCoins, ...(member !== undefined && { creditor: member }), ...(vault !== undefined && { vault }) },
  ];
  mutation.put(debts, key, { ...row, coins: coins(row.coins + amount) });
};

/** Takes a debt back, unpaid, as far as it is owed. */
const strikeOff = (mutation: Mutation, debtor: MemberId, creditor: Creditor, amount: number): void => {
  let left = amount;
  for (const [key, row] of debtsOf(mutation, debtor)) {
    const part = Math.min(left, row.coins);
    if (part === 0 || !isOwedTo(creditorOf(mutation, row), creditor)) continue;
    left -= part;
    if (part === row.coins) mutation.remove(debts, key);
    else mutation.put(debts, key, { ...row, coins: coins(row.coins - part) });
  }
};

/** Changes what a member owes somebody, by whole coins, signed; for corrections, which book it and asked before. */
export const changeDebt = (mutation: Mutation, debtor: MemberId, creditor: Creditor, change: number): void => {
  if (change < 0) strikeOff(mutation, debtor, creditor, 0 - change);
  else noteDebt(mutation, debtor, creditor, coins(change));
};

/**
 * Notes a debt to a member or a vault and gives the postings that go with it. `canOwe` was asked first. A vault's line
 * changes nothing in it, but tells the booking to whom it is owed.
 */
export const owe = (
  mutation: Mutation,
  debtor: MemberId,
  creditor: Creditor,
  { coins: amount, entry }: { readonly coins: Coins; readonly entry: EntryKind },
): readonly (Posting | VaultPosting)[] => {
  noteDebt(mutation, debtor, creditor, amount);
  const { member: other, vault } = creditor;
  const own = give(debtor, 'debt', amount, { entry, other });
  return vault === undefined ? [own] : [own, { vault, change: 0, entry }];
};

/** Notes a debt without a creditor: what is collected of it is burned. Gives the posting that goes with it. */
export const oweNobody = (
  mutation: Mutation,
  debtor: MemberId,
  debt: { readonly coins: Coins; readonly entry: EntryKind },
): Posting => {
  noteDebt(mutation, debtor, {}, debt.coins);
  return give(debtor, 'debt', debt.coins, { entry: debt.entry });
};

/** What part of an amount pays which debts. */
interface Payment {
  readonly paid: Coins;
  /** What goes to creditors. */
  readonly postings: readonly (Posting | VaultPosting)[];
  /** What goes to nobody, because the debt has no creditor. */
  readonly burned: Coins;
}

/**
 * Debts in the order they are served: first those to nobody, the oldest of each first. A loan that was lost is one, and
 * must not wait until what was lent has gone to those whom the borrower came to owe meanwhile.
 */
const inOrder = (query: Query, debtor: MemberId): readonly (readonly [DebtRow, Creditor])[] => {
  const all = debtsOf(query, debtor).map((row) => [row, creditorOf(query, row[1])] as const);
  const isNobodys = ([, creditor]: (typeof all)[number]): boolean => isOwedTo(creditor, {});
  return [...all.filter(isNobodys), ...all.filter((one) => !isNobodys(one))];
};

/** How many coins a creditor's purse has room for. */
const roomOf = (query: Query, { member, vault }: Creditor): number => {
  if (member !== undefined) return coinsMax - query.get(accounts, [member]).wallet;
  return vault === undefined ? coinsMax : coinsMax - coinsOfVault(query, vault);
};

/** Pays a creditor a part of what a member owes them. */
const payment = (debtor: MemberId, { member, vault }: Creditor, part: Coins): Posting | VaultPosting | undefined => {
  const entry = entries.debtReceived;
  if (member !== undefined) return give(member, 'wallet', part, { entry, other: debtor });
  return vault === undefined ? undefined : { vault, change: part, entry };
};

/**
 * Pays a member's debts with up to `amount`, in their order, and strikes off what is paid. A creditor whose wallet is at
 * its ceiling is paid another time, and so is one whose part would be of coins that must stay: `unreserved` is what need
 * not.
 */
const payDebts = (mutation: Mutation, debtor: MemberId, amount: Coins, unreserved: number): Payment => {
  const postings: (Posting | VaultPosting)[] = [];
  let left: number = amount;
  let burned = 0;
  for (const [[key, debt], creditor] of inOrder(mutation, debtor)) {
    const isNobodys = isOwedTo(creditor, {});
    // What was paid so far has left the debtor as well.
    const most = isNobodys ? left : Math.min(left, Math.max(0, unreserved - (amount - left)));
    const part = coins(Math.min(debt.coins, most, roomOf(mutation, creditor)));
    if (part === 0) continue;
    left -= part;
    if (part === debt.coins) mutation.remove(debts, key);
    else mutation.put(debts, key, { ...debt, coins: coins(debt.coins - part) });
    const posting = payment(debtor, creditor, part);
    if (posting === undefined) burned += part;
    else postings.push(posting);
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
