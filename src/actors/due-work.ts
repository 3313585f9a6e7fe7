import { realmOf } from '../kernel/ids.ts';
import { type ActorContext, mayCommit } from './actor-context.ts';
import type { DueTimers } from './due-timers.ts';
import { beginAsNobody, commitOf } from './execute.ts';
import type { GuildOutbox } from './outbox.ts';

/** Timers that run in one drain at most; one of them runs however many people ask. */
const dueTimersMax = 8;

/** What a guild has to do without being asked. */
export interface DueWork {
  /** Has what is due worked off in the drains to come, until nothing is. */
  readonly ask: () => void;
  readonly asked: () => boolean;
  /** The part of one drain, until the monotonic time `until` or a little longer. */
  readonly work: (until: number) => void;
  /** Leaves what is due to the next process. */
  readonly halt: () => void;
}

/** Works off timers and effects in the drains of a guild's actor. */
export const dueWork = (context: ActorContext, timers: DueTimers, effects: GuildOutbox): DueWork => {
  const { runtime, state, companion } = context;
  let asked = false;
  let halted = false;
  let isPlanned = realmOf(context.guild) !== 'market';

  /** Nobody asks the market anything that would have its jobs planned: they are by themselves. */
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    const transaction = beginAsNobody(state, runtime);
    companion(transaction, []);
    const commit = commitOf(transaction, 'core.plan-jobs', runtime, () => false);
    if (commit) context.commit(commit);
  };

  const workDue = (until: number): void => {
    if (!mayCommit(context)) {
      asked = false;
      return;
    }
    plan();
    // What is due is looked up once a drain: a timer that sets itself anew has its next turn in a later one.
    const keys = timers.keys(dueTimersMax);
    asked = effects.workDue() || keys.length > 0;
    for (const key of keys) {
      if (!mayCommit(context)) break;
      timers.run(key);
      if (runtime.clock.monotonicMs() >= until) break;
    }
  };

  return {
    ask: () => {
      asked = !halted;
    },
    asked: () => asked,
    work: (until) => {
      if (context.broken()) {
        asked = false;
        return;
      }
      try {
        if (asked) workDue(until);
        effects.work();
      } catch (error) {
        // Such as stored rows that cannot be read; were it thrown on, the actor would be stopped.
        asked = false;
        context.failed('core.due-work', error);
      }
    },
    halt: () => {
      halted = true;
      asked = false;
    },
  };
};
