import type { Feature } from '../../kernel/feature.ts';
import { actionCard } from './action-card.ts';
import { openAudit, turnAudit } from './audit.ts';
import { chestCooldown, setDaily, setWeekly } from './commands/amounts.ts';
import { ban, banCommand, unban, unbanCommand } from './commands/ban.ts';
import { giveCoins, giveCoinsCommand, takeCoins, takeCoinsCommand } from './commands/coins.ts';
import { freeze, freezeCommand } from './commands/freeze.ts';
import { giveItemCommand, giveItems, takeItemCommand, takeItems } from './commands/items.ts';
import { lootTable, lootTableCommand } from './commands/loot-table.ts';
import { ledgerControl, openLedger, turnLedger } from './ledger.ts';
import { banRemembrance } from './remembrance.ts';
import { resetCommand } from './reset/command.ts';
import { lastingCollections, scopeOf } from './reset/rows.ts';
import { keptRowsOf, resets } from './reset/state.ts';
import { createSteps } from './reset/steps.ts';
import { createSeasonEnd } from './seasons/end.ts';
import { createSeasonShow } from './seasons/show.ts';
import { seasons } from './seasons/state.ts';
import { staffLog } from './settings.ts';
import { audit, bans, named } from './state.ts';
import { statusCommand } from './status.ts';
import { messages } from './text.ts';
import { previewChosen, previewUndo, undo } from './undo.ts';
import { previewEntry, previewHour, undoEntry, undoHour } from './undo-entries.ts';

const name = 'administration';

/** `/eco`: what the staff of a server do with its economy. `features` is asked when it runs, never while loading. */
export const administration = (features: () => readonly Feature[]): Feature => {
  const scope = () => scopeOf(features(), name, lastingCollections);
  const kept = keptRowsOf(() => scope().collections);
  const steps = createSteps(scope, kept);
  const reset = resetCommand(steps);
  const boards = () =>
    features()
      .filter(({ pack }) => pack === 'economy')
      .flatMap((feature) => feature.boards ?? []);
  const seasonEnd = createSeasonEnd(boards, steps);
  const seasonShow = createSeasonShow(boards);
  const status = statusCommand(features, (text) => [seasonEnd.button(text)]);
  return {
    name,
    pack: 'economy',
    commands: [
      giveCoinsCommand,
      takeCoinsCommand,
      giveItemCommand,
      takeItemCommand,
      setDaily.command,
      setWeekly.command,
      chestCooldown.command,
      lootTableCommand,
      status.command,
      freezeCommand,
      banCommand,
      unbanCommand,
      reset.command,
    ],
    operations: [
      giveCoins,
      takeCoins,
      giveItems,
      takeItems,
      setDaily.operation,
      setWeekly.operation,
      chestCooldown.operation,
      lootTable,
      ...status.operations,
      freeze,
      ban,
      unban,
      previewUndo,
      previewChosen,
      undo,
      openLedger,
      turnLedger,
      previewEntry,
      undoEntry,
      previewHour,
      undoHour,
      openAudit,
      turnAudit,
      ...reset.operations,
      ...steps.operations,
      ...seasonEnd.operations,
      ...seasonShow.operations,
    ],
    collections: [audit, bans, named, resets, kept, seasons],
    reactions: [steps.putBack],
    extensions: [ledgerControl, seasonShow.control],
    settings: [staffLog],
    invariants: [],
    messages,
    cards: [actionCard],
    remembrances: [banRemembrance],
  };
};
