import type { Refusal } from '../kernel/outcome.ts';
import type { Messages } from '../kernel/text.ts';

/** The gateway's own words: what it says before any actor was asked, and when an answer cannot be shown. */
export const messages = {
  'gateway.unknown-command': 'This command is not known any more. Discord may need a minute to show the new ones.',
  'gateway.unknown-control': 'This control is not known. Run the command again to get a fresh one.',
  'gateway.outdated-control': 'This control is out of date. Run the command again to get a fresh one.',
  'gateway.direct-message': 'I only work inside servers.',
  'gateway.unreadable': 'Discord sent this in a form I do not understand. Please try again.',
  'gateway.unshowable': 'It was taken care of, but the answer could not be shown.',
} as const satisfies Messages;

/** A refusal by the gateway itself. */
export const gatewayRefusal = (code: keyof typeof messages): Refusal => ({ refused: code, with: {} });
