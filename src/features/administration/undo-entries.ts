import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import { type EpochMs, epochMs, type MemberId, type RowId } from '../../kernel/ids.ts';
import { mutation, type Operation, query } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import { memberSchema, timeSchema } from '../../kernel/schemas.ts';
import type { Text } from '../../kernel/text.ts';
import { bookingsSince, colors, mention, moneyOf, type Undoing, undoBookings, undoingOf } from '../wallet/api.ts';
import { entries, isStaffs } from './entries.ts';
import { record } from './record.ts';
import { rowIdSchema } from './state.ts';
import { undoBookingsMax, undoMembersMax, undoSpanMs } from './tuning.ts';
import { undoButton } from './undo.ts';
import { type Effect, effectLines, effectOfCorrections } from './undoers.ts';

/** What taking entries of a member's ledger back would do. */
interface EntriesPreview {
  readonly of: MemberId;
  readonly count: number;
  readonly left: number;
  readonly effect: Effect;
  /** The id of the button that does it. */
  readonly confirm: string;
}

const checked = (q: Query, bookings: readonly RowId[]): Undoing | Outcome<never> => {
  const undoing = undoingOf(q, bookings, isStaffs);
  if (undoing.bookings.length === 0) return refuse('economy.staff.entries.none');
  const { purses, debts = [], vaults = [] } = undoing.corrections;
  if (Math.max(purses.length, debts.length, vaults.length) > undoMembersMax) {
    return refuse('economy.staff.entries.many', { most: undoMembersMax });
  }
  return undoing;
};

const isUndoing = (found: Undoing | Outcome<never>): found is Undoing => 'corrections' in found;

const previewOf = <I>(
  q: Query,
  of: MemberId,
  bookings: readonly RowId[],
  confirm: { readonly operation: Operation<I>; readonly input: Readonly<Record<string, string | number>> },
): Outcome<EntriesPreview> => {
  const undoing = checked(q, bookings);
  if (!isUndoing(undoing)) return undoing;
  const { corrections, left } = undoing;
  return done({
    of,
    count: undoing.bookings.length,
    left,
    effect: effectOfCorrections(q, corrections),
    confirm: customId(confirm.operation, confirm.input),
  });
};

const previewCard = ({ of, count, left, effect, confirm }: EntriesPreview, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.staff.entries.title'),
      description: [
        text('economy.staff.entries.preview', { member: mention(of), count }),
        ...(left > 0 ? [text('economy.staff.entries.left', { left })] : []),
        '',
        ...effectLines(effect, text),
        '',
        text('economy.staff.entries.only-coins'),
      ].join('\n'),
      color: effect.blocked ? colors.loss : colors.gold,
    },
  ],
  rows: [
    [
      {
        kind: 'button',
        label: text('economy.staff.undo.confirm'),
        style: 'danger',
        customId: confirm,
        disabled: effect.blocked !== undefined,
      },
    ],
  ],
});

interface Undone {
  readonly id: RowId;
  readonly of: MemberId;
  readonly count: number;
}

const take = (m: Mutation, of: MemberId, bookings: readonly RowId[]): Outcome<Undone> => {
  const undoing = checked(m, bookings);
  if (!isUndoing(undoing)) return undoing;
  const before = fundsOf(m, of);
  const refused = undoBookings(m, undoing, entries.undoing);
  if (refused) return refused;
  const { purses: corrections, debts = [], vaults = [] } = undoing.corrections;
  const more = { ...(debts.length > 0 && { debts }), ...(vaults.length > 0 && { vaults }) };
  const deed = { kind: 'coins', how: 'entries', corrections, ...more } as const;
  const id = record(m, { target: of, before, after: fundsOf(m, of), deed });
  return done({ id, of, count: undoing.bookings.length });
};

const fundsOf = (q: Query, member: MemberId): string => {
  const { wallet, bank } = moneyOf(q, member);
  return String(wallet + bank);
};

const undoneCard = ({ id, of, count }: Undone, text: Text): Reply => ({
  private: true,
  replaces: true,
  embeds: [{ description: text('economy.staff.entries.done', { member: mention(of), count }), color: colors.money }],
  rows: [[undoButton(id, text)]],
});

/** Takes one booking back. */
export const undoEntry = mutation({
  name: 'economy.staff.undo-entry',
  version: 1,
  who: 'staff',
  input: controlInput(z.strictObject({ of: memberSchema, id: rowIdSchema })),
  run: (m, { of, id }) => take(m, of, [id]),
  view: (shown, text) => undoneCard(shown, text),
});

/** Shows what taking one booking of a member's ledger back would do. */
export const previewEntry = query({
  name: 'economy.staff.preview-entry',
  version: 1,
  who: 'staff',
  input: controlInput(z.strictObject({ of: memberSchema, chosen: rowIdSchema })),
  run: (q, { of, chosen: id }) => previewOf(q, of, [id], { operation: undoEntry, input: { of, id } }),
  view: (shown, text) => previewCard(shown, text),
});

/** The bookings of a member from a time to a booking, both taken. */
const span = (q: Query, of: MemberId, since: EpochMs, to: RowId): readonly RowId[] =>
  bookingsSince(q, of, since, undoBookingsMax).filter((id) => id <= to);

/** Takes back what a member did from a time to a booking: what was shown, whatever came since. */
export const undoHour = mutation({
  name: 'economy.staff.undo-hour',
  version: 1,
  who: 'staff',
  input: controlInput(z.strictObject({ of: memberSchema, since: timeSchema, to: rowIdSchema })),
  run: (m, { of, since, to }) => take(m, of, span(m, of, since, to)),
  view: (shown, text) => undoneCard(shown, text),
});

/** Shows what taking a member's last hour back would do. */
export const previewHour = query({
  name: 'economy.staff.preview-hour',
  version: 1,
  who: 'staff',
  input: controlInput(z.strictObject({ of: memberSchema })),
  run: (q, { of }) => {
    const since = epochMs(Math.max(0, q.now - undoSpanMs));
    const bookings = bookingsSince(q, of, since, undoBookingsMax);
    const [to] = bookings;
    if (to === undefined) return refuse('economy.staff.entries.none');
    return previewOf(q, of, bookings, { operation: undoHour, input: { of, since, to } });
  },
  view: (shown, text) => previewCard(shown, text),
});
