import type { Query } from '../../kernel/context.ts';
import type { Coins, EpochMs, MemberId, RowId } from '../../kernel/ids.ts';
import { accounts, ledger } from './state.ts';
import { entriesShown, historyPageEntries } from './tuning.ts';

/** One change of a member's money. */
export interface HistoryEntry {
  /** The booking it is a line of. */
  readonly booking: RowId;
  /** Whether the staff took the booking back. */
  readonly undone: boolean;
  readonly at: EpochMs;
  readonly kind: string;
  /** Changes of the three purses in coins, signed. */
  readonly wallet: number;
  readonly bank: number;
  readonly debt: number;
  readonly walletAfter: Coins;
  readonly bankAfter: Coins;
  /** The other member concerned. */
  readonly other: MemberId | undefined;
}

/** The most pages a history can have. */
export const historyPagesMax = Math.ceil(entriesShown / historyPageEntries);

/** A member's ledger, newest first, as far as it is kept. Each entry leads to the one before. */
export const entriesOf = function* (query: Query, member: MemberId): Generator<HistoryEntry> {
  let next = query.get(accounts, [member]).newest ?? null;
  while (next !== null) {
    const id: RowId = next;
    const booking = query.find(ledger, [id]);
    if (booking === undefined) return;
    const { at, undone = false } = booking;
    next = null;
    for (const line of booking.lines.toReversed()) {
      const [owner, kind, wallet, bank, debt, walletAfter, bankAfter, other, previous] = line;
      if (owner !== member) continue;
      next = previous;
      yield { booking: id, undone, at, kind, wallet, bank, debt, walletAfter, bankAfter, other: other ?? undefined };
    }
  }
};

/** A page (from 1) of a member's ledger, newest first, and how many pages there are: at least one, maybe empty. */
export const historyOf = (
  query: Query,
  member: MemberId,
  page: number,
): { readonly pages: number; readonly entries: readonly HistoryEntry[] } => {
  const shown = entriesOf(query, member).take(entriesShown);
  const entries = [...shown.drop((page - 1) * historyPageEntries).take(historyPageEntries)];
  const kept = Math.min(query.get(accounts, [member]).entries, entriesShown);
  return { pages: Math.max(1, Math.ceil(kept / historyPageEntries)), entries };
};

/** The bookings that concern a member and are not older than `since`, newest first, at most `limit`. */
export const bookingsSince = (query: Query, member: MemberId, since: EpochMs, limit: number): readonly RowId[] => {
  const bookings = new Set<RowId>();
  for (const { booking, at } of entriesOf(query, member)) {
    if (at < since || bookings.size === limit) break;
    bookings.add(booking);
  }
  return [...bookings];
};
