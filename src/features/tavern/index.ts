import type { Feature } from '../../kernel/feature.ts';
import { guests, turns } from './state.ts';
import { messages } from './text.ts';
import { tavernEnabled, whip, whipCommand, whipCooldown } from './whip.ts';

/** A robot behind a bar, and a whip. Nothing is won or lost. */
export const tavern: Feature = {
  name: 'tavern',
  pack: 'economy',
  commands: [whipCommand],
  operations: [whip],
  collections: [turns, guests],
  reactions: [],
  extensions: [whipCooldown],
  settings: [tavernEnabled],
  invariants: [],
  messages,
};
