import { type EffectEnd, type EffectFailure, effectAttemptsMax, outbox, tellMarket } from '../kernel/effect.ts';
import { type EpochMs, epochMs, type RowId } from '../kernel/ids.ts';
import type { Commit, Released } from '../storage/contract.ts';
import { type ActorContext, mayCommit } from './actor-context.ts';
import { endEffect } from './effect-end.ts';
import { beginAsNobody, commitOf, guildTime } from './execute.ts';
import { type Lanes, lanes } from './lanes.ts';
import type { Performance, Performer } from './performer.ts';
import { effectLeaseMs } from './transaction.ts';

type Row = typeof outbox.initial;

/** Effects of one guild performed at once. */
const underWayMax = 4;
/** Due rows looked at in one turn: most only have their lease extended, all in one commit. */
const dueRowsMax = 64;
/** Effects of one turn that end because nobody knows what became of them; each is a commit of its own. */
const unknownEndsMax = 8;
const firstDelayMs = 5_000;
const delayFactor = 4;
const delayMsMax = 6 * 60 * 60_000;
/** Whatever a performer asks for, an effect is tried again within a day. */
const laterMsMax = 24 * 60 * 60_000;

/** How many effects that came to nothing a guild's actor remembers for operators. */
const failuresKept = 10;

/** An effect that came to nothing. */
export interface FailedEffect {
  readonly id: RowId;
  readonly kind: string;
  readonly at: EpochMs;
  readonly failed: EffectFailure;
}

/** What an operator sees of a guild's effects. */
export interface OutboxFigures {
  /** Not ended and not being performed. */
  readonly waiting: number;
  readonly underWay: number;
  /** The last ones that came to nothing, oldest first. */
  readonly failures: readonly FailedEffect[];
}

/** What effects of one guild must keep their order about: a channel, a member, the market. Others stand alone. */
const laneOf = (id: RowId, { kind, payload }: Row): string => {
  const { channel, member } = (payload ?? {}) as { readonly channel?: unknown; readonly member?: unknown };
  if (typeof channel === 'string') return `channel ${channel}`;
  if (typeof member === 'string') return `member ${member}`;
  return kind === tellMarket.kind ? kind : id;
};

/** Effects that the actor knows of. */
interface InHand {
  readonly line: Lanes;
  /** Those that may have been performed before. */
  readonly repeated: Set<RowId>;
  readonly underWay: Set<RowId>;
  /** Found due, and not to be begun before the extension of their lease is durable. */
  readonly leased: Set<RowId>;
  ended: { readonly id: RowId; readonly performance: Performance }[];
  readonly failures: FailedEffect[];
}

/**
 * Performs a guild's effects, each after the operation that wants it is durable, and runs the operation that follows.
 * A row stays until its end is committed. Its `at` is a lease: as long as this process has it in hand the lease is
 * extended when it runs out, so a row found due that is not in hand is one that a crash left, or that waits for another
 * attempt.
 */
export class GuildOutbox {
  readonly #context: ActorContext;
  readonly #perform: Performer['perform'];
  /** `undefined` until there is an effect: most guilds want none as long as they are in memory. */
  #known: InHand | undefined = undefined;
  #halted = false;

  constructor(context: ActorContext, perform: Performer['perform']) {
    this.#context = context;
    this.#perform = perform;
  }

  /** Effects of an operation that is durable now, in the order they were asked for. */
  offer(ids: readonly RowId[]): void {
    const { line } = this.#inHand();
    for (const id of ids) {
      const row = this.#rowOf(id);
      if (row) line.queue(id, laneOf(id, row));
    }
    this.#context.wake();
  }

  /** Effects whose rows are gone. */
  forget(ids: readonly RowId[]): void {
    for (const id of ids) {
      this.#known?.line.remove(id);
      this.#known?.repeated.delete(id);
    }
  }

  /** Does what can be done in the actor's turn: ends effects that were performed and begins others. */
  work(): void {
    const inHand = this.#known;
    if (inHand === undefined) return;
    if (inHand.ended.length > 0) {
      const performed = inHand.ended;
      inHand.ended = [];
      for (const { id, performance } of performed) this.#settle(inHand, id, performance);
    }
    while (inHand.underWay.size < underWayMax && this.#mayBegin()) {
      const id = inHand.line.take();
      if (id === undefined) return;
      this.#begin(inHand, id);
    }
  }

  /** Takes care of rows whose time has come; says whether there were any. */
  workDue(): boolean {
    const { state, runtime, companion } = this.#context;
    const now = guildTime(state, runtime);
    const due = state.top(outbox, 'due', 0, dueRowsMax).filter(([, score]) => 0 - score <= now);
    if (due.length === 0) return false;
    const { line, underWay, leased } = this.#inHand();
    const unknown: (readonly [RowId, Row])[] = [];
    const extension = beginAsNobody(state, runtime);
    const until = epochMs(now + effectLeaseMs);
    const found: RowId[] = [];
    for (const [encoded] of due) {
      const key = encoded as RowId;
      const row = this.#rowOf(key);
      if (!row) continue;
      if (row.repeat === 'never' && row.begun && !underWay.has(key)) unknown.push([key, row]);
      else {
        extension.put(outbox, [key], { ...row, at: until });
        if (!underWay.has(key) && !line.isQueued(key) && !leased.has(key)) found.push(key);
      }
    }
    const commit = commitOf(extension, 'core.effect-lease', runtime, companion);
    if (commit) {
      for (const id of found) leased.add(id);
      if (this.#context.commit(commit, (result) => this.#resume(found, until, result))) {
        leased.clear();
        return false;
      }
    }
    for (const [id, row] of unknown.slice(0, unknownEndsMax)) {
      if (!this.#context.broken) this.#end(id, row, { failed: 'unknown' });
    }
    return true;
  }

  /** Nothing is under way or about to be. */
  get idle(): boolean {
    if (this.#known === undefined) return true;
    const { line, underWay, leased, ended } = this.#known;
    return underWay.size === 0 && leased.size === 0 && ended.length === 0 && !(line.hasReady() && this.#mayBegin());
  }

  /** Begins no other effect. */
  halt(): void {
    this.#halted = true;
  }

  /** Begins effects again in the turns to come. */
  resume(): void {
    this.#halted = false;
  }

  figures(): OutboxFigures {
    const underWay = this.#known?.underWay.size ?? 0;
    const waiting = this.#context.state.count(outbox) - underWay;
    return { waiting, underWay, failures: [...(this.#known?.failures ?? [])] };
  }

  /** All rows stand in their lanes from the first use on: none may pass another that waits for its next attempt. */
  #inHand(): InHand {
    if (this.#known !== undefined) return this.#known;
    const line = lanes();
    this.#known = {
      line,
      repeated: new Set(),
      underWay: new Set(),
      leased: new Set(),
      ended: [],
      failures: [],
    };
    const all = { prefix: '', after: undefined, reverse: false, limit: outbox.rowsMax };
    for (const [key, row] of this.#context.state.scan(outbox, all)) {
      line.add(key as RowId, laneOf(key as RowId, row as Row));
    }
    return this.#known;
  }

  #rowOf(id: RowId): Row | undefined {
    return this.#context.state.row(outbox, id) as Row | undefined;
  }

  #mayBegin(): boolean {
    return !this.#halted && mayCommit(this.#context);
  }

  #change(operation: 'core.effect-begun' | 'core.effect-later', id: RowId, row: Row): Commit | undefined {
    const { state, runtime, companion } = this.#context;
    const transaction = beginAsNobody(state, runtime);
    transaction.put(outbox, [id], row);
    return commitOf(transaction, operation, runtime, companion);
  }

  async #runOutside(inHand: InHand, id: RowId, { kind, payload }: Row, repeated: boolean): Promise<void> {
    const { guild } = this.#context;
    let performance: Performance;
    try {
      performance = await this.#perform({ guild, id, kind, payload, repeated });
    } catch (error) {
      this.#context.failed(kind, error);
      performance = { later: 0 };
    }
    inHand.ended.push({ id, performance });
    this.#context.wake();
  }

  #begin(inHand: InHand, id: RowId): void {
    const { underWay, repeated } = inHand;
    const row = this.#rowOf(id);
    if (!row) return;
    underWay.add(id);
    const isRepeated = repeated.delete(id);
    if (row.repeat !== 'never') {
      void this.#runOutside(inHand, id, row, isRepeated);
      return;
    }
    // Nobody may ever perform it without this being known.
    const at = epochMs(guildTime(this.#context.state, this.#context.runtime) + effectLeaseMs);
    const commit = this.#change('core.effect-begun', id, { ...row, begun: true, at });
    const begun = (result: Released): void => {
      if (result === 'durable') void this.#runOutside(inHand, id, row, false);
      else underWay.delete(id);
    };
    if (!commit || this.#context.commit(commit, begun)) underWay.delete(id);
  }

  #end(id: RowId, row: Row, how: EffectEnd<unknown>): void {
    const { state, runtime, observation } = this.#context;
    if ('failed' in how) {
      const { failures } = this.#inHand();
      failures.push({ id, kind: row.kind, at: guildTime(state, runtime), failed: how.failed });
      if (failures.length > failuresKept) failures.shift();
    }
    const followed = observation?.begun('effect', row.following?.operation ?? 'core.effect-ended');
    const commit = endEffect(this.#context, id, row, how);
    followed?.handled(commit?.changes ?? []);
    if (commit) this.#context.commit(commit, followed?.released);
  }

  #tryLater(id: RowId, row: Row, later: number): void {
    const attempts = row.attempts + 1;
    if (attempts >= effectAttemptsMax) {
      this.#end(id, row, { failed: 'gave up' });
      return;
    }
    const delayMs = Math.min(firstDelayMs * delayFactor ** row.attempts, delayMsMax);
    const waitMs = Math.min(Math.max(Math.ceil(later), delayMs), laterMsMax);
    const at = epochMs(guildTime(this.#context.state, this.#context.runtime) + waitMs);
    const commit = this.#change('core.effect-later', id, { ...row, attempts, begun: false, at });
    if (commit) this.#context.commit(commit);
  }

  #settle({ underWay }: InHand, id: RowId, performance: Performance): void {
    underWay.delete(id);
    const row = this.#rowOf(id);
    // What cannot be committed any more is found again by the next process.
    if (!row || this.#context.store.failed || this.#context.broken) return;
    if ('later' in performance) this.#tryLater(id, row, performance.later);
    else this.#end(id, row, performance);
  }

  /**
   * Effects that were due wait in line again. A clock that jumps, or a disk that takes minutes, lets a lease run out
   * before the operation that wants the effect is durable; the extension behind it in the journal tells when it is.
   */
  #resume(ids: readonly RowId[], until: EpochMs, result: Released): void {
    const { line, leased, repeated, underWay } = this.#inHand();
    for (const id of ids) {
      leased.delete(id);
      const row = this.#rowOf(id);
      const isTaken = underWay.has(id) || line.isQueued(id);
      // Its lease is as the extension left it, unless it was begun meanwhile and is to be tried later.
      if (result !== 'durable' || isTaken || row?.at !== until) continue;
      repeated.add(id);
      line.queue(id, laneOf(id, row));
    }
    this.#context.wake();
  }
}
