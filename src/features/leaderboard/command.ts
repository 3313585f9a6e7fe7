import { z } from 'zod';
import type { Board } from '../../kernel/board.ts';
import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import type { Command } from '../../kernel/feature.ts';
import { type Operation, query } from '../../kernel/operation.ts';
import { booleanOption, integerOption, optional, options, textOption } from '../../kernel/option.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { boardCard } from './card.ts';
import { type BoardPage, type PageWish, pagesMax, readBoard } from './page.ts';

/** Characters of a board's name. */
const nameMax = 32;

/** `/leaderboard` and the turning of its pages, over the boards that features declare. */
export const leaderboardCommand = (
  boards: () => readonly Board[],
): { readonly command: Command; readonly operations: readonly Operation<never>[] } => {
  const read = (q: Query, name: string | undefined, wish: PageWish): Outcome<BoardPage> => {
    const all = boards();
    const wanted = name?.trim().toLowerCase();
    const board = wanted === undefined ? all[0] : all.find((one) => one.name === wanted);
    const names = all.map((one) => one.name).join(', ');
    return board ? readBoard(q, board, wish) : refuse('core.leaderboard.no-board', { names });
  };

  const turn = query({
    name: 'core.leaderboard.turn',
    version: 1,
    input: controlInput(
      z.strictObject({
        board: z.string().max(nameMax),
        page: z.int().min(1).max(pagesMax),
        /** Who opened the board. It gives no right: whoever forges it turns the page of a board they already see. */
        by: z.string(),
      }),
    ),
    run: (q, { board, page, by }) =>
      by === q.actor.member ? read(q, board, { page, public: false }) : refuse('core.leaderboard.not-yours'),
    view: (page, text) => ({ private: true, replaces: true, ...card(page, text) }),
  });

  const card = (page: BoardPage, text: Text): Pick<Reply, 'embeds' | 'rows'> => {
    const button = (label: string, to: number, enabled: boolean) =>
      ({
        kind: 'button',
        label,
        style: 'secondary',
        customId: customId(turn, { board: page.board, page: to, by: page.asker }),
        disabled: !enabled,
      }) as const;
    const previous = button(text('core.leaderboard.previous'), page.page - 1, page.page > 1);
    const next = button(text('core.leaderboard.next'), page.page + 1, page.more);
    const turns = page.page > 1 || page.more;
    const controls = page.controls.map(
      (control) =>
        ({ kind: 'button', label: text(control.label), style: 'secondary', customId: control.customId }) as const,
    );
    const rows = [...(turns ? [[previous, next]] : []), ...(controls.length > 0 ? [controls] : [])];
    return { embeds: [boardCard(page, text)], ...(rows.length > 0 && { rows }) };
  };

  const open = query({
    name: 'core.leaderboard.open',
    version: 1,
    input: options({
      board: optional(
        textOption({
          describe: 'core.leaderboard.board',
          charactersMax: nameMax,
          complete: (_, typed) =>
            boards()
              .filter(({ name }) => name.includes(typed.trim().toLowerCase()))
              .map(({ name }) => ({ name, value: name })),
        }),
      ),
      page: optional(integerOption({ describe: 'core.leaderboard.page-option', min: 1, max: pagesMax })),
      public: optional(booleanOption({ describe: 'core.leaderboard.public' })),
    }),
    run: (q, input) => read(q, input.board, { page: input.page ?? 1, public: input.public ?? false }),
    view: (page, text) => ({ private: !page.public, ...card(page, text) }),
  });
  return {
    command: {
      path: 'leaderboard',
      describe: 'core.leaderboard.describe',
      operation: open,
      visibility: 'private',
    },
    operations: [open, turn],
  };
};
