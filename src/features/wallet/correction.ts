import type { Mutation, Query } from '../../kernel/context.ts';
import type { Frozen, MemberId, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { EntryKind } from './entries.ts';
import { book, type Posting } from './money.ts';
import { accounts, ledger } from './state.ts';

/** How a member's coins are to change: whole coins, signed. */
export interface Correction {
  readonly member: MemberId;
  readonly wallet: number;
  readonly bank: number;
}

/** What a member has. */
type Held = Pick<Correction, 'wallet' | 'bank'>;

/** A correction worked out against what the member has now. */
export interface PlannedCorrection {
  readonly member: MemberId;
  readonly before: Held;
  readonly after: Held;
  /** Coins that are to be taken and that neither purse holds any more. */
  readonly missing: number;
}

const shifted = (wallet: number, bank: number): Held => {
  if (wallet < 0) return { wallet: 0, bank: bank + wallet };
  return bank < 0 ? { wallet: wallet + bank, bank: 0 } : { wallet, bank };
};

/**
 * What corrections would do now. Coins that were moved to the member's other purse meanwhile are taken from there; coins
 * that were spent are `missing`.
 */
export const planCorrections = (query: Query, corrections: readonly Correction[]): readonly PlannedCorrection[] =>
  corrections.map(({ member, wallet, bank }) => {
    const before = query.get(accounts, [member]);
    const after = shifted(before.wallet + wallet, before.bank + bank);
    const missing = 0 - Math.min(0, after.wallet, after.bank);
    return { member, before: { wallet: before.wallet, bank: before.bank }, after, missing };
  });

/**
 * Books corrections of the staff, all or none: coins are made and unmade by what they differ. Works although the economy
 * is frozen. Refuses, naming the member, where coins that are to be taken were spent or an account would pass the ceiling.
 */
export const correct = (
  m: Mutation,
  corrections: readonly Correction[],
  entry: EntryKind,
): Outcome<never> | undefined => {
  const postings: Posting[] = [];
  let made = 0n;
  for (const { member, before, after, missing } of planCorrections(m, corrections)) {
    if (missing > 0) return refuse('economy.correction.spent', { member, missing });
    for (const purse of ['wallet', 'bank'] as const) {
      const change = after[purse] - before[purse];
      if (change === 0) continue;
      postings.push({ member, purse, change, entry });
      made += BigInt(change);
    }
  }
  const net = Number(made);
  // One booking makes or unmakes as much as one purse holds, which only many fortunes together come to.
  if (Math.abs(net) > coinsMax) return refuse('economy.correction.too-much');
  const changed = net > 0 ? { minted: coins(net) } : { burned: coins(0 - net) };
  return book(m, { postings, ...changed, evenAtRest: true });
};

/** What taking bookings back comes to. */
export interface Undoing {
  readonly corrections: readonly Correction[];
  /** Those that can be taken back. */
  readonly bookings: readonly RowId[];
  /** How many cannot: undone before, of debts or treasuries, or not kept any more. */
  readonly left: number;
}

type StoredBooking = Frozen<ReturnType<(typeof ledger)['schema']['parse']>>;

const isUndoable = ({ lines, vaults, undone }: StoredBooking, isStaffs: (kind: string) => boolean): boolean =>
  undone !== true && vaults === undefined && lines.every((line) => line[4] === 0 && !isStaffs(line[1]));

/**
 * What taking bookings back would change, summed by member. Debts and treasuries are not put back: what was paid to
 * them has gone its way. Neither are entries that the staff made themselves (`isStaffs`), which are undone as such.
 */
export const undoingOf = (query: Query, bookings: readonly RowId[], isStaffs: (kind: string) => boolean): Undoing => {
  const sums = new Map<MemberId, Held>();
  const undoable: RowId[] = [];
  for (const id of bookings) {
    const booking = query.find(ledger, [id]);
    if (booking === undefined || !isUndoable(booking, isStaffs)) continue;
    undoable.push(id);
    for (const [member, , wallet, bank] of booking.lines) {
      const before = sums.get(member) ?? { wallet: 0, bank: 0 };
      sums.set(member, { wallet: before.wallet - wallet, bank: before.bank - bank });
    }
  }
  const corrections = [...sums].map(([member, held]) => ({ member, ...held }));
  return { corrections, bookings: undoable, left: bookings.length - undoable.length };
};

/** Takes bookings back, once each: what they changed is corrected, and they are marked. */
export const undoBookings = (m: Mutation, undoing: Undoing, entry: EntryKind): Outcome<never> | undefined => {
  const refused = correct(m, undoing.corrections, entry);
  if (refused) return refused;
  for (const id of undoing.bookings) m.put(ledger, [id], { ...m.get(ledger, [id]), undone: true });
  return undefined;
};
