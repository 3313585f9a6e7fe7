import type { ChannelId, GuildId, MemberId } from '../kernel/ids.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import type { Completion, Option } from '../kernel/option.ts';
import type { Refusal } from '../kernel/outcome.ts';

/** Who asks, and where. */
export interface Origin {
  readonly guild: GuildId;
  readonly member: MemberId;
  /** Permission bits in the channel, as Discord sent them. */
  readonly permissions: bigint;
  readonly channel?: ChannelId | undefined;
}

/** One interaction, with nothing of Discord's client in it. */
export interface Request extends Origin {
  /** The interaction's id; a second request with the same id gets the first one's outcome. */
  readonly id: string;
  readonly operation: AnyOperation;
  /** Input as it came in; the operation's schema decides. */
  readonly input: unknown;
  /** Monotonic milliseconds after which nobody can be answered: the request is then dropped unexecuted. */
  readonly deadlineMs: number;
}

/** A question for suggestions while a member types. */
export interface SuggestionRequest extends Origin {
  readonly complete: NonNullable<Option<unknown>['complete']>;
  readonly typed: string;
}

/** An operation that nobody asks for: something happened outside, or a runtime's own part wants it. */
export interface Errand {
  readonly guild: GuildId;
  readonly operation: AnyOperation;
  readonly input: unknown;
  /** A second errand with the same id gets the first one's outcome. A text of 1 to 200 characters. */
  readonly id?: string;
}

/** What an operation came to: the value for its view, or a refusal (of the game or of the runtime: `core.…`). */
export type Answer = { readonly done: unknown } | Refusal;

/** The way to every guild's actor. */
export interface Directory {
  /** Never rejects: whatever goes wrong is a refusal with a `core.` code. Resolves when the outcome is durable. */
  ask(request: Request): Promise<Answer>;
  /** Runs an errand, without anybody's rights. Never rejects, and resolves when the outcome is durable. */
  run(errand: Errand): Promise<Answer>;
  /** Never rejects; no suggestions when the guild is busy. */
  suggest(request: SuggestionRequest): Promise<readonly Completion[]>;
}
