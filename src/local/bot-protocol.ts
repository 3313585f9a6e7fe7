/** What the launcher and the bot's process say to each other over IPC. */

/** The launcher to the bot. */
export type LauncherToBot =
  /** The local Discord's time: `Date.now() + offsetMs`. */
  { readonly type: 'clock'; readonly offsetMs: number } | { readonly type: 'settle'; readonly id: number };

/** The bot to the launcher. */
export type BotToLauncher =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'settled'; readonly id: number };

/** The environment by which the launcher tells a bot's process where the local Discord is. */
export const localEnvironment = {
  api: 'GUILDHALL_LOCAL_API',
  clockOffsetMs: 'GUILDHALL_LOCAL_CLOCK_OFFSET_MS',
} as const;

/** Whatever the local Discord is given for a token. */
export const localToken = 'local';
