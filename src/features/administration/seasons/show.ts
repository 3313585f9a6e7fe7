import { z } from 'zod';
import type { Board } from '../../../kernel/board.ts';
import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import { extension } from '../../../kernel/extension.ts';
import type { Dotted, EpochMs } from '../../../kernel/ids.ts';
import { departures } from '../../../kernel/membership.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply, Select } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { boardControls } from '../../leaderboard/api.ts';
import { colors, mention, relativeTime } from '../../wallet/api.ts';
import { type Season, seasons } from './state.ts';

/** Choices of a select, and characters of a board's name. */
const choicesMax = 25;
const nameMax = 32;

interface Shown {
  readonly number: number;
  readonly at: EpochMs;
  readonly numbers: readonly number[];
  readonly board: string;
  readonly boards: readonly { readonly name: string; readonly title: Dotted }[];
  readonly line: Dotted;
  readonly standings: Season['boards'][number]['standings'];
}

/** What shows seasons that are over, with the words of the boards as they are declared now. */
export const createSeasonShow = (boards: () => readonly Board[]) => {
  const read = (q: Query, wanted?: number, name?: string): Outcome<Shown> => {
    const newest = q.page(seasons, { newestFirst: true, limit: choicesMax });
    const number = wanted ?? newest[0]?.[0][0];
    const season = number === undefined ? undefined : q.find(seasons, [number]);
    if (number === undefined || season === undefined) return refuse('economy.season.none');
    // A board whose feature is gone has no words any more.
    const known = boards().filter((board) => season.boards.some((kept) => kept.name === board.name));
    const board = known.find((one) => one.name === name) ?? known[0];
    if (board === undefined) return refuse('economy.season.none');
    const kept = season.boards.find((one) => one.name === board.name)?.standings ?? [];
    return done<Shown>({
      number,
      at: season.at,
      numbers: newest.map(([[one]]) => one),
      board: board.name,
      boards: known.slice(0, choicesMax).map(({ name: one, title }) => ({ name: one, title })),
      line: board.line,
      // Whoever has left is on no board, be it an old one.
      standings: kept.filter(({ member }) => q.find(departures, [member]) === undefined),
    });
  };

  const chooseSeason = query({
    name: 'economy.season.choose',
    version: 1,
    input: controlInput(z.strictObject({ chosen: z.string().regex(/^\d{1,6}$/) })),
    run: (q, { chosen }) => read(q, Number(chosen)),
    view: (shown, text) => ({ ...card(shown, text), replaces: true }),
  });

  const chooseBoard = query({
    name: 'economy.season.board',
    version: 1,
    input: controlInput(z.strictObject({ season: z.int().min(1).max(1_000_000), chosen: z.string().max(nameMax) })),
    run: (q, { season, chosen }) => read(q, season, chosen),
    view: (shown, text) => ({ ...card(shown, text), replaces: true }),
  });

  const card = (shown: Shown, text: Text): Reply => {
    const { number, at, numbers, board, line, standings } = shown;
    const title = shown.boards.find((one) => one.name === board)?.title;
    const lines = standings.map(({ member, shown: words, score }, place) =>
      text('economy.season.line', {
        place: place + 1,
        member: words ?? mention(member),
        score: text(line, { score }),
      }),
    );
    const seasonSelect: Select = {
      kind: 'select',
      placeholder: text('economy.season.choose'),
      customId: customId(chooseSeason),
      choices: numbers.map((one) => ({ label: text('economy.season.name', { number: one }), value: String(one) })),
    };
    const boardSelect: Select = {
      kind: 'select',
      placeholder: text('economy.season.choose-board'),
      customId: customId(chooseBoard, { season: number }),
      choices: shown.boards.map((one) => ({ label: text(one.title), value: one.name })),
    };
    return {
      private: true,
      embeds: [
        {
          title: text('economy.season.title', { number, board: title === undefined ? board : text(title) }),
          description: [
            text('economy.season.over', { at: relativeTime(at) }),
            ...(lines.length > 0 ? lines : [text('economy.season.nobody')]),
          ].join('\n'),
          color: colors.gold,
        },
      ],
      rows: [[seasonSelect], [boardSelect]],
    };
  };

  const open = query({
    name: 'economy.season.open',
    version: 1,
    input: options({}),
    run: (q) => read(q),
    view: (shown, text) => card(shown, text),
  });

  return {
    operations: [open, chooseSeason, chooseBoard],
    /** `/leaderboard` leads to seasons that are over, once there is one. */
    control: extension(boardControls, (q) =>
      q.count(seasons) > 0 ? [{ label: 'economy.season.button' as const, customId: customId(open) }] : undefined,
    ),
  };
};
