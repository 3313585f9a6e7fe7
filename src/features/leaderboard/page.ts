import type { Board, Standing } from '../../kernel/board.ts';
import type { Query } from '../../kernel/context.ts';
import type { Dotted, MemberId } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { boardControls, type Control } from './points.ts';

/** Standings on one page of a board. */
export const pageStandings = 10;
/** The last page anybody may ask for. */
export const pagesMax = 1_000;

/** One page of a board, as one member asked for it. */
export interface BoardPage {
  readonly board: string;
  readonly title: Dotted;
  readonly line: Dotted;
  readonly page: number;
  /** Whether everybody in the channel sees it. */
  readonly public: boolean;
  readonly more: boolean;
  readonly standings: readonly Standing[];
  readonly asker: MemberId;
  /** What other features add below. */
  readonly controls: readonly Control[];
  /** Where the asker stands, 0 the highest; `undefined` when not on the board. */
  readonly own: { readonly place: number; readonly standing: Standing } | undefined;
}

/** What a member asked to see of a board. */
export type PageWish = Pick<BoardPage, 'page' | 'public'>;

/** Reads a page (from 1) of a board: no more rows than it shows, one to see whether there is a next, and one's own. */
export const readBoard = (query: Query, board: Board, wish: PageWish): Outcome<BoardPage> => {
  const { page } = wish;
  const standings = board.standings(query, (page - 1) * pageStandings, pageStandings + 1);
  if (standings.length === 0 && page > 1) return refuse('core.leaderboard.no-page', { page });
  const asker = query.actor.member;
  const place = board.placeOf(query, asker);
  const [own] = place === undefined ? [] : board.standings(query, place, 1);
  return done({
    board: board.name,
    title: board.title,
    line: board.line,
    ...wish,
    more: standings.length > pageStandings && page < pagesMax,
    standings: standings.slice(0, pageStandings),
    asker,
    controls: query.extensions(boardControls, {}).flat(),
    own: place !== undefined && own ? { place, standing: own } : undefined,
  });
};
