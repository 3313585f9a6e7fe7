import type { Feature } from '../../kernel/feature.ts';
import { endStage, lapse } from './advance.ts';
import { answerForm, approach, chooseAnswer, next, play, pressAnswer, typeAnswer } from './commands/board.ts';
import { accept, assign, cancel, decline, giveRole, look, start } from './commands/heist.ts';
import { log, logCommand, turnLog } from './commands/log.ts';
import { planCommand, planOperations } from './commands/plan.ts';
import { status, statusCommand } from './commands/status.ts';
import { ask, pick, turnPicks } from './commands/team.ts';
import { guardClans } from './ending.ts';
import { noteJob, noteTreasuries } from './notes.ts';
import { heistCard, heistPosted, showChange } from './posting.ts';
import { settings } from './settings.ts';
import { heistRows, notings, pastHeists, records, robbers, targeted } from './state.ts';
import { heistCooldown, heistStatistics } from './statistics.ts';
import { messages } from './text.ts';

/** In-game guilds rob each other's treasuries on Sundays: `/heist`. */
export const heists: Feature = {
  name: 'heists',
  pack: 'economy',
  commands: [planCommand, statusCommand, logCommand],
  operations: [
    ...planOperations,
    pick,
    turnPicks,
    ask,
    accept,
    decline,
    giveRole,
    assign,
    start,
    cancel,
    look,
    play,
    next,
    approach,
    pressAnswer,
    chooseAnswer,
    typeAnswer,
    answerForm,
    status,
    log,
    turnLog,
    endStage,
    lapse,
    heistPosted,
    noteTreasuries,
  ],
  collections: [heistRows, targeted, records, notings, pastHeists, robbers],
  reactions: [guardClans, showChange],
  extensions: [heistStatistics, heistCooldown],
  settings,
  invariants: [],
  messages,
  jobs: [noteJob],
  cards: [heistCard],
};
