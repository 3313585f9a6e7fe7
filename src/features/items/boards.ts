import { board } from '../../kernel/board.ts';
import { bags } from './state.ts';

/** Who has the most different items. */
export const boards = [
  board({
    name: 'collectors',
    title: 'economy.board.collectors',
    line: 'economy.board.collectors-line',
    rows: bags,
    ordering: 'kinds',
  }),
];
