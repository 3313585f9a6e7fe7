/** What the local Discord and the process that started it say to each other (over IPC, or as calls when in one process). */

/** The `error` of a parent that does not run the bot. */
export const noBotProcess = 'no_bot_process';

/** What may be done to the bot's process. */
export type BotAction = 'kill' | 'stop' | 'start';

/** A row that an operation changed, in short: `fields` are name, before and after. */
export interface InsideChange {
  readonly collection: string;
  readonly key: string;
  readonly kind: 'new' | 'changed' | 'gone';
  readonly fields: readonly (readonly [name: string, before: string, after: string])[];
  /** Changed fields that are not told. */
  readonly fieldsMore: number;
}

/** What the actor of a server did with one piece of work. */
export interface InsideWork {
  readonly guild: string;
  /** The market is no server, and has an actor like them. */
  readonly realm: 'guilds' | 'market';
  /** `request` is an interaction; the others are nobody's. */
  readonly origin: 'request' | 'errand' | 'timer' | 'effect';
  readonly operation: string;
  readonly interaction?: string;
  readonly member?: string;
  /** The code of a refusal. */
  readonly refused?: string;
  /** When it came into the mailbox: milliseconds since 1970, by the machine's clock. */
  readonly queuedAt: number;
  readonly mailboxMs: number;
  readonly handlerMs: number;
  /** Until the journal was durable. */
  readonly commitMs: number;
  readonly changes: readonly InsideChange[];
  /** Changed rows that are not told. */
  readonly changesMore: number;
}

/** What the bot did since the last report; `skipped` is what was too much to tell. */
export interface InsideReport {
  readonly works: readonly InsideWork[];
  readonly skipped: number;
}

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
  /** What the bot's actors did. Their rows hold what members keep private, so this never comes from a real bot. */
  | ({ readonly type: 'inside' } & InsideReport)
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
