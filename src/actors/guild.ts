import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { GuildId } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import type { GuildState, Store } from '../storage/contract.ts';
import { DamagedStoreError } from '../storage/ports.ts';
import { execute, type Runtime, suggest } from './execute.ts';
import { inbox } from './inbox.ts';
import type { Answer, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';
import type { ActorSystem } from './system.ts';

/** Requests a guild's inbox takes; one more is answered "busy". */
export const inboxRequestsMax = 1024;
/** One drain ends after this many requests, or this long: a flooded guild must not hold the others up. */
const drainRequestsMax = 32;
const drainMs = 1;
/** How many errors a guild's actor remembers for operators. */
const errorsKept = 10;

/** An error an operator can find in the log by its incident id. */
export interface Incident {
  readonly incident: string;
  readonly at: number;
  readonly operation: string;
  readonly message: string;
}

/** What an operator sees of a guild's actor. */
export interface ActorFigures {
  readonly inboxDepth: number;
  readonly answersWaiting: number;
  readonly operationsRun: number;
  readonly incarnation: number;
  readonly state: ReturnType<GuildState['figures']>;
  readonly errors: readonly Incident[];
}

/** One guild's actor: the only one that runs operations on the guild's rows, one after another. */
export interface GuildActor {
  /** Queues a request; `false` when the inbox is full. `answer` is called once, when the outcome is durable. */
  readonly ask: (request: Request, answer: (answer: Answer) => void) => boolean;
  /** Queues a question for suggestions; answered from memory without waiting for the disk. */
  readonly suggest: (request: SuggestionRequest, answer: (suggestions: readonly Completion[]) => void) => boolean;
  readonly figures: () => ActorFigures;
  /** Nothing waits in the inbox and no answer waits for the disk. */
  readonly idle: () => boolean;
  /** Monotonic milliseconds of the last request. */
  readonly lastAskedMs: () => number;
  /** Ends an idle actor and gives its guild back to the store. */
  readonly stop: () => void;
}

type Work =
  | { readonly kind: 'request'; readonly request: Request; readonly answer: (answer: Answer) => void }
  | {
      readonly kind: 'suggestion';
      readonly request: SuggestionRequest;
      readonly answer: (suggestions: readonly Completion[]) => void;
    };

/** What a guild's actor stands on. */
export interface GuildActorParts {
  readonly guild: GuildId;
  readonly incarnation: number;
  readonly system: ActorSystem;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly log: Logger;
  /** The guild's memory may be half-changed, or its stored rows are damaged: nobody may go on with it. */
  readonly onBroken: (error: unknown) => void;
}

/** Opens the guild's state and starts its actor. Throws when the stored data of the guild is damaged. */
export const startGuildActor = (parts: GuildActorParts): GuildActor => {
  const { guild, store, runtime, log } = parts;
  const state = store.open(guild);
  const work = inbox<Work>(inboxRequestsMax);
  const errors: Incident[] = [];
  let drainPending = false;
  let answersWaiting = 0;
  let operationsRun = 0;
  let lastAskedMs = runtime.clock.monotonicMs();
  let broken = false;

  const report = (operation: string, error: unknown): Answer => {
    const incident = randomUUID().slice(0, 8);
    const message = error instanceof Error ? error.message : String(error);
    errors.push({ incident, at: runtime.clock.now(), operation, message });
    if (errors.length > errorsKept) errors.shift();
    log.error({ guild, operation, incident, err: error }, 'an operation failed');
    return refusal('core.bug', { incident });
  };

  const abandon = (error: unknown): void => {
    broken = true;
    parts.onBroken(error);
  };

  const runRequest = (request: Request, answer: (answer: Answer) => void): void => {
    if (runtime.clock.monotonicMs() > request.deadlineMs) {
      answer(refusal('core.too-late'));
      return;
    }
    operationsRun += 1;
    let execution: ReturnType<typeof execute>;
    try {
      execution = execute(state, request, runtime);
    } catch (error) {
      // The write set is dropped with the transaction: the rows are as they were, and the next request may run.
      answer(report(request.operation.name, error));
      // Unlike after a bug, what the next one would read may be wrong too.
      if (error instanceof DamagedStoreError) abandon(error);
      return;
    }
    if (request.operation.kind === 'form') {
      answer(execution.answer);
      return;
    }
    if (execution.commit && (store.failed || store.full)) {
      answer(refusal(store.failed ? 'core.storage-failed' : 'core.busy'));
      return;
    }
    answersWaiting += 1;
    const release = (result: 'durable' | 'lost'): void => {
      answersWaiting -= 1;
      answer(result === 'durable' ? execution.answer : refusal('core.storage-failed'));
    };
    if (!execution.commit) {
      store.afterDurable(state, release);
      return;
    }
    try {
      store.commit(state, execution.commit, release);
    } catch (error) {
      answersWaiting -= 1;
      answer(report(request.operation.name, error));
      abandon(error);
    }
  };

  const runSuggestion = (item: Extract<Work, { kind: 'suggestion' }>): void => {
    let suggestions: readonly Completion[] = [];
    try {
      suggestions = suggest(state, item.request, runtime);
    } catch (error) {
      report('suggest', error);
    }
    item.answer(suggestions);
  };

  const turnDown = (item: Work): void => {
    if (item.kind === 'request') item.answer(refusal('core.quarantined'));
    else item.answer([]);
  };

  const drain = (): void => {
    drainPending = false;
    const until = runtime.clock.monotonicMs() + drainMs;
    for (let count = 0; count < drainRequestsMax; count += 1) {
      const item = work.shift();
      if (!item) return;
      if (broken) turnDown(item);
      else if (item.kind === 'request') runRequest(item.request, item.answer);
      else runSuggestion(item);
      if (runtime.clock.monotonicMs() >= until) break;
    }
    if (work.size() > 0) wake();
  };

  const scheduler = parts.system.spawn(`guild-${guild}-${parts.incarnation}`, drain);
  const wake = (): void => {
    if (drainPending) return;
    drainPending = true;
    scheduler.wake();
  };
  const queue = (item: Work): boolean => {
    lastAskedMs = runtime.clock.monotonicMs();
    if (!work.push(item)) return false;
    wake();
    return true;
  };

  return {
    ask: (request, answer) => queue({ kind: 'request', request, answer }),
    suggest: (request, answer) => queue({ kind: 'suggestion', request, answer }),
    figures: () => ({
      inboxDepth: work.size(),
      answersWaiting,
      operationsRun,
      incarnation: parts.incarnation,
      state: state.figures(),
      errors: [...errors],
    }),
    idle: () => work.size() === 0 && !drainPending && answersWaiting === 0,
    lastAskedMs: () => lastAskedMs,
    stop: () => {
      scheduler.stop();
      store.close(state);
    },
  };
};
