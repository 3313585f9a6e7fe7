import type { Messages } from '../kernel/text.ts';

/** Words of forgetting. */
export const messages = {
  'core.setting.grace-hours': 'Hours after which everything kept of a member who left is erased',
  'core.member-erasing':
    'You had left this server, and what was kept of you is being erased right now. Try again in a moment.',
  'core.guild-erasing':
    'The bot had been removed from this server, and what was kept of it is being erased right now. Try again in a moment.',
} satisfies Messages;
