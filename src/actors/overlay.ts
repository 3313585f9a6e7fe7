import { assert, InvariantError } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import { type EncodedKey, startsWithParts } from '../kernel/key.ts';
import type { Change, GuildState } from '../storage/contract.ts';

/** A row that the operation has looked at: as it found it, and as it leaves it. */
interface Draft extends Change {
  after: unknown;
}

/** Up to so many rows are looked for one by one; most operations touch fewer. */
const listedMax = 24;

/**
 * The rows as one running operation sees them: the guild's, under what the operation itself has put and removed.
 * What it holds is the operation's write set; dropping it is the rollback. Each row is looked up in the guild once.
 */
export class Overlay {
  readonly #state: GuildState;
  readonly #drafts: Draft[] = [];
  /** The drafts by key, once they are many. */
  #index: Map<AnyCollection, Map<EncodedKey, Draft>> | undefined;

  constructor(state: GuildState) {
    this.#state = state;
  }

  row(collection: AnyCollection, key: EncodedKey): unknown {
    return this.#draft(collection, key, true).after;
  }

  write(collection: AnyCollection, key: EncodedKey, after: unknown): void {
    const draft = this.#draft(collection, key, false);
    const isNew = draft.after === undefined && after !== undefined;
    draft.after = after;
    // Not an assertion: its sentence would be put together for each row.
    if (isNew && this.count(collection) > collection.rowsMax) {
      throw new InvariantError(`broken rule: ${collection.name} stays within ${collection.rowsMax} rows`);
    }
  }

  /** The operation's row changes, without those that left a row as it was. */
  changes(): readonly Change[] {
    return this.#drafts.filter(({ before, after }) => after !== before);
  }

  scan(
    collection: AnyCollection,
    request: { prefix: EncodedKey; after: EncodedKey | undefined; reverse: boolean; limit: number },
  ): readonly (readonly [EncodedKey, unknown])[] {
    const drafts = this.#changed(collection);
    const stored = this.#state.scan(collection, { ...request, limit: request.limit + drafts.length });
    if (drafts.length === 0) return stored;
    const { prefix, after, reverse } = request;
    const changed = new Set(drafts.map(({ key }) => key));
    const merged = stored.filter(([key]) => !changed.has(key));
    for (const draft of drafts) {
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
    const drafts = this.#changed(collection);
    if (drafts.length === 0) return this.#state.top(collection, ordering, from, limit);
    const changed = new Set(drafts.map(({ key }) => key));
    // Each draft moves every other entry by at most one place, so a window wider by their number holds the answer.
    const windowFrom = Math.max(0, from - drafts.length);
    const window = this.#state
      .top(collection, ordering, windowFrom, from + limit + drafts.length - windowFrom)
      .filter(([key]) => !changed.has(key))
      .map(([key, score]) => ({ key, score, place: this.place(collection, ordering, score, key) }));
    for (const { key, after } of drafts) {
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
    for (const draft of this.#changed(collection)) {
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

  #draft(collection: AnyCollection, key: EncodedKey, reads: boolean): Draft {
    const known = this.#known(collection, key);
    if (known !== undefined) return known;
    const cell = this.#state.cell(collection, key, reads);
    const draft: Draft = { collection, key, before: cell.row, after: cell.row, cell };
    this.#drafts.push(draft);
    if (this.#index !== undefined) indexDraft(this.#index, draft);
    else if (this.#drafts.length > listedMax) {
      this.#index = new Map();
      for (const one of this.#drafts) indexDraft(this.#index, one);
    }
    return draft;
  }

  #known(collection: AnyCollection, key: EncodedKey): Draft | undefined {
    if (this.#index !== undefined) return this.#index.get(collection)?.get(key);
    for (const draft of this.#drafts) if (draft.key === key && draft.collection === collection) return draft;
    return undefined;
  }

  #changed(collection: AnyCollection): readonly Draft[] {
    return this.#drafts.filter((draft) => draft.collection === collection && draft.after !== draft.before);
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
    for (const draft of this.#drafts) {
      if (draft.collection !== collection) continue;
      const { before, after } = draft;
      const termBefore = before === undefined ? 0 : term(before);
      const termAfter = after === undefined ? 0 : term(after);
      if (termAfter !== termBefore) sum += BigInt(termAfter) - BigInt(termBefore);
    }
    return sum;
  }

  count(collection: AnyCollection): number {
    let count = this.#state.count(collection);
    for (const draft of this.#drafts) {
      if (draft.collection !== collection) continue;
      const { before, after } = draft;
      count += Number(after !== undefined) - Number(before !== undefined);
    }
    return count;
  }
}

const indexDraft = (index: Map<AnyCollection, Map<EncodedKey, Draft>>, draft: Draft): void => {
  const drafts = index.get(draft.collection);
  if (drafts === undefined) index.set(draft.collection, new Map([[draft.key, draft]]));
  else drafts.set(draft.key, draft);
};

const standsBefore = (score: number | undefined, key: EncodedKey, thanScore: number, thanKey: EncodedKey): boolean =>
  score !== undefined && (score > thanScore || (score === thanScore && key < thanKey));
