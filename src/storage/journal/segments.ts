import { assert } from '../../kernel/assert.ts';
import type { JournalFile, JournalFiles } from './files.ts';
import { segmentHeader, segmentHeaderBytes } from './format.ts';
import { inspectJournal, nameOfSegment, type Segment } from './recovery.ts';

/** The files of a journal in order: the last one is written to. */
export interface Segments {
  readonly all: readonly Segment[];
  /** Bytes a crash had cut short, which were removed on opening. */
  readonly tornBytes: number;
  /** Whether a block of this length goes into a new file. */
  needsRotation(bytes: number): boolean;
  /** Begins a new file with position `first`. Only when all blocks placed are counted in. */
  rotate(first: number): Promise<void>;
  /** Keeps room for a block of this length behind those placed before. */
  place(bytes: number): { readonly file: JournalFile; readonly offset: number };
  /** Counts the oldest block in that was placed and is written. */
  advance(bytes: number, next: number): void;
  /** Takes off what was written behind the last block counted in, if the disk still does that much. */
  discard(): Promise<void>;
  /** Retires files whose entries are all at or below `position`, the oldest first. */
  trim(position: number): Promise<void>;
  /** The next block goes to a new file, which is ready when it resolves, unless nothing stands in this one. */
  renew(): Promise<void>;
  /** The file written to survives a power cut as it is now. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A file that the journal needs no more, with the entries from `first` up to but not including `next`. */
export interface RetiredSegment {
  readonly name: string;
  readonly first: number;
  readonly next: number;
  /** Where its last entry ends: zeros may follow. */
  readonly end: number;
}

const unfinishedName = 'next.unfinished';
const pieceBytes = 2 ** 20;

/** Writes zeros up to `to`, in pieces each synced, so that a durable write meanwhile waits for one piece at most. */
const preallocate = async (file: JournalFile, from: number, to: number): Promise<void> => {
  const zeros = Buffer.alloc(Math.min(pieceBytes, Math.max(to - from, 0)));
  for (let offset = from; offset < to; offset += pieceBytes) {
    await file.write(zeros.subarray(0, Math.min(pieceBytes, to - offset)), offset);
    await file.sync();
  }
};

/** Begins a journal whose first entry is to have the position `first`, in a folder that has none. */
export const beginJournal = async (files: JournalFiles, first: number): Promise<void> => {
  const { file } = await finish(files, await files.create(unfinishedName), first);
  await file.close();
};

/** A segment gets its name when it is complete, so a crash leaves no half of one. */
const finish = async (files: JournalFiles, file: JournalFile, first: number): Promise<Segment> => {
  const name = nameOfSegment(first);
  await file.write(segmentHeader(first), 0);
  await file.sync();
  await files.rename(unfinishedName, name);
  await files.syncFolder();
  return { name, file, first, end: segmentHeaderBytes, next: first };
};

/**
 * Opens the files of a journal: checks all of them, then removes what a crash left. `bytesMax` is how long a file gets
 * (one block may exceed it); `syncOnRotation` is for writes that are not durable by themselves. Throws what
 * `inspectJournal` throws, before anything was changed.
 */
export const openSegments = async (options: {
  readonly folder: string;
  readonly files: JournalFiles;
  readonly bytesMax: number;
  readonly syncOnRotation: boolean;
  /** Does away with a file that is not needed any more; it is removed unless something else is said. */
  readonly retire?: ((segment: RetiredSegment) => Promise<void>) | undefined;
}): Promise<Segments> => {
  const { files, bytesMax } = options;
  const preallocateTo = files.preallocates ? bytesMax : 0;
  const inspection = await inspectJournal(options.folder, files);
  const all: Segment[] = [...inspection.segments];
  const retire = options.retire ?? (({ name }: RetiredSegment) => files.remove(name));
  let spare: Promise<JournalFile> | undefined;
  let renews = false;
  /** Of blocks placed and not counted in yet. */
  let bytesAhead = 0;

  const prepare = async (): Promise<JournalFile> => {
    const file = await files.create(unfinishedName);
    await preallocate(file, 0, preallocateTo);
    return file;
  };
  const active = (): Segment => {
    const segment = all.at(-1);
    assert(segment !== undefined, 'a journal has a segment to write to');
    return segment;
  };
  const replaceActive = (segment: Segment): void => void all.splice(-1, 1, segment);

  if ((await files.list()).includes(unfinishedName)) await files.remove(unfinishedName);
  if (all.length === 0) all.push(await finish(files, await prepare(), 1));
  else {
    const { file, first, end } = active();
    if (end === 0) {
      await file.close();
      replaceActive(await finish(files, await prepare(), first));
    } else if (inspection.tornBytes > 0) await file.truncate(end);
    // What a killed process wrote may be in the system's memory alone, and is about to be called durable.
    await active().file.sync();
    await files.syncFolder();
    await preallocate(active().file, active().file.size(), preallocateTo);
  }

  const rotate = async (first: number): Promise<void> => {
    assert(bytesAhead === 0, 'a file is complete before the next is begun');
    if (options.syncOnRotation) await active().file.sync();
    // A spare file that could not be prepared in the background gets a second chance; it holds no entry yet.
    const prepared = (await spare?.catch(() => undefined)) ?? (await prepare());
    spare = undefined;
    all.push(await finish(files, prepared, first));
    renews = false;
  };

  return {
    all,
    tornBytes: inspection.tornBytes,
    needsRotation(bytes) {
      const end = active().end + bytesAhead;
      return (renews || end + bytes > bytesMax) && end > segmentHeaderBytes;
    },
    rotate,
    place(bytes) {
      const { file, end } = active();
      const offset = end + bytesAhead;
      bytesAhead += bytes;
      return { file, offset };
    },
    advance(bytes, next) {
      const segment = active();
      bytesAhead -= bytes;
      replaceActive({ ...segment, end: segment.end + bytes, next });
      if (spare !== undefined || preallocateTo === 0 || segment.end + bytes < bytesMax / 2) return;
      spare = prepare();
      // Its failure is looked at when the file is needed.
      spare.catch(() => undefined);
    },
    async discard() {
      const { file, end } = active();
      bytesAhead = 0;
      await file.truncate(end);
      await file.sync();
    },
    async trim(position) {
      let removed = 0;
      for (let next = all[1]; next !== undefined && next.first <= position + 1; next = all[1]) {
        const [oldest] = all.splice(0, 1);
        assert(oldest !== undefined, 'the second file has one before it');
        await oldest.file.close();
        await retire(oldest);
        removed += 1;
      }
      if (removed > 0) await files.syncFolder();
    },
    async renew() {
      if (active().end <= segmentHeaderBytes) return;
      spare ??= prepare();
      // Its failure is looked at when the file is needed.
      await spare.catch(() => undefined);
      renews = true;
    },
    sync: () => active().file.sync(),
    async close() {
      const prepared = await spare?.catch(() => undefined);
      if (prepared !== undefined) {
        await prepared.close();
        await files.remove(unfinishedName);
      }
      for (const { file } of all) await file.close();
    },
  };
};
