import type { Logger } from 'pino';
import type { GuildId } from '../kernel/ids.ts';
import type { Commit, GuildState, Released, Store } from '../storage/contract.ts';
import type { Companion, ExecutionRuntime } from './execute.ts';
import type { Observation } from './observation.ts';
import type { Answer } from './request.ts';

/** What the parts of one guild's actor share. */
export interface ActorContext {
  readonly guild: GuildId;
  readonly state: GuildState;
  readonly store: Pick<Store, 'failed' | 'full'>;
  /** With the worlds as this guild knows them. */
  readonly runtime: ExecutionRuntime;
  readonly log: Logger;
  readonly companion: Companion;
  /** Absent where nobody observes. */
  readonly observation: Observation | undefined;
  /**
   * Applies an operation's changes and hands them to the journal. `released` hears when they are durable or lost. Gives
   * the answer of the incident when that fails, which ends the actor; then `released` hears nothing.
   */
  commit(commit: Commit, released?: (result: Released) => void): Answer | undefined;
  /** Calls `released` when all that was committed so far is durable or lost. */
  afterDurable(released: (result: Released) => void): void;
  /** Makes an incident of an error and gives its answer; an error of the stored data ends the actor. */
  failed(operation: string, error: unknown): Answer;
  /** Nobody may go on with the guild. */
  readonly broken: boolean;
  /** Asks for a turn. */
  wake(): void;
}

/** Whether anything can be committed now; if not, what is due stays where it is. */
export const mayCommit = ({ store, broken }: ActorContext): boolean => !store.failed && !store.full && !broken;
