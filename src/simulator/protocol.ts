/** What the local Discord and the process that started it say to each other (over IPC, or as calls when in one process). */

/** The `error` of a parent that does not run the bot. */
export const noBotProcess = 'no_bot_process';

/** What may be done to the bot's process. */
export type BotAction = 'kill' | 'stop' | 'start';

/** The local Discord to its parent. A request with an `id` is answered by a `ParentAnswer` with the same `id`. */
export type SimulatorToParent =
  | { readonly type: 'listening'; readonly url: string; readonly port: number }
  | { readonly type: 'failed'; readonly message: string }
  /** The local Discord's time moved: `Date.now() + offsetMs` is its time. Also sent once, right after `listening`. */
  | { readonly type: 'clock'; readonly offsetMs: number }
  | { readonly type: 'bot'; readonly id: number; readonly action: BotAction }
  | { readonly type: 'settle'; readonly id: number };

/** The parent to the local Discord. */
export type ParentToSimulator =
  | ParentAnswer
  /** Whether the bot answers commands now; once sent, `GET /sim/state` says ready only while it is true. */
  | { readonly type: 'bot-ready'; readonly ready: boolean }
  /** Save and end. */
  | { readonly type: 'stop' };

/** The answer to a `bot` or `settle` request. `result` goes to the asker as it is. */
export interface ParentAnswer {
  readonly type: 'answer';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** What the one who starts a local Discord does for it. */
export interface SimulatorParent {
  /** Ends or starts the bot; resolves when that is done. */
  readonly bot?: (action: BotAction) => Promise<unknown>;
  /** Resolves when the bot's mailboxes and outbox are empty. */
  readonly settle?: () => Promise<unknown>;
  /** Called once at the start and whenever the simulator's time was moved. */
  readonly clock?: (offsetMs: number) => void;
}
