import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../src/kernel/assert.ts';
import { askChild, type ChildOptions } from '../child.ts';
import { assertOnDisk, removeFolder, scratchFolder } from '../scratch.ts';
import { type FormName, formOf, programs } from './forms.ts';
import { type Ground, neverMs, type PeerRound } from './peer.ts';
import { findProgram } from './server.ts';
import { canCountSyncs, countSyncs, tracing } from './syncs.ts';
import type { PeerJob } from './worker.child.ts';

/** How much is measured. */
export interface PeerPlan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly guilds: number;
  readonly membersPerGuild: number;
  readonly outstanding: number;
  readonly snapshotIntervalMs: number;
  readonly snapshotsLeast: number;
  /** How long a run goes on in which syncs are counted; none are where it is 0. */
  readonly countingMs: number;
}

/** How often a form had something forced to the disk. */
export interface SyncCount {
  readonly operations: number;
  readonly syncs: number;
}

/** All rounds of one form. */
export interface PeerFigures {
  readonly name: FormName;
  readonly rounds: readonly PeerRound[];
  /** From a run of its own; `undefined` where syncs could not be counted. */
  readonly counted: SyncCount | undefined;
}

/** A form that was left out, and the line that installs what it needs. */
export interface Skipped {
  readonly name: FormName;
  readonly install: string;
}

const worker = join(import.meta.dirname, 'worker.child.ts');
/** Bytes of a record where ours was not measured before: what a pay has left in its journal so far. */
const recordBytesDefault = 300;

/** Which of the forms can be run here. */
export const runnable = (
  names: readonly FormName[],
): { readonly ready: readonly FormName[]; readonly skipped: readonly Skipped[] } => {
  const ready: FormName[] = [];
  const skipped: Skipped[] = [];
  for (const name of names) {
    const { program } = formOf(name);
    if (program === undefined || findProgram(program) !== undefined) ready.push(name);
    else skipped.push({ name, install: programs[program] });
  }
  return { ready, skipped };
};

/**
 * Throws when a form that says that it is durable has nothing forced to the disk, or answers more payments than can have
 * waited for it: an answer that waits for a sync is one of those under way when the sync began.
 */
export const checkSyncs = (
  name: string,
  { paid, syncs, outstanding }: { readonly paid: number; readonly syncs: number; readonly outstanding: number },
): void => {
  assert(syncs > 0, `${name} says that it is durable, and never has anything forced to the disk`);
  const most = outstanding * (syncs + 1);
  assert(paid <= most, `${name} answers ${paid} payments with ${syncs} syncs: some did not wait for the disk`);
};

/** What of one round is other than in the plan. */
export interface RoundOptions extends ChildOptions {
  readonly ground?: Partial<Ground>;
}

/** Fills once what the forms' measurements are to begin with, and measures. */
export interface PeerRunner {
  readonly round: (name: FormName, seed: number, options?: RoundOptions) => Promise<PeerRound>;
  readonly countSyncs: (name: FormName) => Promise<SyncCount | undefined>;
  /** Bytes of a payment's record, in every log. */
  readonly recordBytes: () => number;
  readonly close: () => Promise<void>;
}

/** Opens a place where forms are measured. Throws where nothing is durable. */
export const peerRunner = async (plan: PeerPlan): Promise<PeerRunner> => {
  await assertOnDisk();
  const home = await scratchFolder();
  const prepared = new Map<FormName, string>();
  let recordBytes = recordBytesDefault;

  const groundOf = (name: FormName, folder: string, seed: number): Ground => {
    const { guilds, membersPerGuild } = formOf(name).population ?? plan;
    return {
      folder,
      seed,
      guilds,
      membersPerGuild,
      exponent: 1,
      outstanding: formOf(name).outstanding ?? plan.outstanding,
      warmUpMs: plan.warmUpMs,
      durationMs: plan.durationMs,
      recordBytes,
      journal: 'written',
      snapshotIntervalMs: plan.snapshotIntervalMs,
      snapshotsLeast: plan.snapshotsLeast,
      prepared: prepared.get(name),
    };
  };
  const ask = <Line>(name: FormName, task: PeerJob['task'], ground: Ground, options?: ChildOptions): Promise<Line> =>
    askChild<Line>(worker, { form: name, task, ground } satisfies PeerJob, options);

  const prepare = async (name: FormName): Promise<void> => {
    if (formOf(name).prepare === undefined || prepared.has(name)) return;
    const folder = join(home, name);
    await mkdir(folder);
    const bytes = await ask<number>(name, 'prepare', groundOf(name, folder, 1));
    if (name === 'ours') recordBytes = bytes;
    prepared.set(name, folder);
  };
  const inFolder = async <T>(run: (folder: string) => Promise<T>): Promise<T> => {
    const folder = await scratchFolder();
    try {
      return await run(folder);
    } finally {
      await removeFolder(folder);
    }
  };

  return {
    round: async (name, seed, { ground, ...options } = {}) => {
      await prepare(name);
      return await inFolder(async (folder) => {
        return await ask<PeerRound>(name, 'measure', { ...groundOf(name, folder, seed), ...ground }, options);
      });
    },
    countSyncs: async (name) => {
      if (plan.countingMs === 0 || !canCountSyncs()) return undefined;
      await prepare(name);
      return await inFolder(async (traces) =>
        inFolder(async (folder) => {
          // No snapshots: only syncs are counted.
          const counting = { durationMs: plan.countingMs, snapshotsLeast: 0, snapshotIntervalMs: neverMs };
          const ground: Ground = { ...groundOf(name, folder, 1), ...counting };
          const { operations, refusedShare, fromMs, untilMs } = await ask<PeerRound>(name, 'measure', ground, {
            wrapper: tracing(traces),
          });
          const syncs = await countSyncs(traces, fromMs, untilMs);
          if (formOf(name).durable) {
            checkSyncs(name, { paid: operations * (1 - refusedShare), syncs, outstanding: ground.outstanding });
          }
          return { operations, syncs };
        }),
      );
    },
    recordBytes: () => recordBytes,
    close: () => removeFolder(home),
  };
};

/** Measures forms in interleaved rounds, and counts their syncs in runs of their own. Never reports a failed one. */
export const measureForms = async (
  names: readonly FormName[],
  plan: PeerPlan,
  say: (line: string) => void,
): Promise<{ readonly figures: readonly PeerFigures[]; readonly recordBytes: number }> => {
  const runner = await peerRunner(plan);
  const rounds = new Map<FormName, PeerRound[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const name of names) {
      const measured = await runner.round(name, round);
      rounds.get(name)?.push(measured);
      say(`round ${round}, ${name}: ${Math.round(measured.perSecond).toLocaleString('en')} op/s`);
    }
  }
  const figures: PeerFigures[] = [];
  for (const name of names) {
    const counted = await runner.countSyncs(name);
    if (counted) say(`syncs counted, ${name}: ${counted.syncs} for ${counted.operations} operations`);
    figures.push({ name, rounds: rounds.get(name) ?? [], counted });
  }
  await runner.close();
  return { figures, recordBytes: runner.recordBytes() };
};
