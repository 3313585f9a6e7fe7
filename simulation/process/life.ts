// One process: what `src/bot.ts` puts together, over a simulated disk, clock and outside.
import { type GuildDirectory, startDirectory } from '../../src/actors/directory.ts';
import type { Performer } from '../../src/actors/performer.ts';
import { startActorSystem } from '../../src/actors/system.ts';
import type { MembershipEvents, MembershipParts } from '../../src/forgetting/membership.ts';
import { membershipEvents } from '../../src/forgetting/membership.ts';
import { assert } from '../../src/kernel/assert.ts';
import { outbox } from '../../src/kernel/effect.ts';
import type { EpochMs } from '../../src/kernel/ids.ts';
import { departures } from '../../src/kernel/membership.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import type { DebugSubject } from '../../src/operator/debug.ts';
import { startAlarm } from '../../src/schedule/alarm.ts';
import { watchClock } from '../../src/schedule/clock-watch.ts';
import { calendar } from '../../src/schedule/cron.ts';
import type { Store } from '../../src/storage/contract.ts';
import { openSegmentJournal } from '../../src/storage/journal/segment-journal.ts';
import { RowsWriteError } from '../../src/storage/ports.ts';
import { openStore } from '../../src/storage/store.ts';
import type { SimulatedClock } from '../clock.ts';
import type { JournalDisk } from '../disk/journal-disk.ts';
import type { RowsDisk } from '../disk/rows-disk.ts';
import type { Faults } from '../faults.ts';
import type { JournalOracle } from '../oracles/journal.ts';
import type { Tape } from '../oracles/tape.ts';
import type { Plant } from '../plants/plant.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import type { Findings } from '../violation.ts';
import { watchedLog } from './log.ts';
import { type Committed, openRecorder, type Recorder, type RecorderParts } from './recorder.ts';
import { simulatedEvery, simulatedWaits } from './waits.ts';

/** How a process is set up, the same through all of a run. */
export interface Figures {
  readonly segmentBytes: number;
  readonly snapshotIntervalMs: number;
  readonly sliceRows: number;
  readonly unsnapshottedBytesMax: number;
  readonly clockGraceMs: number;
  readonly freezesRows: boolean;
}

/** What a process finds when it starts. */
export interface LifeParts {
  readonly scheduler: Scheduler;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly journalDisk: JournalDisk;
  readonly rowsDisk: RowsDisk;
  readonly tape: Tape;
  readonly journal: JournalOracle;
  readonly committed: Committed;
  readonly onCommit: RecorderParts['onCommit'];
  readonly perform: Performer['perform'];
  readonly seeds: () => Uint8Array;
  readonly figures: Figures;
  readonly plant: Plant;
  readonly registry: Registry;
  readonly owners: ReadonlySet<string>;
  readonly lastSeen: { at: EpochMs | undefined };
  readonly membersPresent: MembershipParts['membersPresent'];
  /** The journal cannot be written any more. */
  readonly onJournalFailed: () => void;
  /** Hears of the subject of `/debug`. */
  readonly onSubject: (subject: DebugSubject) => void;
  /** The rows are those of the last process; nobody has changed them yet. Called before or after the first snapshot. */
  readonly recovered: (store: Store, durable: number) => void;
  readonly checksBeforeSnapshot: boolean;
}

/** A process that runs. */
export interface Life {
  readonly directory: GuildDirectory;
  readonly store: Store;
  readonly memberships: MembershipEvents;
  readonly recorder: Recorder;
  /** Ends as a bot that is asked to. */
  readonly stop: () => Promise<void>;
}

/** A process whose actors are let go of, as they are when it is gone. */
export interface Opening {
  readonly life: Promise<Life>;
  readonly letGo: () => void;
}

/** Starts a process. What it begins goes with it when the scheduler ends its life. */
export const openLife = (parts: LifeParts): Opening => {
  const { scheduler, clock, trace, findings, figures, plant } = parts;
  const log = watchedLog(findings);
  const system = startActorSystem(scheduler.process);
  const spawned = new Set<{ readonly stop: () => void }>();
  let directory: GuildDirectory | undefined;

  const recorder = openRecorder(
    {
      tape: parts.tape,
      journal: parts.journal,
      clock,
      trace,
      findings,
      seeds: parts.seeds,
      worldsSeen: (guild) => directory?.worldsSeen(guild),
      onCommit: parts.onCommit,
    },
    parts.committed,
  );
  const onError = (error: unknown): void => {
    const isDisk =
      error instanceof RowsWriteError ||
      (error instanceof Error && (error.name === 'JournalFailedError' || 'code' in error));
    if (!isDisk)
      findings.broken('no throw', `the store: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  };

  const openData = async (): Promise<Store> => {
    const opened = await openSegmentJournal({
      folder: 'journal',
      durability: 'power',
      segmentBytesMax: figures.segmentBytes,
      monotonicMs: clock.monotonicMs,
      after: scheduler.process,
      // Every other second.
      isBusy: () => Math.floor(scheduler.nowMs() / 1000) % 2 === 0,
      files: plant.files(parts.journalDisk.files),
    });
    const journal = parts.journal.watch(plant.journal(opened), () => {
      parts.onJournalFailed();
      recorder.takeBack(parts.journal.durable());
    });
    const store = plant.store(
      await openStore({
        journal,
        rows: plant.rows(parts.rowsDisk.open()),
        collections: [...parts.registry.collections.values()],
        alarms: [
          { collection: timers, ordering: 'due' },
          { collection: outbox, ordering: 'due' },
        ],
        hides: plant.hides(departures),
        snapshotIntervalMs: figures.snapshotIntervalMs,
        sliceRowsMax: figures.sliceRows,
        unsnapshottedBytesMax: figures.unsnapshottedBytesMax,
        tailEntriesMax: figures.sliceRows,
        every: simulatedEvery(scheduler),
        after: scheduler.process,
        onError,
      }),
    );
    const { durablePosition } = opened;
    if (parts.checksBeforeSnapshot) parts.recovered(store, durablePosition);
    await store.snapshot().catch(onError);
    if (!parts.checksBeforeSnapshot) parts.recovered(store, durablePosition);
    return store;
  };

  const start = async (): Promise<Life> => {
    const bare = await openData();
    const store = recorder.store(bare);
    const registry = recorder.registry(parts.registry);
    const worlds = new Map<string, WorldView<unknown>>();
    directory = plant.directory(
      startDirectory({
        system: {
          spawn: (name, drain) => {
            const scheduled = system.spawn(name, drain);
            spawned.add(scheduled);
            return {
              wake: (afterMs) => scheduled.wake(afterMs),
              stop: () => {
                spawned.delete(scheduled);
                scheduled.stop();
              },
            };
          },
        },
        store: plant.actorsStore(store),
        log,
        runtime: plant.runtime({
          registry,
          clock,
          calendar,
          perform: { perform: parts.perform },
          seeds: recorder.seeds,
          owners: parts.owners,
          worlds,
          freezeRows: figures.freezesRows,
        }),
      }),
    );
    const started = directory;
    const deadlines = watchClock({
      machine: clock,
      clock,
      lastSeenAt: parts.lastSeen.at,
      keep: async (at) => {
        await scheduler.wait(1);
        parts.lastSeen.at = at;
      },
      graceMs: figures.clockGraceMs,
      log,
    });
    parts.onSubject({ directory: started, store: bare, registry, worlds, deadlines, owners: parts.owners });
    const memberships = membershipEvents({
      directory: started,
      registry,
      membersPresent: parts.membersPresent,
      store: bare,
      pause: () => scheduler.wait(250),
      log,
    });
    const alarm = startAlarm({
      store: bare,
      directory: started,
      dueUntil: deadlines.dueUntil,
      monotonicMs: clock.monotonicMs,
      waits: simulatedWaits(scheduler, clock, () => bare.nextDueAt()),
      log,
    });
    return {
      directory: started,
      store: bare,
      memberships,
      recorder,
      stop: async () => {
        alarm.stop();
        await memberships.stop();
        await started.stop();
        await deadlines.stop();
        await bare.shutdown();
        assert(recorder.states.size === 0, 'a stopped process has given all guilds back');
      },
    };
  };

  return {
    life: start(),
    letGo: () => {
      for (const scheduled of spawned) scheduled.stop();
      spawned.clear();
    },
  };
};
