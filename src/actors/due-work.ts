import { realmOf } from '../kernel/ids.ts';
import { type ActorContext, mayCommit } from './actor-context.ts';
import type { DueTimers } from './due-timers.ts';
import { beginAsNobody, commitOf } from './execute.ts';
import type { GuildOutbox } from './outbox.ts';

/** Timers that run in one drain at most; one of them runs however many people ask. */
const dueTimersMax = 8;

/** Works off timers and effects in the drains of a guild's actor: what it has to do without being asked. */
export class DueWork {
  readonly #context: ActorContext;
  readonly #timers: DueTimers;
  readonly #effects: GuildOutbox;
  #asked = false;
  #halted = false;
  #isPlanned: boolean;

  constructor(context: ActorContext, timers: DueTimers, effects: GuildOutbox) {
    this.#context = context;
    this.#timers = timers;
    this.#effects = effects;
    this.#isPlanned = realmOf(context.guild) !== 'market';
  }

  get asked(): boolean {
    return this.#asked;
  }

  /** Has what is due worked off in the drains to come, until nothing is. */
  ask(): void {
    this.#asked = !this.#halted;
  }

  /** The part of one drain, until the monotonic time `until` or a little longer. */
  work(until: number): void {
    if (this.#context.broken) {
      this.#asked = false;
      return;
    }
    try {
      if (this.#asked) this.#workDue(until);
      this.#effects.work();
    } catch (error) {
      // Such as stored rows that cannot be read; were it thrown on, the actor would be stopped.
      this.#asked = false;
      this.#context.failed('core.due-work', error);
    }
  }

  /** Leaves what is due to the guild's next actor, or until it is resumed. */
  halt(): void {
    this.#halted = true;
    this.#asked = false;
  }

  /** Takes work again, when it is asked to. */
  resume(): void {
    this.#halted = false;
  }

  /** Nobody asks the market anything that would have its jobs planned: they are by themselves. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const { state, runtime, companion } = this.#context;
    const transaction = beginAsNobody(state, runtime);
    companion(transaction, []);
    const commit = commitOf(transaction, 'core.plan-jobs', runtime, () => false);
    if (commit) this.#context.commit(commit);
  }

  #workDue(until: number): void {
    if (!mayCommit(this.#context)) {
      this.#asked = false;
      return;
    }
    this.#plan();
    // What is due is looked up once a drain: a timer that sets itself anew has its next turn in a later one.
    const keys = this.#timers.keys(dueTimersMax);
    this.#asked = this.#effects.workDue() || keys.length > 0;
    for (const key of keys) {
      if (!mayCommit(this.#context)) break;
      this.#timers.run(key);
      if (this.#context.runtime.clock.monotonicMs() >= until) break;
    }
  }
}
