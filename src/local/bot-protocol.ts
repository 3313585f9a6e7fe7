import type { InsideReport } from '../simulator/protocol.ts';

/** What the launcher and the bot's process say to each other over IPC. */

/** The launcher to the bot. */
export type LauncherToBot =
  /** The local Discord's time: `Date.now() + offsetMs`. */
  { readonly type: 'clock'; readonly offsetMs: number } | { readonly type: 'settle'; readonly id: number };

/** The bot to the launcher. */
export type BotToLauncher =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'settled'; readonly id: number }
  | ({ readonly type: 'inside' } & InsideReport);

/** The environment by which the launcher tells a bot's process where the local Discord is. */
export const localEnvironment = {
  api: 'GUILDHALL_LOCAL_API',
  clockOffsetMs: 'GUILDHALL_LOCAL_CLOCK_OFFSET_MS',
  /** Not empty when the launcher wants to hear what the actors do. */
  inside: 'GUILDHALL_LOCAL_INSIDE',
} as const;

/** Whatever the local Discord is given for a token. */
export const localToken = 'local';
