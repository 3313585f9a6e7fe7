import { board } from '../../kernel/board.ts';
import { players } from './state.ts';

/** Who won most, coins and rounds, and who played most. */
export const boards = [
  board({
    name: 'casino',
    title: 'economy.board.casino-net',
    line: 'economy.board.casino-net-line',
    rows: players,
    ordering: 'net',
  }),
  board({
    name: 'casinowins',
    title: 'economy.board.casino-wins',
    line: 'economy.board.casino-rounds-line',
    rows: players,
    ordering: 'wins',
  }),
  board({
    name: 'casinogames',
    title: 'economy.board.casino-games',
    line: 'economy.board.casino-rounds-line',
    rows: players,
    ordering: 'games',
  }),
];
