import { board } from '../../kernel/board.ts';
import { traders } from './state.ts';

/** Who earned most by selling shares for more than they had cost. What is still held counts when it is sold. */
export const boards = [
  board({
    name: 'stocks',
    title: 'economy.board.stocks-profit',
    line: 'economy.board.stocks-profit-line',
    rows: traders,
    ordering: 'profit',
  }),
];
