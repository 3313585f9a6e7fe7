import { z } from 'zod';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { integerOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { button, pastLine } from '../card.ts';
import { type PastHeist, pastHeists } from '../state.ts';
import { pageLines, pastMax } from '../tuning.ts';

const pagesMax = Math.ceil(pastMax / pageLines);
/** Rows that one look gives. */
const rowsMax = 200;

interface Log {
  readonly page: number;
  readonly pages: number;
  readonly past: readonly PastHeist[];
}

/** A page of the heists that are over, the newest first; the last one where there are fewer. */
const readLog = (q: Query, wanted: number): Outcome<Log> => {
  const pages = Math.max(1, Math.ceil(q.count(pastHeists) / pageLines));
  const page = Math.min(wanted, pages);
  const first = (page - 1) * pageLines;
  const past: PastHeist[] = [];
  let seen = 0;
  let rows = q.page(pastHeists, { newestFirst: true, limit: rowsMax });
  while (rows.length > 0 && past.length < pageLines) {
    for (const [, row] of rows) {
      if (seen >= first && past.length < pageLines) past.push(row);
      seen += 1;
    }
    rows = q.page(pastHeists, { newestFirst: true, after: rows.at(-1)?.[0], limit: rowsMax });
  }
  return done({ page, pages, past });
};

const logReply = ({ page, pages, past }: Log, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.heist.log.title'),
      description:
        past.length === 0
          ? text('economy.heist.log.empty')
          : past.map((one) => pastLine({ past: one }, text)).join('\n'),
      color: colors.gold,
      ...(pages > 1 && { footer: text('economy.heist.log.page', { page, pages }) }),
    },
  ],
  ...(pages > 1 && {
    rows: [
      [
        ...(page > 1 ? [button(text('economy.heist.previous'), 'secondary', turnLog, { page: page - 1 })] : []),
        ...(page < pages ? [button(text('economy.heist.more'), 'secondary', turnLog, { page: page + 1 })] : []),
      ],
    ],
  }),
});

/** Turns the pages of the heists that are over. */
export const turnLog = query({
  name: 'heists.turn-log',
  version: 1,
  input: controlInput(z.strictObject({ page: z.int().min(1).max(pagesMax) })),
  run: (q, { page }) => readLog(q, page),
  view: (log, text) => ({ ...logReply(log, text), replaces: true }),
});

/** `/heist log`: the heists of this server that are over. */
export const log = query({
  name: 'heists.log',
  version: 1,
  input: options({
    page: optional(integerOption({ describe: 'economy.heist.log.which', min: 1, max: pagesMax })),
  }),
  run: (q, { page = 1 }) => readLog(q, page),
  view: (value, text) => logReply(value, text),
});

export const logCommand: Command = {
  path: 'heist log',
  describe: 'economy.heist.log.describe',
  operation: log,
  visibility: 'private',
};
