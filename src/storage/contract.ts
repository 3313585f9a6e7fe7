import type { AnyCollection } from '../kernel/collection.ts';
import type { Dotted, EpochMs, GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import type { HeldSegment, Position, RowsView } from './ports.ts';

/** What became of an operation, kept for redeliveries: its value or its refusal, as msgpack of at most 2 KiB. */
export type StoredOutcome = Uint8Array;

/**
 * One row as an operation leaves it; `after` is `undefined` where it was removed. `before` is what the guild's state
 * shows of it, `undefined` where there is no row: boards, totals and counts are brought on from there, unchecked.
 */
export interface Change {
  readonly collection: AnyCollection;
  readonly key: EncodedKey;
  readonly before: unknown;
  readonly after: unknown;
  /** Where the guild's state holds the row, from `GuildState.cell` in the same turn; looked up when absent. */
  readonly cell?: RowCell;
}

/** Where a guild's state holds a row in memory, valid within one turn of the event loop. */
export interface RowCell {
  readonly row: unknown;
}

/** Everything one operation leaves behind: all of it becomes durable, or none. */
export interface Commit {
  readonly operation: Dotted;
  readonly at: EpochMs;
  /** The guild's sequence after the operation. */
  readonly sequence: number;
  readonly changes: readonly Change[];
  /** The interaction answered, with what it was answered; absent for what Discord did not ask. */
  readonly answered: { readonly request: string; readonly outcome: StoredOutcome } | undefined;
  /** The seed, if the operation drew from it. */
  readonly seed: Uint8Array | undefined;
}

export interface ScanRequest {
  /** First parts of the key, encoded; the empty text for all rows. */
  readonly prefix: EncodedKey;
  /** Only keys behind this one (in the direction of the scan). */
  readonly after: EncodedKey | undefined;
  readonly reverse: boolean;
  readonly limit: number;
}

/** Figures for operators. */
export interface GuildFigures {
  readonly rowsInMemory: number;
  readonly rowsUnsnapshotted: number;
  readonly journalPosition: Position;
  readonly snapshotPosition: Position;
}

/** One guild's rows as of its newest operation, durable or not yet. */
export interface GuildState {
  readonly guild: GuildId;
  /** Time of the newest operation. */
  readonly lastAt: EpochMs;
  readonly sequence: number;
  /** When the guild is to be woken: the least of its alarms. */
  readonly dueAt: EpochMs | undefined;
  /** Whether the row of a key is kept off all boards, because its member has left. */
  isHidden(collection: AnyCollection, key: EncodedKey): boolean;
  /** The row, upgraded to the collection's version and read-only, or `undefined`. */
  row(collection: AnyCollection, key: EncodedKey): unknown;
  /** Where the row is held. `reads` is for the row itself: what nobody reads is let go of after a snapshot. */
  cell(collection: AnyCollection, key: EncodedKey, reads: boolean): RowCell;
  scan(collection: AnyCollection, request: ScanRequest): readonly (readonly [EncodedKey, unknown])[];
  /** Keys and scores of a board from place `from`, highest score first, equal scores by key. */
  top(
    collection: AnyCollection,
    ordering: string,
    from: number,
    limit: number,
  ): readonly (readonly [EncodedKey, number])[];
  /** The place a score and key have or would have on the board: how many stand before it. */
  place(collection: AnyCollection, ordering: string, score: number, key: EncodedKey): number;
  total(collection: AnyCollection, total: string): bigint;
  count(collection: AnyCollection): number;
  /** The stored outcome of an interaction of the last 15 minutes. */
  answered(request: string): StoredOutcome | undefined;
  /** The newest interaction that was answered, or the empty text. Whatever is newer never was. */
  readonly newestAnswered: string;
  figures(): GuildFigures;
}

/** How an operation's wait for the disk ended. */
export type Released = 'durable' | 'lost';

export interface StoreFigures {
  readonly guildsInMemory: number;
  /** Times at which guilds are to be woken that are kept in memory, outdated ones too. */
  readonly alarmsInMemory: number;
  readonly unsnapshottedBytes: number;
  readonly durablePosition: Position;
  readonly snapshots: number;
  readonly failed: boolean;
}

/** A store as it can be copied while it goes on: the rows as of one time, and all of the journal that follows. */
export interface FrozenStore {
  readonly rows: RowsView;
  /** All that is durable when it is called; what is in no row is in here. */
  readonly segments: () => Promise<readonly HeldSegment[]>;
  /** To be called soon: until then the disk keeps what is replaced and what is trimmed. */
  readonly close: () => void;
}

/** A row of a collection that no feature declares any more. */
export interface OrphanRow {
  readonly collection: string;
  readonly key: EncodedKey;
  /** What kinds the parts of the key are of. */
  readonly keyKinds: readonly string[];
  /** How its feature had it forget: `key`, `no member` or `function`. */
  readonly forget: string;
  /** The stored values, without names. */
  readonly values: unknown;
}

/** All guilds' rows: memory, journal and disk behind one door. */
export interface Store {
  /** Claims a guild and gives its state, reading no more than its head. Throws when its stored data is damaged. */
  open(guild: GuildId): GuildState;
  /** Applies an operation in memory, appends it to the journal and tells when it is durable or lost. */
  commit(state: GuildState, commit: Commit, released: (result: Released) => void): void;
  /** Tells when all that `state` shows is durable (at once if it is), or lost. */
  afterDurable(state: GuildState, released: (result: Released) => void): void;
  /** Gives the guild back: its claim ends, and its memory as soon as all its rows are in a snapshot. */
  close(state: GuildState): void;
  /**
   * Guilds whose least alarm is at or before `until`, in memory or not, at most `limit`; those given before come last.
   * An alarm that the last process left in the journal alone counts from the first snapshot on.
   */
  dueGuilds(until: EpochMs, limit: number): readonly GuildId[];
  /** Whether a guild that `dueGuilds` gave still has an alarm at or before `until`. */
  isDue(guild: GuildId, until: EpochMs): boolean;
  /** The least alarm of all guilds, or an earlier time; `undefined` without any. */
  nextDueAt(): EpochMs | undefined;
  /** Guilds that have anything in a snapshot, in the order of their ids, behind `after`: at most `limit`. */
  storedGuilds(after: GuildId | undefined, limit: number): readonly GuildId[];
  /** Whether a guild may have rows, in one collection or at all. `false` is certain; nothing is opened to learn it. */
  mayHaveRows(guild: GuildId, collection?: AnyCollection): boolean;
  /** Too much is waiting for a snapshot: mutations are to be answered "busy". */
  readonly full: boolean;
  /** The journal could not be written: only durable rows are shown, nothing can be committed. */
  readonly failed: Error | undefined;
  /** Writes all that is durable to the rows now, and trims the journal. */
  snapshot(): Promise<void>;
  /** Has the journal forget all that is in the rows by now, however short its newest segment is. */
  retire(): Promise<void>;
  /** Lets the store be copied. */
  freeze(): FrozenStore;
  /** Collections the store ever held rows of that no feature declares any more. */
  readonly orphanCollections: readonly string[];
  /** Rows of collections that no feature declares any more, behind `after`: at most `limit`. */
  orphans(state: GuildState, after: OrphanRow | undefined, limit: number): readonly OrphanRow[];
  /** Removes such rows in one operation, as `commit` does. */
  removeOrphans(
    state: GuildState,
    rows: readonly OrphanRow[],
    commit: Pick<Commit, 'operation' | 'at'>,
    released: (result: Released) => void,
  ): void;
  figures(): StoreFigures;
  /** Waits for the journal, takes a last snapshot and closes everything. */
  shutdown(): Promise<void>;
}
