import type { Feature } from '../../kernel/feature.ts';
import { chestCooldown, open, openCommand } from './command.ts';
import { settings } from './settings.ts';
import { openers, ownTables } from './state.ts';
import { messages } from './text.ts';

/** Chests, and what keeps off those that bite. */
export const chests: Feature = {
  name: 'chests',
  pack: 'economy',
  commands: [openCommand],
  operations: [open],
  collections: [ownTables, openers],
  reactions: [],
  extensions: [chestCooldown],
  settings,
  invariants: [],
  messages,
};
