import { assert, InvariantError } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import { type EncodedKey, startsWithParts } from '../kernel/key.ts';
import type { Change, GuildState } from '../storage/contract.ts';

interface Draft {
  readonly collection: AnyCollection;
  readonly key: EncodedKey;
  readonly before: unknown;
  after: unknown;
}

const none: ReadonlyMap<EncodedKey, Draft> = new Map();

/**
 * The rows as one running operation sees them: the guild's, under what the operation itself has put and removed.
 * What it holds is the operation's write set; dropping it is the rollback.
 */
export class Overlay {
  readonly #state: GuildState;
  readonly #drafts = new Map<AnyCollection, Map<EncodedKey, Draft>>();

  constructor(state: GuildState) {
    this.#state = state;
  }

  row(collection: AnyCollection, key: EncodedKey): unknown {
    const draft = this.#drafts.get(collection)?.get(key);
    return draft ? draft.after : this.#state.row(collection, key);
  }

  write(collection: AnyCollection, key: EncodedKey, after: unknown): void {
    let drafts = this.#drafts.get(collection);
    if (!drafts) {
      drafts = new Map();
      this.#drafts.set(collection, drafts);
    }
    let draft = drafts.get(key);
    if (!draft) {
      const before = this.#state.row(collection, key);
      draft = { collection, key, before, after: before };
      drafts.set(key, draft);
    }
    const isNew = draft.after === undefined && after !== undefined;
    draft.after = after;
    // Not an assertion: its sentence would be put together for each row.
    if (isNew && this.count(collection) > collection.rowsMax) {
      throw new InvariantError(`broken rule: ${collection.name} stays within ${collection.rowsMax} rows`);
    }
  }

  /** The operation's row changes, without those that left a row as it was. */
  changes(): readonly Change[] {
    const changes: Change[] = [];
    for (const drafts of this.#drafts.values()) {
      for (const draft of drafts.values()) if (draft.after !== draft.before) changes.push(draft);
    }
    return changes;
  }

  scan(
    collection: AnyCollection,
    request: { prefix: EncodedKey; after: EncodedKey | undefined; reverse: boolean; limit: number },
  ): readonly (readonly [EncodedKey, unknown])[] {
    const drafts = this.#drafts.get(collection) ?? none;
    const stored = this.#state.scan(collection, { ...request, limit: request.limit + drafts.size });
    if (drafts.size === 0) return stored;
    const { prefix, after, reverse } = request;
    const merged = stored.filter(([key]) => !drafts.has(key));
    for (const draft of drafts.values()) {
      const behind = after === undefined || (reverse ? draft.key < after : draft.key > after);
      if (draft.after !== undefined && startsWithParts(draft.key, prefix) && behind)
        merged.push([draft.key, draft.after]);
    }
    merged.sort(([left], [right]) => (left < right === reverse ? 1 : -1));
    return merged.slice(0, request.limit);
  }

  top(
    collection: AnyCollection,
    ordering: string,
    from: number,
    limit: number,
  ): readonly (readonly [EncodedKey, number])[] {
    const drafts = this.#drafts.get(collection) ?? none;
    if (drafts.size === 0) return this.#state.top(collection, ordering, from, limit);
    // Each draft moves every other entry by at most one place, so a window wider by their number holds the answer.
    const windowFrom = Math.max(0, from - drafts.size);
    const window = this.#state
      .top(collection, ordering, windowFrom, from + limit + drafts.size - windowFrom)
      .filter(([key]) => !drafts.has(key))
      .map(([key, score]) => ({ key, score, place: this.place(collection, ordering, score, key) }));
    for (const { key, after } of drafts.values()) {
      const score = this.#score(collection, ordering, key, after);
      if (score !== undefined) window.push({ key, score, place: this.place(collection, ordering, score, key) });
    }
    return window
      .filter(({ place }) => place >= from && place < from + limit)
      .sort((left, right) => left.place - right.place)
      .map(({ key, score }) => [key, score] as const);
  }

  /** How many entries of the board stand before a score and key. */
  place(collection: AnyCollection, ordering: string, score: number, key: EncodedKey): number {
    let place = this.#state.place(collection, ordering, score, key);
    for (const draft of (this.#drafts.get(collection) ?? none).values()) {
      const before = this.#score(collection, ordering, draft.key, draft.before);
      const after = this.#score(collection, ordering, draft.key, draft.after);
      if (standsBefore(before, draft.key, score, key)) place -= 1;
      if (standsBefore(after, draft.key, score, key)) place += 1;
    }
    return place;
  }

  /** The place of a key on a board; `undefined` when it is not on it. */
  rank(collection: AnyCollection, ordering: string, key: EncodedKey): number | undefined {
    const score = this.#score(collection, ordering, key, this.row(collection, key));
    return score === undefined ? undefined : this.place(collection, ordering, score, key);
  }

  /** A row's score; `undefined` without a row, when the row keeps off the board, or when its member has left. */
  #score(collection: AnyCollection, ordering: string, key: EncodedKey, row: unknown): number | undefined {
    if (row === undefined) return undefined;
    const score = collection.orderings[ordering] as ((row: unknown) => number | undefined) | undefined;
    assert(score !== undefined, 'an ordering is declared');
    return this.#state.isHidden(collection, key) ? undefined : score(row);
  }

  total(collection: AnyCollection, total: string): bigint {
    const term = collection.totals[total] as ((row: unknown) => number) | undefined;
    assert(term !== undefined, 'a total is declared');
    let sum = this.#state.total(collection, total);
    for (const { before, after } of (this.#drafts.get(collection) ?? none).values()) {
      const termBefore = before === undefined ? 0 : term(before);
      const termAfter = after === undefined ? 0 : term(after);
      if (termAfter !== termBefore) sum += BigInt(termAfter) - BigInt(termBefore);
    }
    return sum;
  }

  count(collection: AnyCollection): number {
    let count = this.#state.count(collection);
    for (const { before, after } of (this.#drafts.get(collection) ?? none).values()) {
      count += Number(after !== undefined) - Number(before !== undefined);
    }
    return count;
  }
}

const standsBefore = (score: number | undefined, key: EncodedKey, thanScore: number, thanKey: EncodedKey): boolean =>
  score !== undefined && (score > thanScore || (score === thanScore && key < thanKey));
