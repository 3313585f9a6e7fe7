import type { Feature } from '../../kernel/feature.ts';
import { cooldowns, cooldownsCommand, toggleReminder } from './cooldowns.ts';
import { readyNotice, remindReady } from './reminding.ts';
import { reminders } from './state.ts';
import { stats, statsCommand } from './stats.ts';
import { messages } from './text.ts';

/** What members have done, and what they must wait for: asked of all features, which this one does not know. */
export const statistics: Feature = {
  name: 'statistics',
  pack: 'economy',
  commands: [statsCommand, cooldownsCommand],
  operations: [stats, cooldowns, toggleReminder, remindReady],
  collections: [reminders],
  reactions: [],
  settings: [],
  invariants: [],
  messages,
  cards: [readyNotice],
};
