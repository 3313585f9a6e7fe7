import type { GuildId } from '../kernel/ids.ts';
import {
  type Capture,
  capture,
  type FeatureWrite,
  featureWrites,
  finalWrites,
  returnCapture,
  settleCapture,
  systemWrites,
} from './capture.ts';
import { trimmedRow } from './catalogue.ts';
import { forgetSettled } from './deduplication.ts';
import { durableRow } from './durable-mark.ts';
import type { Guild, OnDisk } from './guild.ts';
import { markerRow } from './marker.ts';
import { absorbPart, absorbTail, forgetUnwritten, type Memory, maybeForget } from './memory.ts';
import type { Pace } from './pace.ts';
import type { Position, RowWrite } from './ports.ts';
import { withSmallHeap } from './small-heap.ts';
import type { Tail } from './tail.ts';
import { hashOf, withRow } from './verify.ts';

/** What a snapshot needs. */
export interface SnapshotParts {
  readonly memory: Memory;
  /** Most rows in a batch: a commit costs the disk two flushes, however small it is. */
  readonly sliceRowsMax: number;
  readonly rest: Pace['rest'];
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    globalThis.setImmediate(resolve);
  });

/** Rows made ready for a batch in one turn of the event loop: encoding them and reading what they replace takes time. */
const rowsATurn = 200;

/** What of a long tail is applied before what it changed is written. Of more, too much would be in memory at a time. */
const entriesAPart = 5_000;
const partBytesMax = 4 * 2 ** 20;
/** A part is to go into one batch: each writes pages of the rows' file anew, and those stay in memory for a while. */
const slicesAPart = 10;
/** So many entries after the last collection of all garbage it is time for another: after a part there is least alive. */
const entriesACollection = 3 * entriesAPart;

/** The batch that is being put together. */
interface Batch {
  readonly writes: RowWrite[];
  readyThisTurn: number;
}

const newBatch = (first: readonly RowWrite[] = []): Batch => ({ writes: [...first], readyThisTurn: 0 });

/** Adds one row, giving way to others when it was many. */
const add = (batch: Batch, row: RowWrite): Promise<void> | undefined => {
  batch.writes.push(row);
  batch.readyThisTurn += 1;
  if (batch.readyThisTurn < rowsATurn) return undefined;
  batch.readyThisTurn = 0;
  return nextTurn();
};

const settle = async ({ memory, sliceRowsMax }: SnapshotParts, done: Capture): Promise<void> => {
  for (const _pause of settleCapture(done, sliceRowsMax)) await nextTurn();
  memory.count(-done.bytes);
  maybeForget(memory, done.guild);
};

/** What the disk has of a guild after one row more. Reads the row before only where nobody knows its checksum. */
const after = ({ rows }: Memory, onDisk: OnDisk, { key, checksum, cell }: FeatureWrite): OnDisk => {
  const before = cell.diskHash ?? hashOf(key, rows.get(key));
  cell.diskHash = checksum;
  return withRow(onDisk, before, checksum);
};

/** Adds all of a guild's rows to a batch; gives what the disk has of it when that is written. */
const addWhole = async (memory: Memory, batch: Batch, one: Capture): Promise<OnDisk> => {
  let { onDisk } = one.guild;
  for (const row of featureWrites(one)) {
    onDisk = after(memory, onDisk, row);
    await add(batch, row);
  }
  for (const row of [...systemWrites(one), ...finalWrites(one, onDisk)]) await add(batch, row);
  return onDisk;
};

/** Waits until rows may be written, which must not outlive the entries they follow from. Gives a mark for them. */
const journalOnDisk = async ({ journal }: Memory): Promise<RowWrite> => {
  // Asked before: what comes meanwhile is not part of what is synced, in a journal that is behind the disk.
  const { durablePosition } = journal;
  await journal.sync();
  return durableRow(durablePosition);
};

/** Writes guilds that fit into one batch: each is on disk as a whole, or as before. */
const writeTogether = async (parts: SnapshotParts, captures: readonly Capture[]): Promise<void> => {
  const { memory } = parts;
  const batch = newBatch();
  const onDisk: OnDisk[] = [];
  for (const one of captures) onDisk.push(await addWhole(memory, batch, one));
  batch.writes.push(await journalOnDisk(memory));
  await memory.rows.write(batch.writes);
  for (const [index, one] of captures.entries()) {
    one.guild.onDisk = onDisk[index] ?? one.guild.onDisk;
    await settle(parts, one);
  }
};

/**
 * Writes one guild in several batches, the first of which says that it is not complete, and the last that it is. The
 * guild is a part of a snapshot, `share`; gives what of it has not been rested for.
 */
const writeInSlices = async (parts: SnapshotParts, one: Capture, share: number): Promise<number> => {
  const { memory, sliceRowsMax, rest } = parts;
  const { guild, head } = one;
  if (guild.mixedUpTo === undefined || guild.mixedUpTo < head.position) guild.mixedUpTo = head.position;
  let batch = newBatch([markerRow(guild.id, guild.mixedUpTo), await journalOnDisk(memory)]);
  let { onDisk } = guild;
  const write = async (): Promise<number> => {
    const part = (share * batch.writes.length) / one.size;
    await memory.rows.write(batch.writes);
    guild.onDisk = onDisk;
    batch = newBatch();
    await nextTurn();
    return part;
  };
  for (const row of featureWrites(one)) {
    onDisk = after(memory, onDisk, row);
    await add(batch, row);
    if (batch.writes.length >= sliceRowsMax) await rest(await write());
  }
  for (const row of systemWrites(one)) {
    await add(batch, row);
    if (batch.writes.length >= sliceRowsMax) await rest(await write());
  }
  batch.writes.push(...finalWrites(one, onDisk));
  const last = await write();
  await settle(parts, one);
  return last;
};

/** Writes some guilds, which are a part of a snapshot, `share`; gives what of it has not been rested for. */
const writeCaptures = async (parts: SnapshotParts, captures: readonly Capture[], share: number): Promise<number> => {
  const [first] = captures;
  if (first === undefined) return 0;
  if (captures.length === 1 && first.size > parts.sliceRowsMax) return writeInSlices(parts, first, share);
  await writeTogether(parts, captures);
  await nextTurn();
  return share;
};

/** Gives back what did not get to the disk. */
const maybeReturn = (memory: Memory, one: Capture): void => {
  if (!one.guild.taken) return;
  returnCapture(one);
  memory.changed.add(one.guild);
};

const byKey = (one: GuildId, other: GuildId): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/**
 * Writes what has changed in all guilds to the rows, in the order of their keys and in slices of about `sliceRowsMax`
 * rows, each guild as of one durable operation. Rejects when the rows cannot be written or the journal has failed:
 * what was not written stays in memory and in the journal.
 */
export const writeChanges = async (parts: SnapshotParts): Promise<void> => {
  const { memory, sliceRowsMax, rest } = parts;
  const ids = [...new Set([...memory.tails.keys(), ...[...memory.changed].map(({ id }) => id)])].sort(byKey);
  const bytes = [...memory.changed].reduce((sum, guild) => sum + guild.unsnapshottedBytes, 0);
  const shareOf = (captures: readonly Capture[]): number =>
    captures.reduce((sum, one) => sum + one.bytes, 0) / Math.max(bytes, 1);
  let waiting: Capture[] = [];
  let size = 0;
  try {
    for (const id of ids) {
      await absorbTail(memory, id);
      const guild = memory.guilds.get(id);
      if (guild === undefined || !memory.changed.delete(guild)) continue;
      const taken = capture(guild);
      waiting.push(taken);
      if (size + taken.size > sliceRowsMax) {
        const full = waiting.slice(0, -1);
        await rest(await writeCaptures(parts, full, shareOf(full)));
      }
      if (size + taken.size > sliceRowsMax) waiting = [taken];
      size = waiting.length === 1 ? taken.size : size + taken.size;
    }
    await writeCaptures(parts, waiting, shareOf(waiting));
  } catch (failure) {
    for (const one of waiting) maybeReturn(memory, one);
    throw failure;
  }
};

/** Writes one guild of which memory has more than the disk, if that is so. */
const writeGuild = async (parts: SnapshotParts, guild: Guild | undefined): Promise<void> => {
  const { memory } = parts;
  if (guild === undefined || !memory.changed.delete(guild)) return;
  const taken = capture(guild);
  try {
    await writeCaptures(parts, [taken], 1);
  } catch (failure) {
    maybeReturn(memory, taken);
    throw failure;
  }
};

/** Writes a guild that nobody has open as of the end of its tail. When it rejects, what was not written is still a tail. */
const writeLongTail = async (
  parts: SnapshotParts,
  id: GuildId,
  tail: Tail,
  entriesMax: number,
  afterPart: (part: Tail) => void,
): Promise<void> => {
  const { memory } = parts;
  while (tail.length > 0) {
    const part = tail.front(entriesMax, partBytesMax);
    try {
      await absorbPart(memory, id, part);
      const guild = memory.guilds.get(id);
      // Not let go of between two parts: what it was answered would be read anew for each.
      if (guild !== undefined) guild.pinned = true;
      await writeGuild(parts, guild);
      if (guild !== undefined) forgetSettled(guild.ring);
    } catch (failure) {
      forgetUnwritten(memory, id);
      memory.tails.set(id, tail);
      throw failure;
    }
    memory.counted.add(id);
    tail.drop(part.length);
    afterPart(part);
  }
  const written = memory.guilds.get(id);
  if (written === undefined) return;
  written.pinned = false;
  maybeForget(memory, written);
};

/**
 * Brings guilds of which the journal has more than `entriesMax` entries to the disk, a part of them at a time: all at
 * once they would take much memory, and hold up everybody when the guild is first asked. For a start, when nobody has a
 * guild open. Rejects when the rows cannot be written; then those that are left are read from the journal when asked.
 */
export const writeLongTails = async (parts: SnapshotParts, entriesMax: number): Promise<void> => {
  const long = [...parts.memory.tails].filter(([, { length }]) => length > entriesMax);
  if (long.length === 0) return;
  const inLargeSlices = { ...parts, sliceRowsMax: parts.sliceRowsMax * slicesAPart };
  let entries = 0;
  await withSmallHeap(async (collect) => {
    const afterPart = ({ length }: Tail): void => {
      entries += length;
      if (entries < entriesACollection) return;
      entries = 0;
      collect();
    };
    for (const [id, tail] of long) {
      await writeLongTail(inLargeSlices, id, tail, Math.min(entriesMax, entriesAPart), afterPart);
    }
  });
};

/**
 * Writes what has changed to the rows, and trims the journal to `newest`, the position of the newest operation when it
 * is called. Rejects as `writeChanges` does, and when the journal cannot be trimmed.
 */
export const writeSnapshot = async (parts: SnapshotParts, newest: Position): Promise<void> => {
  await writeChanges(parts);
  // Before the journal forgets: an older journal under newer rows must not go unnoticed.
  await parts.memory.rows.write([trimmedRow(newest)]);
  await parts.memory.journal.trim(newest);
};
