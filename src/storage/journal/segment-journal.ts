import { assert } from '../../kernel/assert.ts';
import type { After } from '../../kernel/clock.ts';
import { type HeldSegment, type Journal, JournalFailedError, type JournalListener, type Position } from '../ports.ts';
import type { Block } from './block.ts';
import { noClaims } from './claims.ts';
import type { JournalFiles } from './files.ts';
import { type Flight, openFlights } from './flights.ts';
import { entryBytesMax } from './format.ts';
import { nodeFiles } from './node-files.ts';
import { openQueue } from './queue.ts';
import { segmentReader } from './replay.ts';
import { openSegments, type RetiredSegment, type Segments } from './segments.ts';
import { watchUtilization } from './utilization.ts';

/** How a journal is opened. */
export interface SegmentJournalOptions {
  readonly folder: string;
  /** `power`: an entry is durable when it survives a power cut. `process`: when it survives the end of the process. */
  readonly durability: 'power' | 'process';
  /** How long a file gets before the next is begun. */
  readonly segmentBytesMax?: number;
  /** Where the files are; those of `folder` unless given. */
  readonly files?: JournalFiles;
  /** A clock that never falls, in milliseconds; the process's unless given. */
  readonly monotonicMs?: () => number;
  /** Runs something after some milliseconds; a timer of the process's unless given. */
  readonly after?: After;
  /** Whether the process has little time to spare; watched unless given. */
  readonly isBusy?: () => boolean;
  /** Does away with a segment that is not needed any more; it is removed unless something else is said. */
  readonly retire?: (segment: RetiredSegment) => Promise<void>;
}

/** A journal in segment files. */
export interface SegmentJournal extends Journal {
  /** Bytes of a last write which a crash had cut short, and which opening removed. */
  readonly tornBytes: number;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const segmentBytesDefault = 64 * 2 ** 20;
const entriesBetweenLooks = 8;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const runJournal = (options: SegmentJournalOptions, segments: Segments): SegmentJournal => {
  const safeFromPowerCut = options.durability === 'power';
  const claims = noClaims();
  const reader = segmentReader(options.folder, segments.all);
  const queue = openQueue();
  const waiters: Waiter[] = [];
  const opened = (segments.all.at(-1)?.next ?? 1) - 1;
  let appended = opened;
  let durable = opened;
  let listener: JournalListener | undefined;
  let failure: JournalFailedError | undefined;
  /** What a write failed of; nothing is written any more. */
  let brokenBy: unknown;
  let scheduled = false;
  let rotating = false;
  let timed = false;
  const runAfter: After = options.after ?? ((ms, run) => setTimeout(run, ms));
  const flights = openFlights(options.monotonicMs ?? (() => performance.now()), options.isBusy ?? watchUtilization());
  const under = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;
  let upkeep: Promise<void> = Promise.resolve();
  let holds = 0;
  let renewals: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];

  const fail = (cause: unknown): void => {
    if (failure !== undefined) return;
    failure = new JournalFailedError(
      `the journal in ${options.folder} cannot be written (${messageOf(cause)}): ` +
        'nothing more is saved until the disk is in order and Guildhall was restarted',
      { cause },
    );
    for (const { reject } of waiters.splice(0)) reject(failure);
    for (const { reject } of renewals.splice(0)) reject(failure);
    listener?.failed(failure);
  };

  const tellDurable = (): void => {
    while (waiters[0] !== undefined && waiters[0].position <= durable) waiters.shift()?.resolve();
    listener?.durable(durable as Position);
  };

  /** Begins the segment that is ready, between two blocks. */
  const renew = async (): Promise<void> => {
    const waiting = renewals;
    renewals = [];
    try {
      if (segments.needsRotation(0)) await segments.rotate(durable + 1);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      // Nothing is lost: the block that needs the file tries once more, and fails in its own turn.
      for (const { reject } of waiting) reject(error);
    }
  };

  /** Has the rest wait while a new file is begun, for which nothing may be on its way. */
  const betweenBlocks = async (work: () => Promise<void>): Promise<void> => {
    rotating = true;
    try {
      await work();
    } catch (error) {
      await crash(error);
    }
    rotating = false;
    pump();
  };

  const begin = (block: Block): void => {
    const bytes = block.seal(safeFromPowerCut ? flights.entries() : undefined);
    const { file, offset } = segments.place(bytes.length);
    const flight = flights.begin(block, bytes.length);
    const written = safeFromPowerCut ? file.writeDurably(bytes, offset) : file.write(bytes, offset);
    written.then(
      () => land(flight),
      (error: unknown) => void crash(error),
    );
    under.add(written);
    written.finally(() => under.delete(written)).catch(() => undefined);
  };

  /** Nothing else may happen until then that would have a block set out. */
  const pumpLater = (ms: number): void => {
    if (timed) return;
    timed = true;
    runAfter(ms, () => {
      timed = false;
      pump();
    });
  };

  /** The block that may set out now, taken out of the queue. Otherwise something is under way that looks again. */
  const takeReady = (): Block | undefined => {
    if (rotating || brokenBy !== undefined) return undefined;
    const block = queue.peek();
    if (renewals.length > 0 || (block !== undefined && segments.needsRotation(block.length))) {
      if (flights.count() > 0) return undefined;
      void betweenBlocks(renewals.length > 0 ? renew : () => segments.rotate(durable + 1));
      return undefined;
    }
    if (block === undefined) return undefined;
    const waitMs = flights.waitMs(appended - durable - flights.entries());
    if (waitMs === 0) return queue.next();
    if (waitMs !== undefined) pumpLater(waitMs);
    return undefined;
  };

  /** Sends blocks on their way as long as there are any that may go. */
  const pump = (): void => {
    for (let block = takeReady(); block !== undefined; block = takeReady()) begin(block);
  };

  const countIn = (): boolean => {
    const before = durable;
    for (let flight = flights.takeLanded(); flight !== undefined; flight = flights.takeLanded()) {
      const { block, bytes } = flight;
      durable = block.first + block.count - 1;
      segments.advance(bytes, durable + 1);
      queue.recycle(block);
    }
    return durable > before;
  };

  /** A block is on the disk. The next sets out before this one's entries are told. */
  const land = (flight: Flight): void => {
    flights.land(flight);
    const isNews = countIn();
    pump();
    if (isNews) tellDurable();
  };

  /**
   * A failed write or sync is never tried again: the system may have dropped what it could not write. Nor is anything
   * else written: what is called lost must not be found at the next start.
   */
  const crash = async (reason: unknown): Promise<void> => {
    if (brokenBy !== undefined) return;
    brokenBy = reason;
    // What is on its way beside it may land behind a gap, or before: only then it is known what is durable.
    await Promise.allSettled(under);
    // All that was appended since is about to be called lost: the next start should not find it in the file. A disk
    // that does not do even this leaves it there, whole or torn.
    await segments.discard().catch(() => undefined);
    fail(reason);
  };

  /** The end of this turn of the event loop, so that all its entries share a write; a simulation may replace it. */
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    globalThis.setImmediate(() => {
      scheduled = false;
      pump();
    });
  };

  const untilDurable = (position: number): Promise<void> => {
    if (failure !== undefined) return Promise.reject(failure);
    if (durable >= position) return Promise.resolve();
    return new Promise((resolve, reject) => waiters.push({ position, resolve, reject }));
  };

  /** One thing at a time beside the writing, each after the one before, whatever became of that. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = upkeep.then(work);
    upkeep = result.catch(() => undefined);
    return result;
  };

  const sync = async (): Promise<void> => {
    if (failure !== undefined) throw failure;
    if (safeFromPowerCut) return;
    try {
      await segments.sync();
    } catch (error) {
      await crash(error);
      throw failure ?? error;
    }
  };

  const close = async (): Promise<void> => {
    try {
      await untilDurable(appended);
      await inTurn(sync);
    } catch (error) {
      // The listener was told; what is left is to let go of the files.
      if (error !== failure) throw error;
    }
    await upkeep;
    await segments.close();
  };

  return {
    tornBytes: segments.tornBytes,
    claim: (guild) => claims.claim(guild),
    release: (claim) => claims.release(claim),
    append(claim, bytes) {
      if (failure !== undefined) throw failure;
      assert(closing === undefined, 'nothing is appended to a closed journal');
      assert(bytes.length > 0 && bytes.length <= entryBytesMax, 'an entry has 1 byte to 16 MiB');
      const guild = claims.check(claim);
      appended += 1;
      queue.blockFor(bytes.length).put(appended, guild, bytes);
      // A block that may set out need not wait for the end of a long turn.
      if (appended % entriesBetweenLooks === 0) pump();
      else schedule();
      return appended as Position;
    },
    replay(after) {
      assert(appended === opened, 'a journal is replayed before anything is appended');
      return reader.replay(after);
    },
    read: (place) => reader.read(place),
    get firstPosition() {
      return reader.firstPosition;
    },
    get durablePosition() {
      return durable as Position;
    },
    async sync() {
      await untilDurable(appended);
      await inTurn(sync);
    },
    async trim(position) {
      assert(position <= durable, 'only what is durable is forgotten');
      await inTurn(async () => {
        if (failure !== undefined) throw failure;
        if (holds === 0) await segments.trim(position);
      });
    },
    async renew() {
      assert(closing === undefined, 'a closed journal is not renewed');
      await inTurn(() => segments.renew());
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve, reject) => {
        renewals.push({ resolve, reject });
        schedule();
      });
    },
    hold() {
      holds += 1;
      let held = true;
      return {
        segments: () =>
          segments.all.map(({ name, first, next, end, file }): HeldSegment => {
            return { name, first, next, bytes: end, read: (offset, into) => file.read(offset, into) };
          }),
        release: () => {
          if (held) holds -= 1;
          held = false;
        },
      };
    },
    listen(added) {
      assert(listener === undefined, 'a journal has one listener');
      listener = added;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
};

/**
 * Opens the journal in a folder, which is made if it is not there, and removes what a crash left of a last write.
 * Throws `DamagedStoreError` when stored entries are unreadable and `NewerStoreError` when a newer version wrote them;
 * nothing was changed then. One process may have it open.
 */
export const openSegmentJournal = async (options: SegmentJournalOptions): Promise<SegmentJournal> => {
  const segments = await openSegments({
    folder: options.folder,
    files: options.files ?? (await nodeFiles(options.folder)),
    bytesMax: options.segmentBytesMax ?? segmentBytesDefault,
    syncOnRotation: options.durability === 'process',
    retire: options.retire,
  });
  return runJournal(options, segments);
};
