import { board } from '../../kernel/board.ts';
import type { Feature } from '../../kernel/feature.ts';
import { richestCommand, richest as richestOperation } from './command.ts';
import { reckon, reckonJob } from './reckon.ts';
import { netWorths, reckonings } from './state.ts';
import { worthStatistic } from './statistics.ts';
import { messages } from './text.ts';

/** What members are worth altogether: spans features and follows prices, so it is reckoned each night. */
export const richest: Feature = {
  name: 'richest',
  pack: 'economy',
  commands: [richestCommand],
  operations: [richestOperation, reckon],
  collections: [netWorths, reckonings],
  reactions: [],
  settings: [],
  invariants: [],
  messages,
  boards: [
    board({
      name: 'richest',
      title: 'economy.board.richest',
      line: 'economy.board.line',
      rows: netWorths,
      ordering: 'worth',
    }),
  ],
  extensions: [worthStatistic],
  jobs: [reckonJob],
};
