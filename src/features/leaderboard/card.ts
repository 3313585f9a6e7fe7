import type { Standing } from '../../kernel/board.ts';
import type { Embed } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { type BoardPage, pageStandings } from './page.ts';

const color = 0xe0b13c;
const medals = ['🥇', '🥈', '🥉'];

/** The board as a card. Members are mentioned, so that Discord shows their present names; nobody is pinged. */
export const boardCard = (page: BoardPage, text: Text): Embed => {
  const line = (place: number, { member, shown, score }: Standing): string =>
    text('core.leaderboard.line', {
      place: medals[place] ?? text('core.leaderboard.place', { place: place + 1 }),
      member: shown ?? `<@${member}>`,
      score: text(page.line, { score }),
    });
  const from = (page.page - 1) * pageStandings;
  const lines = page.standings.map((standing, index) => line(from + index, standing));
  const own = page.own
    ? text('core.leaderboard.own', { line: line(page.own.place, page.own.standing) })
    : text('core.leaderboard.absent', { member: `<@${page.asker}>` });
  return {
    title: text(page.title),
    description: [...(lines.length > 0 ? lines : [text('core.leaderboard.empty')]), '', own].join('\n'),
    color,
    footer: text('core.leaderboard.page', { page: page.page }),
  };
};
