import type { GuildId } from '../kernel/ids.ts';
import {
  type Capture,
  capture,
  featureWrites,
  finalWrites,
  returnCapture,
  settleCapture,
  systemWrites,
} from './capture.ts';
import { trimmedRow } from './catalogue.ts';
import type { OnDisk } from './guild.ts';
import { markerRow } from './marker.ts';
import { absorbTail, type Memory, maybeForget } from './memory.ts';
import type { Journal, Position, RowWrite } from './ports.ts';
import { withRow } from './verify.ts';

/** What a snapshot needs. */
export interface SnapshotParts {
  readonly memory: Memory;
  readonly journal: Journal;
  /** Most rows in a batch, and so between two turns of the event loop. */
  readonly sliceRowsMax: number;
  /** A guild's operations of so many bytes are in a snapshot now. */
  readonly written: (bytes: number) => void;
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    globalThis.setImmediate(resolve);
  });

/** What the disk has after these rows of a feature are written. */
const afterWrites = ({ rows }: Memory, before: OnDisk, writes: readonly RowWrite[]): OnDisk => {
  let onDisk = before;
  for (const { key, value } of writes) onDisk = withRow(onDisk, key, rows.get(key), value);
  return onDisk;
};

const settle = ({ memory, written }: SnapshotParts, done: Capture): void => {
  settleCapture(done);
  written(done.bytes);
  maybeForget(memory, done.guild);
};

/** Writes guilds that fit into one batch: each is on disk as a whole, or as before. */
const writeTogether = async (parts: SnapshotParts, captures: readonly Capture[]): Promise<void> => {
  const { memory } = parts;
  const batch: RowWrite[] = [];
  const onDisk = captures.map((one) => {
    const rows = [...featureWrites(one)];
    const after = afterWrites(memory, one.guild.onDisk, rows);
    batch.push(...rows, ...systemWrites(one), ...finalWrites(one, after));
    return after;
  });
  await memory.rows.write(batch);
  for (const [index, one] of captures.entries()) {
    one.guild.onDisk = onDisk[index] ?? one.guild.onDisk;
    settle(parts, one);
  }
};

/** Writes one guild in several batches, the first of which says that it is not complete, and the last that it is. */
const writeInSlices = async (parts: SnapshotParts, one: Capture): Promise<void> => {
  const { memory, sliceRowsMax } = parts;
  const { guild, head } = one;
  if (guild.mixedUpTo === undefined || guild.mixedUpTo < head.position) guild.mixedUpTo = head.position;
  let slice: RowWrite[] = [markerRow(guild.id, guild.mixedUpTo)];
  let features: RowWrite[] = [];
  const write = async (last: boolean): Promise<void> => {
    const onDisk = afterWrites(memory, guild.onDisk, features);
    await memory.rows.write([...slice, ...features, ...(last ? finalWrites(one, onDisk) : [])]);
    guild.onDisk = onDisk;
    slice = [];
    features = [];
    await nextTurn();
  };
  for (const row of featureWrites(one)) {
    features.push(row);
    if (features.length >= sliceRowsMax) await write(false);
  }
  for (const row of systemWrites(one)) {
    slice.push(row);
    if (slice.length + features.length >= sliceRowsMax) await write(false);
  }
  await write(true);
  settle(parts, one);
};

/** Waits until the journal has what was taken, and writes it. */
const writeDurable = async (parts: SnapshotParts, captures: readonly Capture[]): Promise<void> => {
  const [first] = captures;
  if (first === undefined) return;
  // Rows must not outlive the entries they follow from, in a journal that is behind the disk either.
  await parts.journal.sync();
  if (captures.length === 1 && first.size > parts.sliceRowsMax) await writeInSlices(parts, first);
  else await writeTogether(parts, captures);
  await nextTurn();
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
  const { memory, sliceRowsMax } = parts;
  const ids = [...new Set([...memory.tails.keys(), ...[...memory.changed].map(({ id }) => id)])].sort(byKey);
  let waiting: Capture[] = [];
  let size = 0;
  try {
    for (const id of ids) {
      await absorbTail(memory, id, parts.written);
      const guild = memory.guilds.get(id);
      if (guild === undefined || !memory.changed.delete(guild)) continue;
      const taken = capture(guild);
      waiting.push(taken);
      if (size + taken.size > sliceRowsMax) await writeDurable(parts, waiting.slice(0, -1));
      if (size + taken.size > sliceRowsMax) waiting = [taken];
      size = waiting.length === 1 ? taken.size : size + taken.size;
    }
    await writeDurable(parts, waiting);
  } catch (failure) {
    for (const one of waiting) maybeReturn(memory, one);
    throw failure;
  }
};

/**
 * Writes what has changed to the rows, and trims the journal to `newest`, the position of the newest operation when it
 * is called. Rejects as `writeChanges` does, and when the journal cannot be trimmed.
 */
export const writeSnapshot = async (parts: SnapshotParts, newest: Position): Promise<void> => {
  await writeChanges(parts);
  // Before the journal forgets: an older journal under newer rows must not go unnoticed.
  await parts.memory.rows.write([trimmedRow(newest)]);
  await parts.journal.trim(newest);
};
