import type { Mutation, Query } from '../../kernel/context.ts';
import type { EntryKind } from './entries.ts';
import { flows, supply, supplyKey } from './state.ts';
import { flowDays } from './tuning.ts';

const dayMs = 24 * 60 * 60_000;
const pageRows = 200;

const dayOf = (atMs: number): number => Math.floor(atMs / dayMs);

/** Rows that the charts do not reach go with each new row, two at a time: so they get fewer, and none costs much. */
const dropOutdated = (m: Mutation, today: number): void => {
  for (const [key] of m.page(flows, { limit: 2 })) if (key[0] <= today - flowDays) m.remove(flows, key);
};

/** Counts coins made and unmade under a kind of entry, on the present day, beside the supply. */
export const countFlow = (m: Mutation, kind: EntryKind, minted: bigint, burned: bigint): void => {
  const today = dayOf(m.now);
  const before = m.find(flows, [today, kind]);
  if (before === undefined) dropOutdated(m, today);
  const { minted: made, burned: unmade } = before ?? flows.initial;
  m.put(flows, [today, kind], { minted: made + minted, burned: unmade + burned });
};

/** Coins made and unmade. */
export interface Flow {
  readonly minted: bigint;
  readonly burned: bigint;
}

/** What the coins of a guild did over the last `flowDays` days, the present one included. */
export interface Flows {
  /** Coins that exist now. */
  readonly held: bigint;
  /** Each kind of entry by which any were made or unmade. */
  readonly kinds: readonly (Flow & { readonly kind: string })[];
  /** Coins that existed at the end of each day (its first millisecond is given), the present one last. */
  readonly days: readonly { readonly atMs: number; readonly held: bigint }[];
}

const sum = (left: Flow | undefined, right: Flow): Flow => ({
  minted: (left?.minted ?? 0n) + right.minted,
  burned: (left?.burned ?? 0n) + right.burned,
});

/** Reads the flows of a guild: a row for each day and kind of entry. Before its first row nothing is known to change. */
export const flowsOf = (query: Query): Flows => {
  const today = dayOf(query.now);
  const kinds = new Map<string, Flow>();
  const days = new Map<number, Flow>();
  for (let day = today - flowDays + 1; day <= today; day += 1) {
    for (const [[, kind], flow] of query.page(flows, { from: [day], limit: pageRows })) {
      kinds.set(kind, sum(kinds.get(kind), flow));
      days.set(day, sum(days.get(day), flow));
    }
  }
  const { minted, burned } = query.get(supply, supplyKey);
  const held = minted - burned;
  // Backwards from what there is now, so that the line fits the present even where rows are missing.
  const points: { atMs: number; held: bigint }[] = [];
  let atEnd = held;
  for (let day = today; day > today - flowDays; day -= 1) {
    points.push({ atMs: day * dayMs, held: atEnd });
    const flow = days.get(day);
    if (flow) atEnd -= flow.minted - flow.burned;
  }
  return { held, kinds: [...kinds].map(([kind, flow]) => ({ kind, ...flow })), days: points.toReversed() };
};
