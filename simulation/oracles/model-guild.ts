// A guild's rows in plain maps: boards are sorted and sums added up anew from the rows alone.
import type { AnyCollection } from '../../src/kernel/collection.ts';
import { type EpochMs, epochMs, type GuildId } from '../../src/kernel/ids.ts';
import { type EncodedKey, keySeparator, startsWithParts } from '../../src/kernel/key.ts';
import { departures } from '../../src/kernel/membership.ts';
import type { Commit, GuildFigures, GuildState, ScanRequest, StoredOutcome } from '../../src/storage/contract.ts';
import { noPosition } from '../../src/storage/ports.ts';

type Entries = readonly (readonly [EncodedKey, number])[];

interface ModelTable {
  readonly rows: Map<EncodedKey, unknown>;
  /** The position of the operation that last changed each row. */
  readonly changedAt: Map<EncodedKey, number>;
  /** Its keys in order. */
  keys: EncodedKey[];
  /** Sorted when they were last asked for; emptied by each change. */
  readonly boards: Map<string, Entries>;
}

/** How long outcomes are kept. Source: the runtime's promise, by Discord's token life. */
const answeredMs = 15 * 60_000;

const lowerBound = (keys: readonly EncodedKey[], key: EncodedKey): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as EncodedKey) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What a guild's rows should be. */
export class ModelGuild implements GuildState {
  readonly guild: GuildId;
  readonly #tables = new Map<string, ModelTable>();
  readonly #answered = new Map<string, { readonly at: number; readonly outcome: StoredOutcome }>();
  lastAt: EpochMs = epochMs(0);
  sequence = 0;
  newestAnswered = '';
  readonly dueAt = undefined;

  constructor(guild: GuildId) {
    this.guild = guild;
  }

  apply(commit: Commit, position: number): void {
    this.lastAt = commit.at;
    this.sequence = commit.sequence;
    for (const { collection, key, after } of commit.changes) this.#set(collection.name, key, after, position);
    // Who left is on no board, in whatever collection.
    if (commit.changes.some(({ collection }) => collection.name === departures.name)) {
      for (const { boards } of this.#tables.values()) boards.clear();
    }
    for (const request of this.#answered.keys()) {
      if (!this.#isOutdated(request)) break;
      this.#answered.delete(request);
    }
    if (commit.answered) {
      const { request } = commit.answered;
      if (this.newestAnswered === '' || BigInt(request) > BigInt(this.newestAnswered)) this.newestAnswered = request;
      this.#answered.set(commit.answered.request, { at: commit.at, outcome: commit.answered.outcome });
    }
  }

  /** Brings all rows of a collection to a newer version of it. */
  upgrade(collection: AnyCollection, from: number): void {
    const table = this.#table(collection.name);
    for (const [key, row] of table.rows) {
      let upgraded = row;
      for (const upgrade of collection.upgrades.slice(from - 1)) upgraded = upgrade(upgraded);
      table.rows.set(key, collection.schema.parse(upgraded));
    }
    table.boards.clear();
  }

  /** Every row, with the position of the operation that last changed it. */
  *everyRow(): Generator<{
    readonly collection: string;
    readonly key: EncodedKey;
    readonly row: unknown;
    readonly changedAt: number;
  }> {
    for (const [collection, { rows, changedAt }] of this.#tables) {
      for (const [key, row] of rows) yield { collection, key, row, changedAt: changedAt.get(key) ?? 0 };
    }
  }

  isHidden(collection: AnyCollection, key: EncodedKey): boolean {
    if (collection.key[0] !== 'member') return false;
    const away = this.#table(departures.name).rows;
    return away.size > 0 && away.has(key.split(keySeparator, 1)[0] ?? '');
  }
  cell(collection: AnyCollection, key: EncodedKey): { readonly row: unknown } {
    return { row: this.row(collection, key) };
  }
  row(collection: AnyCollection, key: EncodedKey): unknown {
    return this.#table(collection.name).rows.get(key);
  }
  scan(collection: AnyCollection, { prefix, after, reverse, limit }: ScanRequest) {
    const { keys, rows } = this.#table(collection.name);
    const found: (readonly [EncodedKey, unknown])[] = [];
    const step = reverse ? -1 : 1;
    let at = reverse ? keys.length - 1 : lowerBound(keys, prefix);
    if (reverse && prefix !== '') at = lowerBound(keys, `${prefix}${keySeparator}\uffff`) - 1;
    if (after !== undefined) {
      const behind = lowerBound(keys, after);
      at = reverse ? Math.min(at, behind - 1) : Math.max(at, keys[behind] === after ? behind + 1 : behind);
    }
    for (; at >= 0 && at < keys.length && found.length < limit; at += step) {
      const key = keys[at] as EncodedKey;
      if (startsWithParts(key, prefix)) found.push([key, rows.get(key)]);
      else if (!key.startsWith(prefix)) break;
    }
    return found;
  }
  top(collection: AnyCollection, ordering: string, from: number, limit: number): Entries {
    return this.#board(collection, ordering).slice(from, from + limit);
  }
  place(collection: AnyCollection, ordering: string, score: number, key: EncodedKey): number {
    let place = 0;
    for (const [other, otherScore] of this.#board(collection, ordering)) {
      if (otherScore > score || (otherScore === score && other < key)) place += 1;
    }
    return place;
  }
  total(collection: AnyCollection, total: string): bigint {
    const term = collection.totals[total] as (row: unknown) => number;
    let sum = 0n;
    for (const row of this.#table(collection.name).rows.values()) sum += BigInt(term(row));
    return sum;
  }
  count(collection: AnyCollection): number {
    return this.#table(collection.name).rows.size;
  }
  answered(request: string): StoredOutcome | undefined {
    return this.#isOutdated(request) ? undefined : this.#answered.get(request)?.outcome;
  }
  figures(): GuildFigures {
    return { rowsInMemory: 0, rowsUnsnapshotted: 0, journalPosition: noPosition, snapshotPosition: noPosition };
  }

  /** By the guild's time and by Discord's, in whose ids the upper 42 bits are milliseconds. */
  #isOutdated(request: string): boolean {
    const answer = this.#answered.get(request);
    if (answer === undefined || answer.at + answeredMs >= this.lastAt) return false;
    return (BigInt(request) >> 22n) + BigInt(answeredMs) < BigInt(this.newestAnswered) >> 22n;
  }

  #table(name: string): ModelTable {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = { rows: new Map(), changedAt: new Map(), keys: [], boards: new Map() };
      this.#tables.set(name, table);
    }
    return table;
  }

  #set(name: string, key: EncodedKey, after: unknown, position: number): void {
    const { rows, keys, changedAt, boards } = this.#table(name);
    const known = rows.has(key);
    if (after === undefined) {
      rows.delete(key);
      changedAt.delete(key);
      if (known) keys.splice(lowerBound(keys, key), 1);
    } else {
      rows.set(key, after);
      changedAt.set(key, position);
      if (!known) keys.splice(lowerBound(keys, key), 0, key);
    }
    boards.clear();
  }

  #board(collection: AnyCollection, ordering: string): Entries {
    const { rows, boards } = this.#table(collection.name);
    const known = boards.get(ordering);
    if (known !== undefined) return known;
    const score = collection.orderings[ordering] as (row: unknown) => number | undefined;
    const entries: [EncodedKey, number][] = [];
    for (const [key, row] of rows) {
      const value = this.isHidden(collection, key) ? undefined : score(row);
      if (value !== undefined) entries.push([key, value]);
    }
    entries.sort(([key, value], [otherKey, other]) => other - value || (key < otherKey ? -1 : 1));
    boards.set(ordering, entries);
    return entries;
  }
}
