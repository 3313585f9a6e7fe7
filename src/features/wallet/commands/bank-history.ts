import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { integerOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, mention, relativeTime } from '../cards.ts';
import { entryText } from '../entries.ts';
import { type HistoryEntry, historyOf, historyPagesMax } from '../history.ts';

interface HistoryPage {
  readonly page: number;
  readonly pages: number;
  readonly entries: readonly HistoryEntry[];
}

const readPage = (q: Query, page: number): Outcome<HistoryPage> => {
  const { pages, entries } = historyOf(q, q.actor.member, page);
  return page > pages ? refuse('economy.history.no-page', { pages }) : done({ page, pages, entries });
};

const line = (entry: HistoryEntry, text: Text): string => {
  const changes = (['wallet', 'bank', 'debt'] as const)
    .filter((purse) => entry[purse] !== 0)
    .map((purse) => text(`economy.history.${purse}`, { change: entry[purse] }));
  return text('economy.history.line', {
    at: relativeTime(entry.at),
    what: text(entryText(entry.kind), { other: entry.other ? mention(entry.other) : text('economy.somebody') }),
    changes: changes.join(', '),
    wallet: entry.walletAfter,
    bank: entry.bankAfter,
  });
};

const turnButton = (label: string, page: number, pages: number): Button => ({
  kind: 'button',
  label,
  style: 'secondary',
  customId: customId(turnHistory, { page }),
  disabled: page < 1 || page > pages,
});

const card = ({ page, pages, entries }: HistoryPage, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.history.title'),
      description:
        entries.length > 0 ? entries.map((entry) => line(entry, text)).join('\n') : text('economy.history.none'),
      color: colors.money,
      footer: text('economy.page', { page, pages }),
    },
  ],
  ...(pages > 1 && {
    rows: [
      [
        turnButton(text('economy.page.newer'), page - 1, pages),
        turnButton(text('economy.page.older'), page + 1, pages),
      ],
    ],
  }),
});

const pageOption = integerOption({ describe: 'economy.bank.history.page', min: 1, max: historyPagesMax });

/** Turns the page of one's own history; the card shows whoever presses their own. */
export const turnHistory = query({
  name: 'economy.bank.history-turn',
  version: 1,
  input: options({ page: pageOption }),
  run: (q, { page }) => readPage(q, page),
  view: (page, text) => ({ ...card(page, text), replaces: true }),
});

/** What happened to one's money, newest first. */
export const bankHistory = query({
  name: 'economy.bank.history',
  version: 1,
  input: options({ page: optional(pageOption) }),
  run: (q, { page = 1 }) => readPage(q, page),
  view: (page, text) => card(page, text),
});

export const bankHistoryCommand: Command = {
  path: 'bank history',
  describe: 'economy.bank.history.describe',
  operation: bankHistory,
  visibility: 'private',
};
