import { assert } from '../src/kernel/assert.ts';
import type { Chance } from './chance.ts';

/** Takes back what was to be run. */
export type Cancel = () => void;

/** Something to be run at a time. */
interface Task {
  readonly at: number;
  readonly order: number;
  /** The life of the process it belongs to; `undefined` for what is outside. */
  readonly life: number | undefined;
  run: (() => void) | undefined;
}

/** Something that looks whether anything happened. */
interface Look extends Omit<Task, 'order'> {
  at: number;
  /** How many tasks had run when it was asked for. */
  readonly since: number;
  readonly quietMs: () => number;
}

/** Runs everything of a simulation, one task after another, in the order of a time that nobody waits for. */
export interface Scheduler {
  /** Milliseconds since the start, which never fall. */
  readonly nowMs: () => number;
  /** Lets a little time pass within a task, as reading a clock does. */
  readonly spend: (ms: number) => void;
  /** Runs something of the process later; it goes with the process. */
  readonly process: (ms: number, run: () => void) => Cancel;
  /**
   * As `process`, for what only looks whether something happened: where nothing did since this was called, it waits for
   * the next task, or `quietMs()` at most. So a quiet day costs nothing.
   */
  readonly look: (ms: number, run: () => void, quietMs: () => number) => Cancel;
  /** Runs something outside the process later. */
  readonly outside: (ms: number, run: () => void) => Cancel;
  /** Resolves later, unless the process is gone. */
  readonly wait: (ms: number) => Promise<void>;
  /** The process is gone, with all that it had begun. */
  readonly endLife: () => void;
  readonly steps: () => number;
  /** Runs tasks until `until` says so after one of them, or there is none left. Rejects with what a task throws. */
  readonly run: (until: () => boolean) => Promise<void>;
}

/** How many tasks are handed to one round of the real event loop, which costs as much as a small task. */
const tasksARound = 32;

const before = (one: Task, other: Task): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Tasks in order of time. */
const taskHeap = () => {
  const tasks: Task[] = [];
  return {
    first: () => tasks[0],
    push: (task: Task): void => {
      let at = tasks.length;
      tasks.push(task);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = tasks[parent] as Task;
        if (!before(task, above)) break;
        tasks[at] = above;
        at = parent;
      }
      tasks[at] = task;
    },
    pop: (): void => {
      const last = tasks.pop();
      if (last === undefined || tasks.length === 0) return;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= tasks.length) break;
        if (child + 1 < tasks.length && before(tasks[child + 1] as Task, tasks[child] as Task)) child += 1;
        const below = tasks[child] as Task;
        if (!before(below, last)) break;
        tasks[at] = below;
        at = child;
      }
      tasks[at] = last;
    },
  };
};

const realSetImmediate = globalThis.setImmediate;
const realClearImmediate = globalThis.clearImmediate;

/**
 * A scheduler over simulated time. Between two tasks everything that hangs on promises comes to its end, so a crash
 * between tasks is a crash at an await.
 */
export const openScheduler = (chance: Chance): Scheduler => {
  const tasks = taskHeap();
  let nowMs = 0;
  let order = 0;
  let life = 0;
  let steps = 0;

  const add = (ms: number, owner: number | undefined, run: () => void): Task => {
    order += 1;
    const task: Task = { at: nowMs + Math.max(0, ms), order, life: owner, run };
    tasks.push(task);
    return task;
  };
  const cancelOf =
    (task: Task): Cancel =>
    () => {
      task.run = undefined;
    };

  const isGone = (task: Pick<Task, 'run' | 'life'>): boolean =>
    task.run === undefined || (task.life !== undefined && task.life !== life);

  const first = (): Task | undefined => {
    let task = tasks.first();
    while (task !== undefined && isGone(task)) {
      tasks.pop();
      task = tasks.first();
    }
    return task;
  };

  let looks: Look[] = [];
  let happened = 0;

  /** The look whose turn it is before a task at `at`; those that would see nothing new are put off. */
  const firstLook = (at: number): Look | undefined => {
    let found: Look | undefined;
    for (const look of looks) {
      if (look.at > at || isGone(look)) continue;
      if (look.since === happened) look.at = Math.max(look.at, Math.min(at, nowMs + look.quietMs()));
      if (look.at < at && look.at < (found?.at ?? Number.POSITIVE_INFINITY)) found = look;
    }
    return found;
  };

  const runFirst = (): void => {
    const task = first();
    if (task === undefined) return;
    const look = looks.length === 0 ? undefined : firstLook(task.at);
    steps += 1;
    if (look === undefined) {
      tasks.pop();
      happened += 1;
      nowMs = Math.max(nowMs, task.at);
      task.run?.();
      return;
    }
    looks = looks.filter((one) => one !== look && !isGone(one));
    nowMs = Math.max(nowMs, look.at);
    look.run?.();
  };

  /** What comes in the next turn of the event loop, in an order that nobody may rely on. */
  const nextTurn = (run: (...given: unknown[]) => void, ...given: unknown[]): unknown =>
    add(chance.between(0, 0.02), life, () => run(...given));
  const takeBack = (task: unknown): void => {
    if (typeof task === 'object' && task !== null && 'run' in task) (task as Task).run = undefined;
  };

  const runUntil = (until: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      assert(globalThis.setImmediate === realSetImmediate, 'one simulation at a time');
      let over = false;
      const end = (settle: () => void): void => {
        over = true;
        globalThis.setImmediate = realSetImmediate;
        globalThis.clearImmediate = realClearImmediate;
        process.off('unhandledRejection', fail);
        settle();
      };
      const fail = (error: unknown): void => {
        if (!over) end(() => reject(error instanceof Error ? error : new Error(String(error))));
      };
      const step = (): void => {
        if (over) return;
        try {
          if (until() || first() === undefined) end(resolve);
          else runFirst();
        } catch (error) {
          fail(error);
        }
      };
      const round = (): void => {
        if (over) return;
        for (let index = 0; index < tasksARound; index += 1) realSetImmediate(step);
        realSetImmediate(round);
      };
      globalThis.setImmediate = nextTurn as unknown as typeof setImmediate;
      globalThis.clearImmediate = takeBack;
      process.on('unhandledRejection', fail);
      round();
    });

  return {
    nowMs: () => nowMs,
    spend: (ms) => {
      nowMs += ms;
    },
    process: (ms, run) => cancelOf(add(ms, life, run)),
    look: (ms, run, quietMs) => {
      const look: Look = { at: nowMs + ms, life, run, since: happened, quietMs };
      looks.push(look);
      return () => {
        look.run = undefined;
      };
    },
    outside: (ms, run) => cancelOf(add(ms, undefined, run)),
    wait: (ms) => new Promise((resolve) => void add(ms, life, resolve)),
    endLife: () => {
      life += 1;
    },
    steps: () => steps,
    run: runUntil,
  };
};
