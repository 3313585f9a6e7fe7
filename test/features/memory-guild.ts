// A guild's rows in plain maps: sums, boards and places are worked out anew at each question, so that what features
// see can be compared with nothing but the rows themselves.
import type { AnyCollection } from '../../src/kernel/collection.ts';
import { type EpochMs, epochMs, type GuildId } from '../../src/kernel/ids.ts';
import { type EncodedKey, keySeparator, startsWithParts } from '../../src/kernel/key.ts';
import type { Commit, GuildState, ScanRequest, StoredOutcome } from '../../src/storage/contract.ts';
import type { Position } from '../../src/storage/ports.ts';

type Score = (row: unknown) => number | undefined;

export class MemoryGuild implements GuildState {
  readonly guild: GuildId;
  readonly #rows = new Map<string, Map<EncodedKey, unknown>>();
  readonly #answered = new Map<string, StoredOutcome>();
  lastAt: EpochMs = epochMs(0);
  sequence = 0;
  commits = 0;
  newestAnswered = '';
  /** Nobody wakes it. */
  readonly dueAt = undefined;

  constructor(guild: GuildId) {
    this.guild = guild;
  }

  apply(commit: Commit): void {
    this.commits += 1;
    this.lastAt = commit.at;
    this.sequence = commit.sequence;
    for (const { collection, key, after } of commit.changes) {
      const rows = this.rows(collection);
      if (after === undefined) rows.delete(key);
      else rows.set(key, after);
      this.#rows.set(collection.name, rows);
    }
    if (commit.answered && commit.answered.request > this.newestAnswered) this.newestAnswered = commit.answered.request;
    if (commit.answered) this.#answered.set(commit.answered.request, commit.answered.outcome);
  }

  rows(collection: Pick<AnyCollection, 'name'>): Map<EncodedKey, unknown> {
    return this.#rows.get(collection.name) ?? new Map<EncodedKey, unknown>();
  }
  isHidden(_collection: AnyCollection, key: EncodedKey): boolean {
    return this.rows({ name: 'core.departure' }).has(key.split(keySeparator)[0] ?? '');
  }
  cell(collection: AnyCollection, key: EncodedKey) {
    return { row: this.row(collection, key) };
  }
  row(collection: AnyCollection, key: EncodedKey): unknown {
    return this.rows(collection).get(key);
  }
  scan(collection: AnyCollection, { prefix, after, reverse, limit }: ScanRequest) {
    const found = [...this.rows(collection)]
      .filter(([key]) => startsWithParts(key, prefix))
      .filter(([key]) => after === undefined || (reverse ? key < after : key > after))
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return (reverse ? found.toReversed() : found).slice(0, limit);
  }
  #board(collection: AnyCollection, ordering: string): readonly (readonly [EncodedKey, number])[] {
    const score = collection.orderings[ordering] as Score;
    return [...this.rows(collection)]
      .map(([key, row]) => [key, score(row)] as const)
      .filter((entry): entry is readonly [EncodedKey, number] => entry[1] !== undefined)
      .sort(([leftKey, left], [rightKey, right]) => right - left || (leftKey < rightKey ? -1 : 1));
  }
  top(collection: AnyCollection, ordering: string, from: number, limit: number) {
    return this.#board(collection, ordering).slice(from, from + limit);
  }
  place(collection: AnyCollection, ordering: string, score: number, key: EncodedKey): number {
    return this.#board(collection, ordering).filter(
      ([otherKey, other]) => other > score || (other === score && otherKey < key),
    ).length;
  }
  total(collection: AnyCollection, total: string): bigint {
    const term = collection.totals[total] as (row: unknown) => number;
    return [...this.rows(collection).values()].reduce((sum: bigint, row) => sum + BigInt(term(row)), 0n);
  }
  count(collection: AnyCollection): number {
    return this.rows(collection).size;
  }
  answered(request: string): StoredOutcome | undefined {
    return this.#answered.get(request);
  }
  figures() {
    const position = 0 as Position;
    return { rowsInMemory: 0, rowsUnsnapshotted: 0, journalPosition: position, snapshotPosition: position };
  }
}
