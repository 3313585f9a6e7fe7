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

/** A guild's timers. */
export interface DueTimers {
  /** Those whose time has come, longest due first. */
  readonly keys: (limit: number) => readonly EncodedKey[];
  /** Runs one that was due, if it still is. */
  readonly run: (key: EncodedKey) => void;
  readonly figures: () => TimerFigures;
}

/** Runs a guild's timers. `runJob` is the operation of those that the runtime sets for jobs. */
export const dueTimers = (context: ActorContext, runJob: AnyOperation): DueTimers => {
  const { guild, state, runtime, log, companion } = context;

  let timersRun = 0;

  const operationNamed = (name: string): AnyOperation | undefined => {
    const operation = name === runJob.name ? runJob : runtime.registry.operations.get(name);
    return operation?.kind === 'mutation' ? operation : undefined;
  };

  const putOff = (name: string, own: string, timer: Timer, attempts: number): void => {
    const transaction = beginAsNobody(state, runtime);
    const at = epochMs(transaction.now + delayMs(timer.attempts));
    transaction.put(timers, [name, own], { ...timer, at, attempts });
    const commit = commitOf(transaction, 'core.timer-failed', runtime, companion);
    if (commit) context.commit(commit);
    if (attempts >= timerAttemptsMax) log.error({ guild, operation: name, timer: own }, 'a timer is parked');
  };

  const run = (key: EncodedKey): void => {
    const timer = state.row(timers, key) as Timer | undefined;
    // One that ran before it in the same turn may have taken it back or moved it.
    if (!timer || timer.at > guildTime(state, runtime)) return;
    const [name, own] = decodeKey(timers.key, key) as [string, string];
    const operation = operationNamed(name);
    if (!operation) {
      putOff(name, own, timer, timerAttemptsMax);
      return;
    }
    timersRun += 1;
    const followed = context.observation?.begun('timer', name);
    let commit: Commit | undefined;
    try {
      const first = (transaction: ReturnType<typeof beginAsNobody>): void => transaction.remove(timers, [name, own]);
      commit = executeTask(state, { operation, input: timer.input, first }, runtime, companion);
    } catch (error) {
      context.failed(name, error);
      if (!context.broken()) putOff(name, own, timer, timer.attempts + 1);
      return;
    }
    followed?.handled(commit?.changes ?? []);
    if (commit) context.commit(commit, followed?.released);
  };

  return {
    keys: (limit) => {
      const now = guildTime(state, runtime);
      return state
        .top(timers, 'due', 0, limit)
        .filter(([, score]) => 0 - score <= now)
        .map(([key]) => key);
    },
    run,
    figures: () => {
      const count = state.count(timers);
      const set = state.place(timers, 'due', Number.MIN_SAFE_INTEGER, '');
      const due = state.place(timers, 'due', -1 - guildTime(state, runtime), '');
      return { set, due, parked: count - set, run: timersRun };
    },
  };
};
