import type { Feature } from '../../kernel/feature.ts';
import { boards } from './boards.ts';
import { equip, equipCommands, unequip } from './commands/equip.ts';
import { info, infoCommand } from './commands/info.ts';
import { filterInventory, inventory, inventoryCommand, turnInventory } from './commands/inventory.ts';
import { use, useChosen, useCommand } from './commands/use.ts';
import { extensions, reactions } from './effects.ts';
import { itemsSection } from './profile.ts';
import { settings } from './settings.ts';
import { bags } from './state.ts';
import { itemsWorth, statistics } from './statistics.ts';
import { messages } from './text.ts';

/** What members own, wear and drink, and what it does to everything else. */
export const items: Feature = {
  name: 'items',
  pack: 'economy',
  commands: [inventoryCommand, useCommand, ...equipCommands, infoCommand],
  operations: [inventory, turnInventory, filterInventory, use, useChosen, equip, unequip, info],
  collections: [bags],
  reactions,
  extensions: [...extensions, statistics, itemsWorth],
  settings,
  invariants: [],
  messages,
  boards,
  profile: [itemsSection],
};
