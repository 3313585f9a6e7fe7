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

/** Runs requests, errands and suggestions in a guild. */
export class AskedWork {
  readonly #context: ActorContext;
  #answersWaiting = 0;
  #operationsRun = 0;

  constructor(context: ActorContext) {
    this.#context = context;
  }

  /** Runs it now; its answer goes out when it is durable. */
  run(item: AskedItem): void {
    if (item.kind === 'suggestion') {
      if (this.#context.broken) item.answer([]);
      else this.#runSuggestion(item);
    } else if (this.#context.broken) item.answer(refusal('core.quarantined'));
    else if (item.kind === 'request') this.#runRequest(item);
    else this.#runErrand(item);
  }

  figures(): { readonly answersWaiting: number; readonly operationsRun: number } {
    return { answersWaiting: this.#answersWaiting, operationsRun: this.#operationsRun };
  }

  /** No answer waits for the disk. */
  get idle(): boolean {
    return this.#answersWaiting === 0;
  }

  /** Runs an operation and answers when what it did, or read, is durable. */
  #answerBy(
    name: string,
    run: () => Execution,
    answering: Answering,
    atOnce: boolean,
    followed: Followed | undefined,
  ): void {
    const { store } = this.#context;
    const answer = followed ? telling(followed, answering) : answering;
    this.#operationsRun += 1;
    let execution: Execution;
    try {
      execution = run();
      followed?.handled(execution.commit?.changes ?? []);
    } catch (error) {
      // The write set is dropped with the transaction: the rows are as they were, and the next request may run.
      answer(this.#context.failed(name, error));
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
    this.#answersWaiting += 1;
    const release = (result: Released): void => {
      this.#answersWaiting -= 1;
      answer(result === 'durable' ? execution.answer : refusal('core.storage-failed'));
    };
    if (!execution.commit) {
      this.#context.afterDurable(release);
      return;
    }
    const failure = this.#context.commit(execution.commit, release);
    if (!failure) return;
    this.#answersWaiting -= 1;
    answer(failure);
  }

  #runRequest(item: Extract<AskedItem, { kind: 'request' }>): void {
    const { state, runtime, companion, observation } = this.#context;
    const { request, answer } = item;
    const { operation, deadlineMs } = request;
    if (runtime.clock.monotonicMs() > deadlineMs) {
      answer(refusal('core.too-late'));
      return;
    }
    const run = (): Execution => execute(state, request, runtime, companion);
    const followed = observation?.begun('request', operation.name, item, request);
    this.#answerBy(operation.name, run, answer, operation.kind === 'form', followed);
  }

  #runErrand(item: Extract<AskedItem, { kind: 'errand' }>): void {
    const { state, runtime, companion, observation } = this.#context;
    const { errand, answer } = item;
    const run = (): Execution => executeErrand(state, errand, runtime, companion);
    const followed = observation?.begun('errand', errand.operation.name, item);
    this.#answerBy(errand.operation.name, run, answer, false, followed);
  }

  #runSuggestion(item: Extract<AskedItem, { kind: 'suggestion' }>): void {
    let suggestions: readonly Completion[] = [];
    try {
      suggestions = suggest(this.#context.state, item.request, this.#context.runtime);
    } catch (error) {
      this.#context.failed('suggest', error);
    }
    item.answer(suggestions);
  }
}
