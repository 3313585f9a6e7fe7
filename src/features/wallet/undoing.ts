import type { Mutation, Query } from '../../kernel/context.ts';
import type { Frozen, MemberId, RowId } from '../../kernel/ids.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { type Correction, type Corrections, correct, type DebtCorrection, type VaultCorrection } from './correction.ts';
import { type EntryKind, entries } from './entries.ts';
import { type Line, ledger, type VaultLine } from './state.ts';
import { isVault } from './vaults.ts';

/** What taking bookings back comes to. */
export interface Undoing {
  readonly corrections: Corrections;
  /** Those that can be taken back. */
  readonly bookings: readonly RowId[];
  /** How many cannot: undone before, of a treasury that is no more, of the staff, or not kept any more. */
  readonly left: number;
}

type StoredBooking = Frozen<ReturnType<(typeof ledger)['schema']['parse']>>;
type Lines = readonly Frozen<Line>[];
type VaultLines = readonly Frozen<VaultLine>[];

const isUndoable = (query: Query, booking: StoredBooking, isStaffs: (kind: string) => boolean): boolean =>
  booking.undone !== true &&
  (booking.vaults ?? []).every(([vault]) => isVault(query, vault)) &&
  booking.lines.every(([, kind]) => !isStaffs(kind));

/** To whom a debt came to be owed: the other member, the vault that has a line without a change beside it, or nobody. */
const incurred = ([member, kind, , , debt, , , other]: Lines[number], vaults: VaultLines): DebtCorrection => {
  const [vault] = other === null ? (vaults.find(([, of, change]) => of === kind && change === 0) ?? []) : [];
  return { member, ...(other !== null && { creditor: other }), ...(vault !== undefined && { vault }), change: debt };
};

/** To whom a debt was paid: whoever received something of it, and for the rest nobody. A booking pays one member's debts. */
const paidTo = (member: MemberId, debt: number, lines: Lines, vaults: VaultLines): readonly DebtCorrection[] => {
  const paid: DebtCorrection[] = [];
  for (const [creditor, kind, change, , , , , other] of lines) {
    if (kind === entries.debtReceived && other === member) paid.push({ member, creditor, change: 0 - change });
  }
  for (const [vault, kind, change] of vaults) {
    if (kind === entries.debtReceived) paid.push({ member, vault, change: 0 - change });
  }
  const rest = paid.reduce((left, { change }) => left - change, debt);
  return rest < 0 ? [...paid, { member, change: rest }] : paid;
};

const debtsOf = ({ lines, vaults = [] }: StoredBooking): readonly DebtCorrection[] =>
  lines.flatMap((line) => {
    const [member, , , , debt] = line;
    if (debt === 0) return [];
    return debt > 0 ? [incurred(line, vaults)] : paidTo(member, debt, lines, vaults);
  });

/** What changed in vaults, with the member who put it in or took it out: the one with a line of the same kind. */
const vaultsOf = ({ lines, vaults = [] }: StoredBooking): readonly VaultCorrection[] =>
  vaults
    .filter(([, , change]) => change !== 0)
    .map(([vault, kind, change]) => {
      const members = new Set(lines.filter(([, of]) => of === kind).map(([member]) => member));
      const [member] = members.size === 1 ? members : [];
      return { vault, ...(member !== undefined && { member }), change };
    });

/** Sums what is keyed alike, the other way round; what comes to nothing is left out. */
const reversedSums = <T extends { readonly change: number }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] => {
  const sums = new Map<string, T>();
  for (const item of items) {
    const before = sums.get(keyOf(item))?.change ?? 0;
    sums.set(keyOf(item), { ...item, change: before - item.change });
  }
  return [...sums.values()].filter(({ change }) => change !== 0);
};

const pursesOf = (bookings: readonly StoredBooking[]): readonly Correction[] => {
  const sums = new Map<MemberId, Correction>();
  for (const [member, , wallet, bank] of bookings.flatMap(({ lines }) => lines)) {
    const before = sums.get(member) ?? { member, wallet: 0, bank: 0 };
    sums.set(member, { member, wallet: before.wallet - wallet, bank: before.bank - bank });
  }
  return [...sums.values()].filter(({ wallet, bank }) => wallet !== 0 || bank !== 0);
};

/**
 * What taking bookings back would change: summed by member, by debtor and creditor, and by vault. Entries that the staff
 * made themselves (`isStaffs`) are undone as such, and not here; nor are those of a treasury that is no more.
 */
export const undoingOf = (query: Query, bookings: readonly RowId[], isStaffs: (kind: string) => boolean): Undoing => {
  const found = bookings.flatMap((id) => {
    const booking = query.find(ledger, [id]);
    return booking !== undefined && isUndoable(query, booking, isStaffs) ? [{ id, booking }] : [];
  });
  const all = found.map(({ booking }) => booking);
  const debts = reversedSums(all.flatMap(debtsOf), ({ member, creditor, vault }) => `${member} ${creditor} ${vault}`);
  const vaults = reversedSums(all.flatMap(vaultsOf), ({ vault, member }) => `${vault} ${member}`);
  return {
    corrections: { purses: pursesOf(all), debts, vaults },
    bookings: found.map(({ id }) => id),
    left: bookings.length - found.length,
  };
};

/** Takes bookings back, once each: what they changed is corrected, and they are marked. */
export const undoBookings = (m: Mutation, undoing: Undoing, entry: EntryKind): Outcome<never> | undefined => {
  const refused = correct(m, undoing.corrections, entry);
  if (refused) return refused;
  for (const id of undoing.bookings) m.put(ledger, [id], { ...m.get(ledger, [id]), undone: true });
  return undefined;
};
