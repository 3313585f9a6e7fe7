import { assert } from '../../kernel/assert.ts';
import type { JournalFile, JournalFiles } from './files.ts';
import { afterKill, afterPowerCut, type Change, Content, diskError } from './memory-file.ts';

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
  /** The folder after the process was killed now, the machine still running. */
  afterKill(chance: () => number): MemoryFiles;
  /** The bytes of a file as a process reads them, to be looked at or damaged; throws if there is none. */
  contentOf(name: string): Uint8Array;
  /** Replaces a file's bytes, as somebody's editor would; they count as synced. */
  replace(name: string, bytes: Uint8Array): void;
}

interface StoredFile {
  /** What a process reads. */
  current: Content;
  /** What is on disk for certain. */
  synced: Content;
  /** In the system's memory, not yet synced. */
  unsynced: Change[];
  /** On the way from the process to the system. */
  given: Change[];
}

type Entries = Map<string, StoredFile>;
type FolderChange = (entries: Entries) => void;

const storedFile = (content: Content): StoredFile => ({
  current: content,
  synced: new Content(content.view()),
  unsynced: [],
  given: [],
});

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

const fromEntries = (entries: Entries, preallocates: boolean): MemoryFiles => {
  let onDisk: Entries = new Map(entries);
  let folderChanges: FolderChange[] = [];
  const writeFaults = openFaults();
  const syncFaults = openFaults();
  const gate = openGate();
  let syncs = 0;

  const find = (name: string): StoredFile => {
    const stored = entries.get(name);
    if (stored === undefined) throw diskError('ENOENT');
    return stored;
  };
  const changeFolder = (change: FolderChange): void => {
    change(entries);
    folderChanges.push(change);
  };

  const give = async (stored: StoredFile, change: Change): Promise<void> => {
    const fault = writeFaults.next();
    stored.given.push(change);
    await nextTurn();
    stored.given = stored.given.filter((other) => other !== change);
    const arrived =
      fault === undefined || change.kind === 'truncate'
        ? change
        : { ...change, bytes: change.bytes.subarray(0, change.bytes.length >> 1) };
    stored.current.apply(arrived);
    stored.unsynced.push(arrived);
    if (fault !== undefined) throw diskError(fault);
  };

  const syncFile = async (stored: StoredFile): Promise<void> => {
    const fault = syncFaults.next();
    const covered = [...stored.unsynced];
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

  const survivors = (names: Entries, content: (stored: StoredFile) => Content): MemoryFiles =>
    fromEntries(new Map([...names].map(([name, stored]) => [name, storedFile(content(stored))])), preallocates);

  return {
    preallocates,
    list: async () => [...entries.keys()],
    async create(name) {
      const stored = storedFile(new Content());
      changeFolder((names) => void names.set(name, stored));
      return handle(stored);
    },
    open: async (name) => handle(find(name)),
    async rename(from, to) {
      const stored = find(from);
      changeFolder((names) => {
        names.delete(from);
        names.set(to, stored);
      });
    },
    async remove(name) {
      find(name);
      changeFolder((names) => void names.delete(name));
    },
    async syncFolder() {
      const fault = syncFaults.next();
      const covered = [...folderChanges];
      await nextTurn();
      await gate.pass();
      if (fault !== undefined) throw diskError(fault);
      for (const change of covered) change(onDisk);
      folderChanges = folderChanges.filter((change) => !covered.includes(change));
      syncs += 1;
    },
    failWrite: writeFaults.plan,
    failSync: syncFaults.plan,
    holdSyncs: gate.hold,
    releaseSyncs: gate.release,
    get syncs() {
      return syncs;
    },
    afterPowerCut(chance) {
      const names = new Map(onDisk);
      // A file system keeps the order of names: some of the last changes are gone, none from the middle.
      for (const change of folderChanges.slice(0, Math.floor(chance() * (folderChanges.length + 1)))) change(names);
      return survivors(names, ({ synced, unsynced, given }) =>
        afterPowerCut(synced.view(), [...unsynced, ...given], chance),
      );
    },
    afterKill: (chance) => survivors(entries, ({ current, given }) => afterKill(current.view(), given, chance)),
    contentOf: (name) => Uint8Array.from(find(name).current.view()),
    replace(name, bytes) {
      const stored = storedFile(new Content(bytes));
      entries.set(name, stored);
      onDisk = new Map(onDisk).set(name, stored);
    },
  };
};

/**
 * An empty folder on a simulated disk, for a journal whose crashes are to be tried. `preallocates` makes the journal
 * write zeros ahead as it does on real disks; without, files are as long as what stands in them.
 */
export const memoryFiles = (options: { readonly preallocates: boolean } = { preallocates: false }): MemoryFiles =>
  fromEntries(new Map(), options.preallocates);
