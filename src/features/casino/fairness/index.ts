import type { Feature } from '../../../kernel/feature.ts';
import { fairCommands, fairRotate, fairSeed } from './commands.ts';
import { revealedSeeds, seeds } from './seeds.ts';
import { messages } from './text.ts';
import { fairVerify } from './verify.ts';

/** Seeds that are committed to before a bet and revealed after, and the working out of past rounds. */
export const fairness: Feature = {
  name: 'fairness',
  pack: 'shared',
  commands: fairCommands,
  operations: [fairSeed, fairRotate, fairVerify],
  collections: [seeds, revealedSeeds],
  reactions: [],
  settings: [],
  invariants: [],
  messages,
};
