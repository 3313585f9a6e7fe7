import type { Completion } from '../kernel/option.ts';
import type { Released } from '../storage/contract.ts';
import type { ActorContext } from './actor-context.ts';
import { type Execution, execute, executeErrand, suggest } from './execute.ts';
import type { Followed } from './observation.ts';
import type { Answer, Errand, Request, SuggestionRequest } from './request.ts';
import { refusal } from './stored-outcome.ts';

type Answering = (answer: Answer) => void;

/** Something in a guild's inbox, with who waits for it. */
export type AskedItem =
  | { readonly kind: 'request'; readonly request: Request; readonly answer: Answering }
  | { readonly kind: 'errand'; readonly errand: Errand; readonly answer: Answering }
  | {
      readonly kind: 'suggestion';
      readonly request: SuggestionRequest;
      readonly answer: (suggestions: readonly Completion[]) => void;
    };

const telling =
  (followed: Followed, answer: Answering): Answering =>
  (given) => {
    followed.answered(given);
    answer(given);
  };

/** What a guild's actor does with what it is asked. */
export interface AskedWork {
  /** Runs it now; its answer goes out when it is durable. */
  readonly run: (item: AskedItem) => void;
  readonly figures: () => { readonly answersWaiting: number; readonly operationsRun: number };
  /** No answer waits for the disk. */
  readonly idle: () => boolean;
}

/** Runs requests, errands and suggestions in a guild. */
export const askedWork = (context: ActorContext): AskedWork => {
  const { state, store, runtime, companion, observation } = context;
  let answersWaiting = 0;
  let operationsRun = 0;

  /** Runs an operation and answers when what it did, or read, is durable. */
  const answerBy = (
    name: string,
    run: () => Execution,
    answering: Answering,
    atOnce: boolean,
    followed: Followed | undefined,
  ): void => {
    const answer = followed ? telling(followed, answering) : answering;
    operationsRun += 1;
    let execution: Execution;
    try {
      execution = run();
      followed?.handled(execution.commit?.changes ?? []);
    } catch (error) {
      // The write set is dropped with the transaction: the rows are as they were, and the next request may run.
      answer(context.failed(name, error));
      return;
    }
    if (atOnce) {
      answer(execution.answer);
      return;
    }
    if (execution.commit && (store.failed || store.full)) {
      answer(refusal(store.failed ? 'core.storage-failed' : 'core.busy'));
      return;
    }
    answersWaiting += 1;
    const release = (result: Released): void => {
      answersWaiting -= 1;
      answer(result === 'durable' ? execution.answer : refusal('core.storage-failed'));
    };
    if (!execution.commit) {
      store.afterDurable(state, release);
      return;
    }
    const failure = context.commit(execution.commit, release);
    if (!failure) return;
    answersWaiting -= 1;
    answer(failure);
  };

  const runRequest = (item: Extract<AskedItem, { kind: 'request' }>): void => {
    const { request, answer } = item;
    const { operation, deadlineMs } = request;
    if (runtime.clock.monotonicMs() > deadlineMs) {
      answer(refusal('core.too-late'));
      return;
    }
    const run = (): Execution => execute(state, request, runtime, companion);
    const followed = observation?.begun('request', operation.name, item, request);
    answerBy(operation.name, run, answer, operation.kind === 'form', followed);
  };

  const runErrand = (item: Extract<AskedItem, { kind: 'errand' }>): void => {
    const { errand, answer } = item;
    const run = (): Execution => executeErrand(state, errand, runtime, companion);
    const followed = observation?.begun('errand', errand.operation.name, item);
    answerBy(errand.operation.name, run, answer, false, followed);
  };

  const runSuggestion = (item: Extract<AskedItem, { kind: 'suggestion' }>): void => {
    let suggestions: readonly Completion[] = [];
    try {
      suggestions = suggest(state, item.request, runtime);
    } catch (error) {
      context.failed('suggest', error);
    }
    item.answer(suggestions);
  };

  return {
    run: (item) => {
      if (item.kind === 'suggestion') {
        if (context.broken()) item.answer([]);
        else runSuggestion(item);
      } else if (context.broken()) item.answer(refusal('core.quarantined'));
      else if (item.kind === 'request') runRequest(item);
      else runErrand(item);
    },
    figures: () => ({ answersWaiting, operationsRun }),
    idle: () => answersWaiting === 0,
  };
};
