import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax, noCoins } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { EntryKind } from './entries.ts';
import { countFlow } from './flows.ts';
import { restDisturbed, restOf } from './rest.ts';
import { accounts, type Line, ledger, supply, supplyKey, type VaultLine } from './state.ts';
import { bookingsMax } from './tuning.ts';
import { bookVaults, type VaultPosting } from './vaults.ts';

/** Where in an account an amount lies. A debt is no coins: it is what the member has yet to give. */
export type Purse = 'wallet' | 'bank' | 'debt';

/** One change of one purse. */
export interface Posting {
  readonly member: MemberId;
  readonly purse: Purse;
  /** Whole coins, signed. */
  readonly change: number;
  readonly entry: EntryKind;
  /** The other member concerned, for the entry's words. */
  readonly other?: MemberId | undefined;
}

/** Coins that reach a purse. */
export const give = (member: MemberId, purse: Purse, amount: Coins, as: Pick<Posting, 'entry' | 'other'>): Posting => ({
  member,
  purse,
  change: amount,
  ...as,
});

/** Coins that leave a purse. */
export const take = (member: MemberId, purse: Purse, amount: Coins, as: Pick<Posting, 'entry' | 'other'>): Posting => ({
  member,
  purse,
  change: 0 - amount,
  ...as,
});

/** All changes of one operation's money, and the coins it makes or unmakes. */
export interface Booking {
  /** Changes of members' purses, and of those that belong to no one member: an income may serve debts to either. */
  readonly postings: readonly (Posting | VaultPosting)[];
  /** Further changes of purses that belong to no one member. */
  readonly vaults?: readonly VaultPosting[];
  readonly minted?: Coins;
  readonly burned?: Coins;
  /** Staff, and what comes back with a member, move coins although the economy is frozen or who acts is banned. */
  readonly evenAtRest?: boolean;
}

type Sums = Record<Purse, number>;

/**
 * The one door through which balances change. Puts each account once, writes one row of the ledger with a line for each
 * member and kind of entry, and counts what was made and unmade. Refuses when an account would pass the ceiling; the caller returns
 * the refusal. Throws when coins come from nowhere or a purse would fall below zero: the caller checks funds first,
 * in words of its own. Where the economy is frozen or who acts is banned, the whole operation is refused, whatever its
 * handler does after this.
 */
export const book = (mutation: Mutation, booking: Booking): Outcome<never> | undefined => {
  const sorted = sort(booking);
  checkSum(sorted);
  const { postings, vaults } = sorted;
  if (postings.length === 0 && vaults.length === 0) return undefined;
  const rest = booking.evenAtRest ? undefined : restOf(mutation);
  if (rest !== undefined) mutation.emit(restDisturbed, { rest });
  const id = mutation.newId();
  const lines: Line[] = [];
  for (const member of membersOf(sorted)) {
    const refused = bookMember(mutation, member, sorted, id, lines);
    if (refused) return refused;
  }
  const vaultLines: VaultLine[] = [];
  const vaultRefused = bookVaults(mutation, vaults, id, vaultLines);
  if (vaultRefused) return vaultRefused;
  makeRoom(mutation);
  mutation.put(ledger, [id], { at: mutation.now, lines, ...(vaultLines.length > 0 && { vaults: vaultLines }) });
  countSupply(mutation, sorted);
  return undefined;
};

/** A booking with postings of members and of vaults apart. */
interface Sorted extends Omit<Booking, 'postings' | 'vaults'> {
  readonly postings: readonly Posting[];
  readonly vaults: readonly VaultPosting[];
}

const isOfMember = (posting: Posting | VaultPosting): posting is Posting => 'member' in posting;

const sort = ({ postings: all, vaults = [], ...rest }: Booking): Sorted => {
  if (all.every(isOfMember)) return { ...rest, postings: all, vaults };
  const ofVaults = all.filter((posting): posting is VaultPosting => !isOfMember(posting));
  return { ...rest, postings: all.filter(isOfMember), vaults: [...ofVaults, ...vaults] };
};

/** What is made and unmade counts under the entry that a booking begins with: that of the command it comes from. */
const countSupply = (mutation: Mutation, { postings, vaults, minted = noCoins, burned = noCoins }: Sorted): void => {
  const [first] = postings.length > 0 ? postings : vaults;
  if (first === undefined || (minted === 0 && burned === 0)) return;
  const before = mutation.get(supply, supplyKey);
  mutation.put(supply, supplyKey, {
    minted: before.minted + BigInt(minted),
    burned: before.burned + BigInt(burned),
  });
  countFlow(mutation, first.entry, BigInt(minted), BigInt(burned));
};

const checkSum = ({ postings, vaults, minted = 0 as Coins, burned = 0 as Coins }: Sorted): void => {
  let held = 0n;
  for (const { change } of vaults) {
    assert(Number.isSafeInteger(change), 'a posting is of whole coins');
    held += BigInt(change);
  }
  for (const { purse, change } of postings) {
    assert(Number.isSafeInteger(change), 'a posting is of whole coins');
    if (purse !== 'debt') held += BigInt(change);
  }
  assert(held === BigInt(minted) - BigInt(burned), 'coins are made and unmade only as minted and burned');
};

const membersOf = ({ postings }: Sorted): readonly MemberId[] => {
  const members: MemberId[] = [];
  for (const { member } of postings) if (!members.includes(member)) members.push(member);
  return members;
};

/** The oldest bookings go where the ledger is full; two, so that a ledger that is too long gets shorter. */
const makeRoom = (mutation: Mutation): void => {
  if (mutation.count(ledger) < bookingsMax) return;
  for (const [key] of mutation.page(ledger, { limit: 2 })) mutation.remove(ledger, key);
};

const isSameEntry = (one: Posting, other: Posting): boolean =>
  one.member === other.member && one.entry === other.entry && one.other === other.other;

/** The changes of all postings of the same entry. */
const changesOf = (postings: readonly Posting[], entry: Posting): Sums => {
  const changes: Sums = { wallet: 0, bank: 0, debt: 0 };
  for (const posting of postings) if (isSameEntry(posting, entry)) changes[posting.purse] += posting.change;
  return changes;
};

const bookMember = (
  mutation: Mutation,
  member: MemberId,
  { postings }: Sorted,
  id: RowId,
  lines: Line[],
): Outcome<never> | undefined => {
  const before = mutation.get(accounts, [member]);
  const now: Sums = { wallet: before.wallet, bank: before.bank, debt: before.debt };
  let { entries } = before;
  for (const first of postings) {
    // A line for each entry, made when its first posting comes.
    if (first.member !== member || postings.find((posting) => isSameEntry(posting, first)) !== first) continue;
    const { wallet, bank, debt } = changesOf(postings, first);
    now.wallet += wallet;
    now.bank += bank;
    now.debt += debt;
    if (Math.max(now.wallet, now.bank, now.debt) > coinsMax) return refuse('economy.money.full', { member });
    const { entry, other = null } = first;
    const previous = before.newest ?? null;
    lines.push([member, entry, wallet, bank, debt, coins(now.wallet), coins(now.bank), other, previous]);
    entries += 1;
  }
  const acted = member === mutation.actor.member || before.activeAt === 0;
  mutation.put(accounts, [member], {
    ...before,
    wallet: coins(now.wallet),
    bank: coins(now.bank),
    debt: coins(now.debt),
    entries,
    newest: id,
    activeAt: acted ? mutation.now : before.activeAt,
  });
  return undefined;
};
