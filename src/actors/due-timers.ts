import { epochMs } from '../kernel/ids.ts';
import { decodeKey, type EncodedKey } from '../kernel/key.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import { timerAttemptsMax, timers } from '../kernel/timer.ts';
import type { Commit } from '../storage/contract.ts';
import type { ActorContext } from './actor-context.ts';
import { beginAsNobody, commitOf, executeTask, guildTime } from './execute.ts';

type Timer = typeof timers.initial;

const firstDelayMs = 60_000;
const delayFactor = 4;
const delayMsMax = 6 * 60 * 60_000;

/** How long a timer that failed `attempts` times before waits for its next attempt. */
const delayMs = (attempts: number): number => Math.min(firstDelayMs * delayFactor ** attempts, delayMsMax);

/** What an operator sees of a guild's timers. */
export interface TimerFigures {
  readonly set: number;
  readonly due: number;
  /** Failed too often, or nobody declares their operation: they wait for an operator. */
  readonly parked: number;
  /** Run since the actor was started. */
  readonly run: number;
}

/** Runs a guild's timers. */
export class DueTimers {
  readonly #context: ActorContext;
  readonly #runJob: AnyOperation;
  #timersRun = 0;

  /** `runJob` is the operation of timers that the runtime sets for jobs. */
  constructor(context: ActorContext, runJob: AnyOperation) {
    this.#context = context;
    this.#runJob = runJob;
  }

  /** Those whose time has come, longest due first. */
  keys(limit: number): readonly EncodedKey[] {
    const { state, runtime } = this.#context;
    const now = guildTime(state, runtime);
    return state
      .top(timers, 'due', 0, limit)
      .filter(([, score]) => 0 - score <= now)
      .map(([key]) => key);
  }

  /** Runs one that was due, if it still is. */
  run(key: EncodedKey): void {
    const context = this.#context;
    const { state, runtime, companion } = context;
    const timer = state.row(timers, key) as Timer | undefined;
    // One that ran before it in the same turn may have taken it back or moved it.
    if (!timer || timer.at > guildTime(state, runtime)) return;
    const [name, own] = decodeKey(timers.key, key) as [string, string];
    const operation = this.#operationNamed(name);
    if (!operation) {
      this.#putOff(name, own, timer, timerAttemptsMax);
      return;
    }
    this.#timersRun += 1;
    const followed = context.observation?.begun('timer', name);
    let commit: Commit | undefined;
    try {
      const first = (transaction: ReturnType<typeof beginAsNobody>): void => transaction.remove(timers, [name, own]);
      commit = executeTask(state, { operation, input: timer.input, first }, runtime, companion);
    } catch (error) {
      context.failed(name, error);
      if (!context.broken) this.#putOff(name, own, timer, timer.attempts + 1);
      return;
    }
    followed?.handled(commit?.changes ?? []);
    if (commit) context.commit(commit, followed?.released);
  }

  figures(): TimerFigures {
    const { state, runtime } = this.#context;
    const count = state.count(timers);
    const set = state.place(timers, 'due', Number.MIN_SAFE_INTEGER, '');
    const due = state.place(timers, 'due', -1 - guildTime(state, runtime), '');
    return { set, due, parked: count - set, run: this.#timersRun };
  }

  #operationNamed(name: string): AnyOperation | undefined {
    const { registry } = this.#context.runtime;
    const operation = name === this.#runJob.name ? this.#runJob : registry.operations.get(name);
    return operation?.kind === 'mutation' ? operation : undefined;
  }

  #putOff(name: string, own: string, timer: Timer, attempts: number): void {
    const { guild, state, runtime, log, companion } = this.#context;
    const transaction = beginAsNobody(state, runtime);
    const at = epochMs(transaction.now + delayMs(timer.attempts));
    transaction.put(timers, [name, own], { ...timer, at, attempts });
    const commit = commitOf(transaction, 'core.timer-failed', runtime, companion);
    if (commit) this.#context.commit(commit);
    if (attempts >= timerAttemptsMax) log.error({ guild, operation: name, timer: own }, 'a timer is parked');
  }
}
