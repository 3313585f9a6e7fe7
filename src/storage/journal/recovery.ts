import { DamagedStoreError, NewerStoreError } from '../ports.ts';
import type { JournalFile, JournalFiles } from './files.ts';
import {
  blockHeaderBytes,
  blockMagic,
  emptyScratch,
  journalFormat,
  readBlock,
  readSegmentHeader,
  type StoredBlock,
  segmentHeaderBytes,
} from './format.ts';

/** One file of the journal with the entries from `first` up to but not including `next`. */
export interface Segment {
  readonly name: string;
  readonly file: JournalFile;
  readonly first: number;
  /** Where the next block goes; 0 where not even the header was written. */
  readonly end: number;
  /** The position behind its last entry. */
  readonly next: number;
}

/** What stands in the folder, checked to the last byte; nothing was changed. */
export interface Inspection {
  readonly segments: readonly Segment[];
  /** Bytes of a write that a crash cut short, behind the end of the last segment. */
  readonly tornBytes: number;
}

const segmentName = /^(\d{16})\.journal$/;
const windowBytes = 64 * 2 ** 10;
const zeros = Buffer.alloc(windowBytes);

/** The file name of the segment that begins with this position. */
export const nameOfSegment = (first: number): string => `${String(first).padStart(16, '0')}.journal`;

/** The error for a segment that cannot be right. */
export const damaged = (folder: string, name: string, offset: number, what: string): DamagedStoreError =>
  new DamagedStoreError(
    `${folder}/${name} is damaged at byte ${offset}: ${what}. Nothing was changed. ` +
      'Stop the bot and put back a backup: npm run guildhall -- restore',
  );

const missing = (folder: string, name: string, expected: number, first: number): DamagedStoreError =>
  damaged(folder, name, 0, `it begins with entry ${first}, and ${expected} is the next`);

const refuseNewer = (folder: string, name: string, format: number): void => {
  if (format <= journalFormat) return;
  throw new NewerStoreError(
    `${folder}/${name} was written by a newer version (format ${format}, this version reads up to ${journalFormat}). ` +
      'Nothing was changed. Start the newer version again.',
  );
};

/** The end of what is not zero at or behind `from`; `from` itself when all is zero. */
const endOfContent = (file: JournalFile, from: number): number => {
  const window = Buffer.allocUnsafe(windowBytes);
  let end = from;
  for (let offset = from; ; offset += windowBytes) {
    const read = file.read(offset, window);
    if (!window.subarray(0, read).equals(zeros.subarray(0, read))) {
      let last = read - 1;
      while (window[last] === 0) last -= 1;
      end = offset + last + 1;
    }
    if (read < windowBytes) return end;
  }
};

/** The first whole block behind `from` that was written when entry `position` was safe on disk. */
const laterBlock = (file: JournalFile, from: number, position: number): number | undefined => {
  const window = Buffer.allocUnsafe(windowBytes);
  for (let offset = from; ; offset += windowBytes - blockHeaderBytes) {
    const read = file.read(offset, window);
    const found = window.subarray(0, read);
    for (let at = found.indexOf(blockMagic); at >= 0; at = found.indexOf(blockMagic, at + 1)) {
      const block = readBlock(file, offset + at);
      if (block?.underWay !== undefined && block.first - block.underWay > position) return offset + at;
    }
    if (read < windowBytes) return undefined;
  }
};

/** Walks the blocks of a segment as long as they are right and follow each other. */
const walk = (
  file: JournalFile,
  first: number,
  visit: (block: StoredBlock, offset: number) => void,
): { readonly end: number; readonly next: number } => {
  let end = segmentHeaderBytes;
  let next = first;
  // A buffer for each block of a long journal would be given back to the system long after.
  const scratch = emptyScratch();
  const read = (): StoredBlock | undefined => readBlock(file, end, scratch);
  for (let block = read(); block !== undefined && block.first === next; block = read()) {
    visit(block, end);
    end += block.bytes;
    next += block.count;
  }
  return { end, next };
};

/**
 * What can be read of a segment that somebody may be writing to: up to the first block that is not whole. Gives
 * `undefined` where there is no header yet. Throws `NewerStoreError` on a format it does not know.
 */
export const readableSegment = (folder: string, name: string, file: JournalFile): Segment | undefined => {
  const header = readSegmentHeader(file);
  if (header === undefined) return undefined;
  refuseNewer(folder, name, header.format);
  const { end, next } = walk(file, header.first, (block) => refuseNewer(folder, name, block.format));
  return { name, file, first: header.first, end, next };
};

const inspectSegment = (
  folder: string,
  name: string,
  file: JournalFile,
  expected: number | undefined,
  isLast: boolean,
): { readonly segment: Segment; readonly tornBytes: number } => {
  const header = readSegmentHeader(file);
  if (header === undefined && isLast && file.size() < segmentHeaderBytes) {
    const first = Number.parseInt(name, 10);
    if (expected !== undefined && first !== expected) throw missing(folder, name, expected, first);
    return { segment: { name, file, first, end: 0, next: first }, tornBytes: file.size() };
  }
  if (header === undefined) throw damaged(folder, name, 0, 'it has no header');
  refuseNewer(folder, name, header.format);
  if (nameOfSegment(header.first) !== name) throw damaged(folder, name, 0, 'its header belongs to another file');
  if (expected !== undefined && header.first !== expected) throw missing(folder, name, expected, header.first);
  const { end, next } = walk(file, header.first, (block) => refuseNewer(folder, name, block.format));
  const tornBytes = endOfContent(file, end) - end;
  if (tornBytes > 0 && !isLast) throw damaged(folder, name, end, 'a block is unreadable, and a later file follows');
  // What a crash cuts short are the last writes. A block behind that was written when this one had been told durable says
  // that this was no crash.
  const later = tornBytes > 0 ? laterBlock(file, end, next) : undefined;
  if (later !== undefined)
    throw damaged(folder, name, end, `a block is unreadable, and a later one stands at ${later}`);
  return { segment: { name, file, first: header.first, end, next }, tornBytes };
};

/**
 * Reads and checks the whole journal in `files` without changing anything. `folder` is for messages.
 *
 * A last write that a crash cut short is counted in `tornBytes`, and `end` stands before it. Throws
 * `DamagedStoreError` on anything else that is wrong, and `NewerStoreError` on a format it does not know. The caller
 * closes the files of the segments.
 */
export const inspectJournal = async (folder: string, files: JournalFiles): Promise<Inspection> => {
  const names = (await files.list()).filter((name) => segmentName.test(name)).toSorted();
  const segments: Segment[] = [];
  const opened: JournalFile[] = [];
  let tornBytes = 0;
  try {
    for (const [at, name] of names.entries()) {
      const file = await files.open(name);
      opened.push(file);
      const isLast = at === names.length - 1;
      const inspected = inspectSegment(folder, name, file, segments.at(-1)?.next, isLast);
      segments.push(inspected.segment);
      tornBytes += inspected.tornBytes;
    }
    return { segments, tornBytes };
  } catch (error) {
    for (const file of opened) await file.close();
    throw error;
  }
};
