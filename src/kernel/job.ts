import { z } from 'zod';
import { assert } from './assert.ts';
import { type Collection, collection, type Key, type Kinds } from './collection.ts';
import type { Mutation } from './context.ts';
import type { Dotted, EpochMs, Frozen, Realm } from './ids.ts';
import { type Operation, task } from './operation.ts';
import { done } from './outcome.ts';
import { dateSchema, timeSchema } from './schemas.ts';

/** One run of a job. */
export interface JobRun {
  /** The date of the run in the job's time zone: with the job's name, what makes it happen once. */
  readonly date: string;
  /** When it was due. */
  readonly dueAt: EpochMs;
  /** Earlier runs that were missed since the last one, which this one stands for as well. 0 as a rule. */
  readonly missed: number;
}

const jobRunFields = { date: dateSchema, dueAt: timeSchema, missed: z.int().nonnegative() };

/** The input of a job's operation. */
export const jobRunSchema = z.strictObject(jobRunFields);

/** An operation that runs at times of the calendar in every guild, or in the market. */
export interface Job {
  readonly operation: Operation<JobRun>;
  /** Minute, hour, day of month, month, day of week, as cron has them. */
  readonly pattern: string;
  /** Whose clock the pattern is read on: the server's own zone, or UTC. */
  readonly zone: 'guild' | 'UTC';
  readonly realm: Realm;
  /** Whether it happens once a date, or at each time the pattern names. */
  readonly once: 'a day' | 'each time';
  /**
   * What becomes of runs that were missed while the bot was down: left out when they are more than `lateMs` late, or
   * made up for by one run that knows how many there were.
   */
  readonly missed: { readonly skip: { readonly lateMs: number } } | 'once';
}

/** When a guild's jobs ran and run, by the name of their operation. */
export const jobStates = collection({
  name: 'core.job',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    /** The pattern and zone that `nextAt` was computed from. */
    schedule: z.string(),
    nextAt: timeSchema,
    lastDueAt: timeSchema.optional(),
    lastDate: dateSchema.optional(),
  }),
  initial: { schedule: '', nextAt: timeSchema.parse(0) },
  upgrades: [],
  rowsMax: 1_000,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** Occurrences of cron patterns. */
export interface Calendar {
  /** The first occurrence after a time; strictly later, also where clocks are put back. */
  readonly next: (pattern: string, zone: string, after: EpochMs) => EpochMs;
  /** The last occurrence at or before `until` that is after `after`, and how many there are up to it (at most 1,000). */
  readonly latest: (
    pattern: string,
    zone: string,
    after: EpochMs,
    until: EpochMs,
  ) => { readonly at: EpochMs; readonly count: number } | undefined;
  /** The date in a zone at a time: `2026-11-21`. */
  readonly dateOf: (zone: string, at: EpochMs) => string;
}

/** Most rows a step of a sweep takes. */
const sweepRowsMax = 200;

interface SweepInput extends JobRun {
  readonly after?: readonly (string | number)[] | undefined;
}

const sweepSchema = z.strictObject({
  ...jobRunFields,
  after: z.array(z.union([z.string(), z.number()])).optional(),
});

/**
 * Declares a job's operation that goes over all rows of a collection in steps of at most 200, each an operation of its
 * own: others get their turn between, and a restart goes on behind the last step. `step` sees each row once, as it is
 * when its turn comes; rows that come to be behind the cursor meanwhile are seen too. `finish` ends the last step.
 */
export const sweep = <V, K extends Kinds, O extends string, T extends string>(spec: {
  readonly name: Dotted;
  readonly version: number;
  readonly rows: Collection<V, K, O, T>;
  readonly step: (mutation: Mutation, rows: readonly (readonly [Key<K>, Frozen<V>])[], run: JobRun) => void;
  readonly finish?: (mutation: Mutation, run: JobRun) => void;
  /** Rows a step, 1 to 200; 200 unless said. */
  readonly stepRows?: number;
}): Operation<JobRun> => {
  const limit = spec.stepRows ?? sweepRowsMax;
  assert(limit >= 1 && limit <= sweepRowsMax, 'a step of a sweep takes 1 to 200 rows');
  const operation: Operation<SweepInput> = task<SweepInput>({
    name: spec.name,
    version: spec.version,
    input: sweepSchema,
    run: (mutation, { after, ...run }) => {
      const rows = mutation.page(spec.rows, { after: after as Key<K> | undefined, limit });
      spec.step(mutation, rows, run);
      const last = rows.at(-1);
      if (last !== undefined && rows.length === limit) {
        // By the time and not the date: a job that runs each hour may be swept by two runs at once.
        mutation.wake(operation, String(run.dueAt), mutation.now, {
          ...run,
          after: [...(last[0] as readonly (string | number)[])],
        });
      } else spec.finish?.(mutation, run);
      return done();
    },
  });
  return operation;
};
