import type { Branded, GuildId } from '../kernel/ids.ts';

/** A place in the journal. Later entries have greater positions; nothing else may be read from it. */
export type Position = Branded<number, 'position'>;

/** Before the first entry. */
export const noPosition = 0 as Position;

/** The right to append for one guild. A later claim of the same guild makes it stale. */
export interface Claim {
  readonly guild: GuildId;
  readonly epoch: number;
}

/** Thrown by `append` on a stale claim: somebody else owns the guild now. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** Thrown by `append` once the journal could not be written: nothing more will ever be durable in this process. */
export class JournalFailedError extends Error {
  override readonly name = 'JournalFailedError';
}

/** Stored data that cannot be right: says where, and what to run. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
}

/** The data was written by a newer version of Guildhall. Nothing was changed; the message says which format it has. */
export class NewerStoreError extends Error {
  override readonly name = 'NewerStoreError';
}

/** Rejects a `write` of rows: the disk is full or broken, and the rows are as they were before the batch. */
export class RowsWriteError extends Error {
  override readonly name = 'RowsWriteError';
}

/**
 * The rows cannot be used any more in this process, which is to end: a start finds them as they were before the batch,
 * and the journal has the rest.
 */
export class RowsUnusableError extends Error {
  override readonly name = 'RowsUnusableError';
}

/** One operation's record as it is read back. */
export interface JournalEntry {
  readonly guild: GuildId;
  readonly position: Position;
  readonly bytes: Uint8Array;
}

/** Where the journal has the bytes of an entry. */
export interface EntryPlace {
  readonly position: Position;
  /** Of the bytes in their file. */
  readonly offset: number;
  readonly length: number;
}

/** An entry with where it can be read again. */
export interface ReplayedEntry extends JournalEntry {
  readonly offset: number;
}

/** What the journal tells its one listener. */
export interface JournalListener {
  /** Every entry up to and including `position` survives what the journal was opened to survive: a power cut, as a rule. */
  readonly durable: (position: Position) => void;
  /** The journal cannot be written. Entries above the last durable position do not count. Called once. */
  readonly failed: (error: Error) => void;
}

/** What a journal has of earlier processes. */
export interface JournalReader {
  /** The first position that was not trimmed. */
  readonly firstPosition: Position;
  /**
   * Every entry above `after` that is durable, in order. An entry's bytes are good until the next is asked for. Only
   * before the first `append`.
   */
  readonly replay: (after: Position) => Iterable<ReplayedEntry>;
  /**
   * The bytes of an entry that `replay` gave and that was not trimmed since; good until the next are read. Blocks, and
   * checks nothing.
   */
  readonly read: (place: EntryPlace) => Uint8Array;
}

/** The durable, ordered record of what operations changed. Appending never waits; durability is told afterwards. */
export interface Journal extends JournalReader {
  /** Takes over a guild: older claims on it become stale. */
  claim(guild: GuildId): Claim;
  /** Gives a claim back; appending with it is refused from now on. */
  release(claim: Claim): void;
  /** Queues a copy of one entry of 1 byte to 16 MiB and gives its position. Throws `FencedError` or `JournalFailedError`. */
  append(claim: Claim, bytes: Uint8Array): Position;
  /** The last position known to be durable. */
  readonly durablePosition: Position;
  /**
   * Resolves when everything appended so far survives a power cut, also in a journal opened to survive the end of the
   * process only. To be waited for before rows that follow from entries are written, lest they outlive the entries.
   */
  sync(): Promise<void>;
  /** Forgets entries at or below `position` (whole segments at a time, so some may stay). */
  trim(position: Position): Promise<void>;
  /** What is appended from now on goes to another segment, so that all before it can be forgotten. */
  renew(): Promise<void>;
  /** Keeps all segments, to be copied, until they are released: what is trimmed meanwhile goes with a later trim. */
  hold(): HeldJournal;
  listen(listener: JournalListener): void;
  /** Waits for what was appended, then closes. Resolves also when the journal has failed. */
  close(): Promise<void>;
}

/** A part of the journal that is being kept, as far as it is durable. */
export interface HeldSegment {
  readonly name: string;
  /** Position of its first entry, and the one behind its last. */
  readonly first: number;
  readonly next: number;
  readonly bytes: number;
  /** Reads from `offset` until `into` is full or the file ends, and returns how many bytes that were. Blocks. */
  read(offset: number, into: Uint8Array): number;
}

/** A journal that forgets nothing. */
export interface HeldJournal {
  /** All segments as they are now, oldest first. */
  segments(): readonly HeldSegment[];
  release(): void;
}

/** One row to be written, or removed where `value` is `undefined`. */
export interface RowWrite {
  readonly key: string;
  readonly value: Uint8Array | undefined;
  /** Of both, as `checksumOf` gives it, where whoever writes has it already. */
  readonly checksum?: number;
}

/** Which rows to read, in order of their keys: compared by UTF-16 code unit, as `<` compares texts. */
export interface RowRange {
  /** First key, included. */
  readonly from: string;
  /** Where to stop, excluded. */
  readonly to: string;
  /** From the end backwards. */
  readonly reverse: boolean;
  readonly limit: number;
}

/** All rows as they were at one time, whatever is written meanwhile. */
export interface RowsView {
  range(range: RowRange): readonly (readonly [string, Uint8Array])[];
  /** To be called soon: until then the disk keeps what is replaced, and the file may grow. */
  close(): void;
}

/** Rows on the local disk: reads are synchronous and take microseconds, writes are durable batches. */
export interface Rows {
  /** The bytes of a row; the caller may keep them. A key has 1 to 1,978 bytes (a character takes at most 3 or, above U+FFFF, 6). */
  get(key: string): Uint8Array | undefined;
  range(range: RowRange): readonly (readonly [string, Uint8Array])[];
  /**
   * All of the batch or nothing, on disk when it resolves; until then reads show the rows before it. One batch at a
   * time; its values are left alone until it resolves. Rejects with `RowsWriteError`, after which a later batch may be
   * tried: the journal still has what this one would have stored.
   */
  write(batch: readonly RowWrite[]): Promise<void>;
  /** All rows as they are now, batches that are on their way left out. To be closed before the rows are. */
  view(): RowsView;
  close(): Promise<void>;
}
