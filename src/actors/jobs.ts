import { z } from 'zod';
import type { Mutation } from '../kernel/context.ts';
import { type EpochMs, epochMs, type Frozen, type Realm } from '../kernel/ids.ts';
import { type Calendar, type Job, type JobRun, jobStates } from '../kernel/job.ts';
import { type AnyOperation, type Operation, openOperation, task } from '../kernel/operation.ts';
import { done } from '../kernel/outcome.ts';
import { guildZone, settingOverrides } from '../kernel/setting.ts';
import type { Companion, Runtime } from './execute.ts';
import type { Transaction } from './transaction.ts';

type JobState = typeof jobStates.initial;

/** The jobs of a realm, for all its guilds. */
export interface RealmJobs {
  /** The operation that a job's timer runs: it has the job run, and sets the timer for the next time. */
  readonly runJob: AnyOperation;
  /** Plans jobs whose schedules are not those they were planned by; says whether there were any. */
  readonly plan: (transaction: Transaction) => boolean;
}

const zoneOf = (mutation: Mutation, job: Job): string => (job.zone === 'UTC' ? 'UTC' : mutation.setting(guildZone));

/**
 * A realm's jobs by the calendar. In each guild each has a row that says when it ran and runs, and a timer at that time. The run
 * itself is a timer of the job's own operation, set in the same commit: it fails and is tried again by itself, and the
 * next time comes all the same.
 */
export const realmJobs = (realm: Realm, { registry, calendar }: Pick<Runtime, 'registry' | 'calendar'>): RealmJobs => {
  const jobs = registry.jobs.filter((job) => job.realm === realm);

  const wakeFor = (mutation: Mutation, job: Job, state: Frozen<JobState>): void => {
    mutation.put(jobStates, [job.operation.name], state);
    mutation.wake(runJob, job.operation.name, state.nextAt, { job: job.operation.name });
  };

  /** Whether the job had to be planned. */
  const planJob = (mutation: Mutation, job: Job): boolean => {
    const zone = zoneOf(mutation, job);
    const schedule = `${job.pattern} ${zone}`;
    const state = mutation.get(jobStates, [job.operation.name]);
    if (state.schedule === schedule) return false;
    wakeFor(mutation, job, { ...state, schedule, nextAt: calendar.next(job.pattern, zone, mutation.now) });
    return true;
  };

  const run = (mutation: Mutation, job: Job): void => {
    const { name } = job.operation;
    const state = mutation.get(jobStates, [name]);
    const zone = zoneOf(mutation, job);
    const occurrence = dueOccurrence(job, zone, state.nextAt, mutation.now, calendar);
    if (occurrence === undefined) {
      const nextAt = calendar.next(job.pattern, zone, mutation.now);
      wakeFor(mutation, job, { ...state, nextAt });
      return;
    }
    const { dueAt, missed } = occurrence;
    const date = calendar.dateOf(zone, dueAt);
    const nextAt = calendar.next(job.pattern, zone, dueAt);
    if (hasRun(job, state, date)) {
      wakeFor(mutation, job, { ...state, nextAt });
      return;
    }
    wakeFor(mutation, job, { ...state, nextAt, lastDueAt: dueAt, lastDate: date });
    mutation.wake(job.operation, String(dueAt), mutation.now, { date, dueAt, missed });
  };

  const runJob: Operation<{ readonly job: string }> = task({
    name: 'core.run-job',
    version: 1,
    input: z.strictObject({ job: z.string() }),
    run: (mutation, { job: name }) => {
      const job = jobs.find(({ operation }) => operation.name === name);
      if (job === undefined) {
        // Its feature is gone. Should it come back, it is planned as if new, and still knows when it ran last.
        mutation.put(jobStates, [name], { ...mutation.get(jobStates, [name]), schedule: '' });
      } else if (!planJob(mutation, job)) run(mutation, job);
      return done();
    },
  });

  return {
    runJob: openOperation(runJob),
    plan: (transaction) => jobs.filter((job) => planJob(transaction, job)).length > 0,
  };
};

/** The jobs of one guild. */
export class GuildJobs {
  readonly runJob: AnyOperation;
  /**
   * Plans jobs with the first operation that changes something, and again with one that changes the settings, where
   * their schedules are not those they were planned by.
   */
  readonly plan: Companion;
  #isPlanned = false;

  constructor({ runJob, plan }: RealmJobs) {
    this.runJob = runJob;
    this.plan = (transaction, changes) =>
      (!this.#isPlanned || changes.some(({ collection }) => collection === settingOverrides)) && plan(transaction);
  }

  /** What `plan` last added is committed. */
  planned(): void {
    this.#isPlanned = true;
  }
}

/** The occurrence from `nextAt` on that is to be run now, with the number of earlier ones it stands for. */
const dueOccurrence = (
  { pattern, missed }: Job,
  zone: string,
  nextAt: EpochMs,
  now: EpochMs,
  calendar: Calendar,
): Pick<JobRun, 'dueAt' | 'missed'> | undefined => {
  if (missed === 'once') {
    const latest = calendar.latest(pattern, zone, epochMs(nextAt - 1), now);
    return latest && { dueAt: latest.at, missed: latest.count - 1 };
  }
  const earliest = now - missed.skip.lateMs;
  const dueAt = nextAt >= earliest ? nextAt : calendar.next(pattern, zone, epochMs(earliest - 1));
  return dueAt <= now ? { dueAt, missed: 0 } : undefined;
};

/** A zone that changed brings a date again; time itself never does, since a guild's never falls. */
const hasRun = ({ once }: Job, { lastDate }: JobState, date: string): boolean =>
  once === 'a day' && lastDate !== undefined && date <= lastDate;
