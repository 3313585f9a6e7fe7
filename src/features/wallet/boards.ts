import { board } from '../../kernel/board.ts';
import { accounts } from './state.ts';

/** Who carries most, and who has most in the bank. */
export const boards = [
  board({
    name: 'coins',
    title: 'economy.board.coins',
    line: 'economy.board.line',
    rows: accounts,
    ordering: 'coins',
  }),
  board({ name: 'bank', title: 'economy.board.bank', line: 'economy.board.line', rows: accounts, ordering: 'bank' }),
];
