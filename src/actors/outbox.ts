import { type EffectEnd, type EffectFailure, effectAttemptsMax, outbox, tellMarket } from '../kernel/effect.ts';
import { type EpochMs, epochMs, type RowId } from '../kernel/ids.ts';
import type { Commit, Released } from '../storage/contract.ts';
import { type ActorContext, mayCommit } from './actor-context.ts';
import { beginAsNobody, commitOf, executeTask, guildTime } from './execute.ts';
import { lanes } from './lanes.ts';
import type { Performance, Performer } from './performer.ts';
import { effectLeaseMs, type Transaction } from './transaction.ts';

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

/** A guild's effects on their way outside. */
export interface GuildOutbox {
  /** Effects of an operation that is durable now, in the order they were asked for. */
  readonly offer: (ids: readonly RowId[]) => void;
  /** Effects whose rows are gone. */
  readonly forget: (ids: readonly RowId[]) => void;
  /** Does what can be done in the actor's turn: ends effects that were performed and begins others. */
  readonly work: () => void;
  /** Takes care of rows whose time has come; says whether there were any. */
  readonly workDue: () => boolean;
  /** Nothing is under way or about to be. */
  readonly idle: () => boolean;
  /** Begins no other effect. */
  readonly halt: () => void;
  readonly figures: () => OutboxFigures;
}

/** What effects of one guild must keep their order about: a channel, a member, the market. Others stand alone. */
const laneOf = (id: RowId, { kind, payload }: Row): string => {
  const { channel, member } = (payload ?? {}) as { readonly channel?: unknown; readonly member?: unknown };
  if (typeof channel === 'string') return `channel ${channel}`;
  if (typeof member === 'string') return `member ${member}`;
  return kind === tellMarket.kind ? kind : id;
};

/**
 * Performs a guild's effects, each after the operation that wants it is durable, and runs the operation that follows.
 * A row stays until its end is committed. Its `at` is a lease: as long as this process has it in hand the lease is
 * extended when it runs out, so a row found due that is not in hand is one that a crash left, or that waits for another
 * attempt.
 */
export const guildOutbox = (context: ActorContext, perform: Performer['perform']): GuildOutbox => {
  const { guild, state, store, runtime, log, companion } = context;
  const line = lanes();
  let isRead = false;
  /** Those that may have been performed before. */
  const repeated = new Set<RowId>();
  const underWay = new Set<RowId>();
  /** Found due, and not to be begun before the extension of their lease is durable. */
  const leased = new Set<RowId>();
  let ended: { readonly id: RowId; readonly performance: Performance }[] = [];
  const failures: FailedEffect[] = [];
  let halted = false;

  const rowOf = (id: RowId): Row | undefined => state.row(outbox, id) as Row | undefined;

  /** All rows stand in their lanes from the first use on: none may pass another that waits for its next attempt. */
  const read = (): void => {
    if (isRead) return;
    isRead = true;
    const rows = state.scan(outbox, { prefix: '', after: undefined, reverse: false, limit: outbox.rowsMax });
    for (const [key, row] of rows) line.add(key as RowId, laneOf(key as RowId, row as Row));
  };

  const change = (operation: 'core.effect-begun' | 'core.effect-later', id: RowId, row: Row): Commit | undefined => {
    const transaction = beginAsNobody(state, runtime);
    transaction.put(outbox, [id], row);
    return commitOf(transaction, operation, runtime, companion);
  };

  const runOutside = async (id: RowId, { kind, payload }: Row, isRepeated: boolean): Promise<void> => {
    let performance: Performance;
    try {
      performance = await perform({ guild, id, kind, payload, repeated: isRepeated });
    } catch (error) {
      context.failed(kind, error);
      performance = { later: 0 };
    }
    ended.push({ id, performance });
    context.wake();
  };

  const begin = (id: RowId): void => {
    const row = rowOf(id);
    if (!row) return;
    underWay.add(id);
    const isRepeated = repeated.delete(id);
    if (row.repeat !== 'never') {
      void runOutside(id, row, isRepeated);
      return;
    }
    // Nobody may ever perform it without this being known.
    const at = epochMs(guildTime(state, runtime) + effectLeaseMs);
    const commit = change('core.effect-begun', id, { ...row, begun: true, at });
    const begun = (result: Released): void => {
      if (result === 'durable') void runOutside(id, row, false);
      else underWay.delete(id);
    };
    if (!commit || context.commit(commit, begun)) underWay.delete(id);
  };

  const removed = (id: RowId) => (transaction: Transaction) => transaction.remove(outbox, [id]);

  const removal = (id: RowId): Commit | undefined => {
    const transaction = beginAsNobody(state, runtime);
    removed(id)(transaction);
    return commitOf(transaction, 'core.effect-ended', runtime, companion);
  };

  const endCommit = (id: RowId, { following }: Row, end: EffectEnd<unknown>): Commit | undefined => {
    if (!following) return removal(id);
    const operation = runtime.registry.operations.get(following.operation);
    if (operation?.kind !== 'mutation') {
      log.error({ guild, operation: following.operation }, 'nobody declares the operation that follows an effect');
      return removal(id);
    }
    const task = { operation, input: { end, input: following.input }, first: removed(id) };
    try {
      return executeTask(state, task, runtime, companion);
    } catch (error) {
      context.failed(following.operation, error);
      return context.broken() ? undefined : removal(id);
    }
  };

  const end = (id: RowId, row: Row, how: EffectEnd<unknown>): void => {
    if ('failed' in how) {
      failures.push({ id, kind: row.kind, at: guildTime(state, runtime), failed: how.failed });
      if (failures.length > failuresKept) failures.shift();
    }
    const followed = context.observation?.begun('effect', row.following?.operation ?? 'core.effect-ended');
    const commit = endCommit(id, row, how);
    followed?.handled(commit?.changes ?? []);
    if (commit) context.commit(commit, followed?.released);
  };

  const tryLater = (id: RowId, row: Row, later: number): void => {
    const attempts = row.attempts + 1;
    if (attempts >= effectAttemptsMax) {
      end(id, row, { failed: 'gave up' });
      return;
    }
    const delayMs = Math.min(firstDelayMs * delayFactor ** row.attempts, delayMsMax);
    const waitMs = Math.min(Math.max(Math.ceil(later), delayMs), laterMsMax);
    const at = epochMs(guildTime(state, runtime) + waitMs);
    const commit = change('core.effect-later', id, { ...row, attempts, begun: false, at });
    if (commit) context.commit(commit);
  };

  const settle = (id: RowId, performance: Performance): void => {
    underWay.delete(id);
    const row = rowOf(id);
    // What cannot be committed any more is found again by the next process.
    if (!row || store.failed || context.broken()) return;
    if ('later' in performance) tryLater(id, row, performance.later);
    else end(id, row, performance);
  };

  /**
   * Effects that were due wait in line again. A clock that jumps, or a disk that takes minutes, lets a lease run out
   * before the operation that wants the effect is durable; the extension behind it in the journal tells when it is.
   */
  const resume = (ids: readonly RowId[], until: EpochMs, result: Released): void => {
    for (const id of ids) {
      leased.delete(id);
      const row = rowOf(id);
      const isTaken = underWay.has(id) || line.isQueued(id);
      // Its lease is as the extension left it, unless it was begun meanwhile and is to be tried later.
      if (result !== 'durable' || isTaken || row?.at !== until) continue;
      repeated.add(id);
      line.queue(id, laneOf(id, row));
    }
    context.wake();
  };

  const mayBegin = (): boolean => !halted && mayCommit(context);

  return {
    offer: (ids) => {
      read();
      for (const id of ids) {
        const row = rowOf(id);
        if (row) line.queue(id, laneOf(id, row));
      }
      context.wake();
    },
    forget: (ids) => {
      for (const id of ids) {
        line.remove(id);
        repeated.delete(id);
      }
    },
    work: () => {
      if (ended.length > 0) {
        const performed = ended;
        ended = [];
        for (const { id, performance } of performed) settle(id, performance);
      }
      while (underWay.size < underWayMax && mayBegin()) {
        const id = line.take();
        if (id === undefined) return;
        begin(id);
      }
    },
    workDue: () => {
      const now = guildTime(state, runtime);
      const due = state.top(outbox, 'due', 0, dueRowsMax).filter(([, score]) => 0 - score <= now);
      if (due.length === 0) return false;
      read();
      const unknown: (readonly [RowId, Row])[] = [];
      const extension = beginAsNobody(state, runtime);
      const until = epochMs(now + effectLeaseMs);
      const found: RowId[] = [];
      for (const [encoded] of due) {
        const key = encoded as RowId;
        const row = rowOf(key);
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
        if (context.commit(commit, (result) => resume(found, until, result))) {
          leased.clear();
          return false;
        }
      }
      for (const [id, row] of unknown.slice(0, unknownEndsMax)) {
        if (!context.broken()) end(id, row, { failed: 'unknown' });
      }
      return true;
    },
    idle: () => underWay.size === 0 && leased.size === 0 && ended.length === 0 && !(line.hasReady() && mayBegin()),
    halt: () => {
      halted = true;
    },
    figures: () => ({
      waiting: state.count(outbox) - underWay.size,
      underWay: underWay.size,
      failures: [...failures],
    }),
  };
};
