import { assert } from '../../kernel/assert.ts';
import type { JournalFile, JournalFiles } from './files.ts';
import { afterPowerCut, type Change, Content, diskError, givenUntilKill } from './memory-file.ts';

/** What a disk can answer instead of doing what it was told. */
export type DiskFault = 'EIO' | 'ENOSPC';

/** A folder on a simulated disk, which fails, waits and loses power when told to. */
export interface MemoryFiles extends JournalFiles {
  /** The `nth` write from now on (1 is the next) fails: half of it may be on disk. */
  failWrite(nth: number, fault: DiskFault): void;
  /** The `nth` sync from now on fails; a durable write is a write and a sync. */
  failSync(nth: number, fault: DiskFault): void;
  /** Syncs from now on do not finish until `releaseSyncs`. */
  holdSyncs(): void;
  releaseSyncs(): void;
  /** How many syncs finished. */
  readonly syncs: number;
  /**
   * The folder after a power cut now: what was synced, and of what was not all, nothing, torn pieces or noise, as
   * `chance` (0 to 1, excluded) falls. This folder goes on as if nothing had happened.
   */
  afterPowerCut(chance: () => number): MemoryFiles;
  /** The folder after the process was killed now, the machine still running: what was not synced still is not. */
  afterKill(chance: () => number): MemoryFiles;
  /** The bytes of a file as a process reads them, to be looked at or damaged; throws if there is none. */
  contentOf(name: string): Uint8Array;
  /** Replaces a file's bytes, as somebody's editor would; they count as synced. */
  replace(name: string, bytes: Uint8Array): void;
}

interface StoredFile {
  /** What a process reads. */
  readonly current: Content;
  /** What is on disk for certain. */
  readonly synced: Content;
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

/** A folder as the system sees it, and what of that is on disk. */
interface Folder {
  readonly entries: Entries;
  readonly onDisk: Entries;
  unsynced: readonly NameChange[];
}

const rename = (entries: Entries, { name, stored }: NameChange): void => {
  if (stored === undefined) entries.delete(name);
  else entries.set(name, stored);
};

const storedFile = (content: Content): StoredFile => ({
  current: content,
  synced: new Content(content.view()),
  unsynced: [],
  given: [],
});

const survivingFile = (stored: StoredFile, chance: () => number): StoredFile => {
  const arrived = givenUntilKill(stored.given, chance);
  const current = new Content(stored.current.view());
  for (const change of arrived) current.apply(change);
  return {
    current,
    synced: new Content(stored.synced.view()),
    unsynced: [...stored.unsynced, ...arrived],
    given: [],
  };
};

const folderAfterKill = (folder: Folder, chance: () => number): Folder => {
  const copies = new Map<StoredFile, StoredFile>();
  const copy = (stored: StoredFile): StoredFile => {
    const known = copies.get(stored) ?? survivingFile(stored, chance);
    copies.set(stored, known);
    return known;
  };
  const copyAll = (entries: Entries): Entries => new Map([...entries].map(([name, stored]) => [name, copy(stored)]));
  return {
    entries: copyAll(folder.entries),
    onDisk: copyAll(folder.onDisk),
    unsynced: folder.unsynced.map(({ name, stored }) => ({ name, stored: stored && copy(stored) })),
  };
};

const folderAfterPowerCut = (folder: Folder, chance: () => number): Folder => {
  const names = new Map(folder.onDisk);
  // A file system keeps the order of names: some of the last changes are gone, none from the middle.
  const kept = Math.floor(chance() * (folder.unsynced.length + 1));
  for (const change of folder.unsynced.slice(0, kept)) rename(names, change);
  const entries: Entries = new Map();
  for (const [name, { synced, unsynced, given }] of names)
    entries.set(name, storedFile(afterPowerCut(synced.view(), [...unsynced, ...given], chance)));
  return { entries, onDisk: new Map(entries), unsynced: [] };
};

/** A disk answers in a later turn; read from the global so that a simulation can decide when. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void globalThis.setImmediate(resolve));

/** Decides which write or sync fails. */
const openFaults = () => {
  const planned = new Map<number, DiskFault>();
  let done = 0;
  return {
    plan: (nth: number, fault: DiskFault): void => void planned.set(done + nth, fault),
    next: (): DiskFault | undefined => planned.get((done += 1)),
  };
};

/** Lets syncs through, or keeps them. */
const openGate = () => {
  let held: (() => void)[] | undefined;
  return {
    hold: (): void => {
      held ??= [];
    },
    release: (): void => {
      const waiting = held ?? [];
      held = undefined;
      for (const resume of waiting) resume();
    },
    pass: async (): Promise<void> => {
      const waiting = held;
      if (waiting !== undefined) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
};

const openFolder = (folder: Folder, preallocates: boolean): MemoryFiles => {
  const { entries } = folder;
  const writeFaults = openFaults();
  const syncFaults = openFaults();
  const gate = openGate();
  let syncs = 0;

  const find = (name: string): StoredFile => {
    const stored = entries.get(name);
    if (stored === undefined) throw diskError('ENOENT');
    return stored;
  };
  const changeNames = (...changes: readonly NameChange[]): void => {
    for (const change of changes) rename(entries, change);
    folder.unsynced = [...folder.unsynced, ...changes];
  };

  const give = async (stored: StoredFile, change: Change): Promise<void> => {
    const fault = writeFaults.next();
    stored.given = [...stored.given, change];
    await nextTurn();
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
    const fault = syncFaults.next();
    const covered = stored.unsynced;
    await nextTurn();
    await gate.pass();
    if (fault !== undefined) throw diskError(fault);
    for (const change of covered) stored.synced.apply(change);
    stored.unsynced = stored.unsynced.filter((change) => !covered.includes(change));
    syncs += 1;
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
      truncate: (bytes) => give(open(), { kind: 'truncate', bytes }),
      async close() {
        closed = true;
      },
    };
  };

  return {
    preallocates,
    list: async () => [...entries.keys()],
    async create(name) {
      const stored = storedFile(new Content());
      changeNames({ name, stored });
      return handle(stored);
    },
    open: async (name) => handle(find(name)),
    async rename(from, to) {
      const stored = find(from);
      changeNames({ name: to, stored }, { name: from, stored: undefined });
    },
    async remove(name) {
      find(name);
      changeNames({ name, stored: undefined });
    },
    async syncFolder() {
      const fault = syncFaults.next();
      const covered = folder.unsynced;
      await nextTurn();
      await gate.pass();
      if (fault !== undefined) throw diskError(fault);
      for (const change of covered) rename(folder.onDisk, change);
      folder.unsynced = folder.unsynced.filter((change) => !covered.includes(change));
      syncs += 1;
    },
    failWrite: writeFaults.plan,
    failSync: syncFaults.plan,
    holdSyncs: gate.hold,
    releaseSyncs: gate.release,
    get syncs() {
      return syncs;
    },
    afterPowerCut: (chance) => openFolder(folderAfterPowerCut(folder, chance), preallocates),
    afterKill: (chance) => openFolder(folderAfterKill(folder, chance), preallocates),
    contentOf: (name) => Uint8Array.from(find(name).current.view()),
    replace(name, bytes) {
      const stored = storedFile(new Content(bytes));
      entries.set(name, stored);
      folder.onDisk.set(name, stored);
    },
  };
};

/**
 * An empty folder on a simulated disk, for a journal whose crashes are to be tried. `preallocates` makes the journal
 * write zeros ahead as it does on real disks; without, files are as long as what stands in them.
 */
export const memoryFiles = (options: { readonly preallocates: boolean } = { preallocates: false }): MemoryFiles =>
  openFolder({ entries: new Map(), onDisk: new Map(), unsynced: [] }, options.preallocates);
