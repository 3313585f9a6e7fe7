import type { RowId } from '../kernel/ids.ts';

/**
 * Ids in lanes: of each lane only the oldest may be taken, and only once it was queued. The next one's turn comes when
 * that is removed.
 */
export interface Lanes {
  /** Puts an id into its lane; it holds up younger ones there. Ids are added once, in rising order within a lane. */
  readonly add: (id: RowId, lane: string) => void;
  /** Has an id taken when its turn comes; adds it if need be. */
  readonly queue: (id: RowId, lane: string) => void;
  /** The oldest of those whose turn it is. It stays in its lane. */
  readonly take: () => RowId | undefined;
  readonly hasReady: () => boolean;
  readonly isQueued: (id: RowId) => boolean;
  /** Takes an id out of its lane, in whatever state it is. */
  readonly remove: (id: RowId) => void;
}

/** Empty lanes. */
export const lanes = (): Lanes => {
  const byLane = new Map<string, RowId[]>();
  const laneOf = new Map<RowId, string>();
  const queued = new Set<RowId>();
  /** Queued, and the oldest of their lane. */
  const ready = new Set<RowId>();

  const add = (id: RowId, lane: string): void => {
    if (laneOf.has(id)) return;
    laneOf.set(id, lane);
    const ids = byLane.get(lane);
    if (ids) ids.push(id);
    else byLane.set(lane, [id]);
  };

  return {
    add,
    queue: (id, lane) => {
      add(id, lane);
      queued.add(id);
      if (byLane.get(lane)?.[0] === id) ready.add(id);
    },
    take: () => {
      let oldest: RowId | undefined;
      for (const id of ready) if (oldest === undefined || id < oldest) oldest = id;
      if (oldest === undefined) return undefined;
      ready.delete(oldest);
      queued.delete(oldest);
      return oldest;
    },
    hasReady: () => ready.size > 0,
    isQueued: (id) => queued.has(id),
    remove: (id) => {
      const lane = laneOf.get(id);
      if (lane === undefined) return;
      laneOf.delete(id);
      queued.delete(id);
      ready.delete(id);
      const ids = byLane.get(lane) ?? [];
      const left = ids[0] === id ? ids.slice(1) : ids.filter((one) => one !== id);
      const [next] = left;
      if (next === undefined) byLane.delete(lane);
      else byLane.set(lane, left);
      if (next !== undefined && queued.has(next)) ready.add(next);
    },
  };
};
