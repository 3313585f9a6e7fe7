import { z } from 'zod';
import { permits } from '../../kernel/authority.ts';
import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import { extension } from '../../kernel/extension.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import { query } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Button, Reply, Select } from '../../kernel/reply.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import type { Text } from '../../kernel/text.ts';
import {
  colors,
  entryText,
  type HistoryEntry,
  historyOf,
  memberControls,
  mention,
  relativeTime,
} from '../wallet/api.ts';
import { previewEntry, previewHour } from './undo-entries.ts';

/** A page of a member's ledger, as the staff see it. */
interface LedgerPage {
  readonly of: MemberId;
  readonly page: number;
  readonly pages: number;
  readonly entries: readonly HistoryEntry[];
}

const readPage = (q: Query, of: MemberId, page: number): Outcome<LedgerPage> => {
  const { pages, entries } = historyOf(q, of, page);
  return page > pages ? refuse('economy.history.no-page', { pages }) : done({ of, page, pages, entries });
};

const changesOf = (entry: HistoryEntry, text: Text): string =>
  (['wallet', 'bank', 'debt'] as const)
    .filter((purse) => entry[purse] !== 0)
    .map((purse) => text(`economy.history.${purse}`, { change: entry[purse] }))
    .join(', ');

const whatOf = ({ kind, other }: HistoryEntry, text: Text): string =>
  text(entryText(kind), { other: other ? mention(other) : text('economy.somebody') });

const line = (entry: HistoryEntry, text: Text): string =>
  text('economy.staff.ledger.line', {
    at: relativeTime(entry.at),
    what: whatOf(entry, text),
    changes: changesOf(entry, text),
    undone: String(entry.undone),
  });

/** One choice a booking: a booking may have several lines of a member. */
const entrySelect = ({ of, entries }: LedgerPage, text: Text): Select => {
  const seen = new Map<RowId, HistoryEntry>();
  for (const entry of entries) if (!seen.has(entry.booking) && !entry.undone) seen.set(entry.booking, entry);
  return {
    kind: 'select',
    placeholder: text('economy.staff.ledger.choose'),
    customId: customId(previewEntry, { of }),
    choices: [...seen].map(([value, entry]) => ({
      // A label takes no mention: whose name it would be stands in the line above.
      label: text(entryText(entry.kind), { other: text('economy.somebody') }),
      description: changesOf(entry, text),
      value,
    })),
  };
};

const card = (page: LedgerPage, text: Text): Reply => {
  const { of, entries, pages } = page;
  const turn = (label: string, to: number): Button => ({
    kind: 'button',
    label,
    style: 'secondary',
    customId: customId(turnLedger, { of, page: to }),
    disabled: to < 1 || to > pages,
  });
  const select = entrySelect(page, text);
  const hour: Button = {
    kind: 'button',
    label: text('economy.staff.ledger.hour'),
    style: 'danger',
    customId: customId(previewHour, { of }),
    disabled: entries.length === 0,
  };
  return {
    private: true,
    embeds: [
      {
        title: text('economy.staff.ledger.title'),
        description: [
          text('economy.staff.ledger.of', { member: mention(of) }),
          ...(entries.length > 0 ? entries.map((entry) => line(entry, text)) : [text('economy.staff.ledger.none')]),
        ].join('\n'),
        color: colors.money,
        footer: text('economy.page', { page: page.page, pages }),
      },
    ],
    rows: [
      ...(select.choices.length > 0 ? [[select]] : []),
      [turn(text('economy.page.newer'), page.page - 1), turn(text('economy.page.older'), page.page + 1), hour],
    ],
  };
};

const pageInput = controlInput(z.strictObject({ of: memberSchema, page: z.int().min(1).max(1_000) }));

/** A member's ledger for the staff. */
export const openLedger = query({
  name: 'economy.staff.ledger',
  version: 1,
  who: 'staff',
  input: pageInput,
  run: (q, { of, page }) => readPage(q, of, page),
  view: (page, text) => card(page, text),
});

/** Turns its pages. */
export const turnLedger = query({
  name: 'economy.staff.turn-ledger',
  version: 1,
  who: 'staff',
  input: pageInput,
  run: (q, { of, page }) => readPage(q, of, page),
  view: (page, text) => ({ ...card(page, text), replaces: true }),
});

/** The button that leads to a member's ledger. */
export const ledgerButton = (of: MemberId, text: Text): Button => ({
  kind: 'button',
  label: text('economy.staff.ledger.button'),
  style: 'secondary',
  customId: customId(openLedger, { of, page: 1 }),
});

/** Staff who look at a member's balance can go on to the ledger. */
export const ledgerControl = extension(memberControls, (q, { member }) =>
  permits('staff', q.actor.permissions)
    ? [{ label: 'economy.staff.ledger.button' as const, customId: customId(openLedger, { of: member, page: 1 }) }]
    : undefined,
);
