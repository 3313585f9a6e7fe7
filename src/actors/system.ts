import { dispatch, spawn, start, stop } from 'nact';
import type { After } from '../kernel/clock.ts';

/** Runs a guild's work on nact: one DRAIN message at a time, each to its end. */
export interface Scheduler {
  /** Asks for a drain, `afterMs` milliseconds from now at the earliest. Only once until the drain has begun. */
  wake(afterMs: number): void;
  /** Ends the actor. Only when no drain is pending: nact would lose it. */
  stop(): void;
}

/** The nact system all guilds' actors live in. */
export interface ActorSystem {
  /**
   * Spawns an actor that calls `drain` for each message. `drain` runs synchronously and must not throw: nact would
   * stop the actor and lose what comes after.
   */
  readonly spawn: (name: string, drain: () => void) => Scheduler;
}

const drainMessage = 'DRAIN';

class NactScheduler implements Scheduler {
  readonly #reference: object;
  readonly #after: After;

  constructor(reference: object, after: After) {
    this.#reference = reference;
    this.#after = after;
  }

  wake(afterMs: number): void {
    if (afterMs > 0) this.#after(afterMs, () => this.wake(0));
    else dispatch(this.#reference, drainMessage);
  }

  stop(): void {
    stop(this.#reference);
  }
}

/**
 * Starts the actor system. This is the one file that knows nact, and it uses the part that was found sound: spawn,
 * dispatch, stop. Messages carry nothing; a guild's work waits in its own bounded inbox. The process must not end before
 * what `after` is to call: somebody waits for an answer.
 */
export const startActorSystem = (after: After): ActorSystem => {
  const system = start();
  return {
    spawn: (name, drain) => new NactScheduler(spawn(system, drain, name), after),
  };
};
