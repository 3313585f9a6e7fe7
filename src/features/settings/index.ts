import type { Feature } from '../../kernel/feature.ts';
import { guildZone } from '../../kernel/setting.ts';
import { me, meCommand, switchOne } from './commands/me.ts';
import { resetCommand } from './commands/reset.ts';
import { setCommand } from './commands/set.ts';
import { viewCommand } from './commands/view.ts';
import { preferences } from './preference.ts';
import { messages } from './text.ts';

/** `/settings`: the settings of all features. `features` is asked when a command runs, never while loading. */
export const settings = (features: () => readonly Feature[]): Feature => {
  const all = () => features().flatMap((feature) => feature.settings);
  const parts = [viewCommand(all), setCommand(all), resetCommand(all)];
  return {
    name: 'settings',
    pack: 'shared',
    commands: [...parts.map((part) => part.command), meCommand],
    operations: [...parts.flatMap((part) => part.operations), me, switchOne],
    collections: [preferences],
    reactions: [],
    settings: [guildZone],
    invariants: [],
    messages,
  };
};
