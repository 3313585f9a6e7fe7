import type { Feature } from '../../kernel/feature.ts';
import { leaderboardCommand } from './command.ts';
import { messages } from './text.ts';

/** `/leaderboard`: the boards of all features. `features` is asked when the command runs, never while loading. */
export const leaderboard = (features: () => readonly Feature[]): Feature => {
  const { command, operations } = leaderboardCommand(() => features().flatMap((feature) => feature.boards ?? []));
  return {
    name: 'leaderboard',
    pack: 'shared',
    commands: [command],
    operations,
    collections: [],
    reactions: [],
    settings: [],
    invariants: [],
    messages,
  };
};
