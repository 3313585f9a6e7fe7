import { assert } from '../../src/kernel/assert.ts';
import type { JournalFile, JournalFiles } from '../../src/storage/journal/files.ts';
import { type Change, Content, diskError } from '../../src/storage/journal/memory-file.ts';
import { accessMs, type DiskParts, syncMs } from './latency.ts';
import { afterPowerCut, givenUntilKill } from './surviving.ts';

interface StoredFile {
  /** What a process reads. */
  current: Content;
  /** What is on disk for certain. */
  synced: Content;
  /** In the system's memory, not yet synced. */
  unsynced: readonly Change[];
  /** On the way from the process to the system. */
  given: readonly Change[];
}

type Entries = Map<string, StoredFile>;

/** A name given to a file, or taken away. */
interface NameChange {
  readonly name: string;
  readonly stored: StoredFile | undefined;
}

/** The journal's folder, which outlives every process, and loses what a power cut takes from it. */
export interface JournalDisk {
  /** As a process sees it. */
  readonly files: JournalFiles;
  /** The process is gone; what it had handed over stays in the system's memory. */
  readonly kill: () => void;
  /** The power is gone, and the process with it. */
  readonly cutPower: () => void;
  /** Whether a power cut now would take something, or tear it. */
  readonly isBusy: () => boolean;
  /** Whether what was last cut off a file, as a journal does that failed, is safe on disk. */
  readonly cutIsSafe: () => boolean;
  /** No space is missing any more. */
  readonly mend: () => void;
}

const emptyFile = (): StoredFile => ({ current: new Content(), synced: new Content(), unsynced: [], given: [] });

const rename = (entries: Entries, { name, stored }: NameChange): void => {
  if (stored === undefined) entries.delete(name);
  else entries.set(name, stored);
};

/** An empty folder. `preallocates` makes the journal write zeros ahead as it does on real disks. */
export const journalDisk = (parts: DiskParts, preallocates: boolean): JournalDisk => {
  const { scheduler, chance, faults } = parts;
  let entries: Entries = new Map();
  let onDisk: Entries = new Map();
  let unsyncedNames: readonly NameChange[] = [];
  let fullUntilMs = 0;
  let cutIsSafe = false;

  const writeFault = (stored: StoredFile, change: Change): string | undefined => {
    if (faults.fires('journal ENOSPC')) fullUntilMs = scheduler.nowMs() + 10 ** chance.between(1, 4);
    if (faults.fires('journal EIO')) return 'EIO';
    const grows = change.kind === 'write' && change.offset + change.bytes.length > stored.current.view().length;
    return grows && scheduler.nowMs() < fullUntilMs ? 'ENOSPC' : undefined;
  };

  const give = async (stored: StoredFile, change: Change): Promise<void> => {
    const fault = writeFault(stored, change);
    stored.given = [...stored.given, change];
    await scheduler.wait(accessMs(parts));
    stored.given = stored.given.filter((other) => other !== change);
    const arrived =
      fault === undefined || change.kind === 'truncate'
        ? change
        : { ...change, bytes: change.bytes.subarray(0, change.bytes.length >> 1) };
    stored.current.apply(arrived);
    stored.unsynced = [...stored.unsynced, arrived];
    if (fault !== undefined) throw diskError(fault);
  };

  const syncFile = async (stored: StoredFile): Promise<void> => {
    const fails = faults.fires('journal EIO');
    const covered = stored.unsynced;
    await scheduler.wait(syncMs(parts, 'slow sync'));
    if (fails) throw diskError('EIO');
    // Another sync that began later may have been faster, and then all of this is on the disk already.
    const settled = covered.filter((change) => stored.unsynced.includes(change));
    for (const change of settled) stored.synced.apply(change);
    stored.unsynced = stored.unsynced.filter((change) => !settled.includes(change));
    const last = covered.at(-1);
    if (last !== undefined) cutIsSafe = last.kind === 'truncate';
  };

  const changeNames = async (...changes: readonly NameChange[]): Promise<void> => {
    await scheduler.wait(accessMs(parts));
    for (const change of changes) rename(entries, change);
    unsyncedNames = [...unsyncedNames, ...changes];
  };

  const find = (name: string): StoredFile => {
    const stored = entries.get(name);
    if (stored === undefined) throw diskError('ENOENT');
    return stored;
  };

  const handle = (stored: StoredFile): JournalFile => {
    let closed = false;
    const open = (): StoredFile => {
      assert(!closed, 'a closed file is not used');
      return stored;
    };
    const write = (bytes: Uint8Array, offset: number): Promise<void> =>
      give(open(), { kind: 'write', offset, bytes: Uint8Array.from(bytes) });
    return {
      size: () => open().current.view().length,
      read(offset, into) {
        const found = open()
          .current.view()
          .subarray(offset, offset + into.length);
        into.set(found);
        return found.length;
      },
      write,
      async writeDurably(bytes, offset) {
        await write(bytes, offset);
        await syncFile(stored);
      },
      sync: () => syncFile(open()),
      truncate: (bytes) => {
        cutIsSafe = false;
        return give(open(), { kind: 'truncate', bytes });
      },
      async close() {
        closed = true;
      },
    };
  };

  const files: JournalFiles = {
    preallocates,
    list: async () => [...entries.keys()],
    async create(name) {
      const stored = emptyFile();
      await changeNames({ name, stored });
      return handle(stored);
    },
    open: async (name) => handle(find(name)),
    async rename(from, to) {
      const stored = find(from);
      await changeNames({ name: to, stored }, { name: from, stored: undefined });
    },
    async remove(name) {
      find(name);
      await changeNames({ name, stored: undefined });
    },
    async syncFolder() {
      const fails = faults.fires('journal EIO');
      const covered = unsyncedNames;
      await scheduler.wait(syncMs(parts, 'slow sync'));
      if (fails) throw diskError('EIO');
      for (const change of covered) rename(onDisk, change);
      unsyncedNames = unsyncedNames.slice(covered.length);
    },
  };

  const kill = (): void => {
    for (const stored of new Set([...entries.values(), ...onDisk.values()])) {
      const arrived = givenUntilKill(stored.given, chance);
      for (const change of arrived) stored.current.apply(change);
      stored.unsynced = [...stored.unsynced, ...arrived];
      stored.given = [];
    }
  };

  return {
    files,
    kill,
    cutPower: () => {
      kill();
      // A file system keeps the order of names: some of the last changes are gone, none from the middle.
      const kept = chance.int(unsyncedNames.length + 1);
      if (kept < unsyncedNames.length) faults.count('names lost');
      for (const change of unsyncedNames.slice(0, kept)) rename(onDisk, change);
      for (const stored of new Set(onDisk.values())) {
        stored.current = afterPowerCut(stored.synced, stored.unsynced, chance, faults);
        stored.synced = new Content(stored.current.view());
        stored.unsynced = [];
      }
      entries = new Map(onDisk);
      onDisk = new Map(onDisk);
      unsyncedNames = [];
    },
    isBusy: () =>
      unsyncedNames.length > 0 ||
      [...entries.values()].some(({ given, unsynced }) => given.length + unsynced.length > 0),
    cutIsSafe: () => cutIsSafe,
    mend: () => {
      fullUntilMs = 0;
    },
  };
};
