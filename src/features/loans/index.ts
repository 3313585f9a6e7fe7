import type { Feature } from '../../kernel/feature.ts';
import { loanCooldown, loanFigures, loanReserve, loanWorth } from './bonds.ts';
import { loanNotice } from './notice.ts';
import { loanCommands, loanLimit, loanPay, loanStatus, loanTake } from './operations.ts';
import { missWeek, remind } from './overdue.ts';
import { loanSection } from './profile.ts';
import { keepRecords, recordJob } from './record.ts';
import { loansRemembrance } from './remembrance.ts';
import { settings } from './settings.ts';
import { loans as openLoans, records } from './state.ts';
import { messages } from './text.ts';

/** Coins that are lent by nobody, paid back in weekly instalments, and a debt of who does not. */
export const loans: Feature = {
  name: 'loans',
  pack: 'economy',
  commands: loanCommands,
  operations: [loanLimit, loanTake, loanPay, loanStatus, missWeek, remind, keepRecords],
  collections: [openLoans, records],
  reactions: [],
  extensions: [loanReserve, loanCooldown, loanWorth, loanFigures],
  settings,
  invariants: [],
  messages,
  profile: [loanSection],
  jobs: [recordJob],
  cards: [loanNotice],
  remembrances: [loansRemembrance],
};
