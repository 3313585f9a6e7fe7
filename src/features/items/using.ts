import type { Mutation } from '../../kernel/context.ts';
import { type EpochMs, epochMs } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { relativeTime } from '../wallet/api.ts';
import type { Item, Slot } from './kinds.ts';
import { withCount } from './owning.ts';
import { bagOf, putBag } from './state.ts';
import { itemCountMax } from './tuning.ts';

const refuseNone = (): Outcome<never> => refuse('economy.item.none');

/** A potion that was drunk. */
export interface Drunk {
  readonly item: Item;
  /** Until when it works at most. */
  readonly until: EpochMs | undefined;
  /** How many are left. */
  readonly left: number;
}

/** Drinks a potion of the member who acts: it works from now on. Not while one like it works still. */
export const drink = (m: Mutation, item: Item): Drunk | Outcome<never> => {
  const { member } = m.actor;
  const bag = bagOf(m, member);
  const held = bag.counts[item.key] ?? 0;
  if (item.kind === 'chest') return refuse('economy.item.use-chest');
  if (item.kind === 'shield') return refuse('economy.item.use-shield');
  if (item.kind === 'gear') return refuse('economy.item.use-gear');
  if (held === 0) return refuseNone();
  const before = bag.active[item.key];
  if (before && (before.until === undefined || before.until > m.now)) {
    return before.until === undefined
      ? refuse('economy.item.still-works')
      : refuse('economy.item.works-until', { at: relativeTime(before.until) });
  }
  const until = item.lastsMs === undefined ? undefined : epochMs(m.now + item.lastsMs);
  putBag(m, member, {
    ...bag,
    counts: withCount(bag.counts, item.key, held - 1),
    active: { ...bag.active, [item.key]: until === undefined ? {} : { until } },
  });
  return { item, until, left: held - 1 };
};

/** A piece of gear that was put on. */
export interface PutOn {
  readonly item: Item;
  readonly slot: Slot;
  /** The key of what had to make room, and is to hand again. */
  readonly displaced: string | undefined;
}

/** Puts gear of the member who acts on. What was in its slot goes back to the rest. */
export const putOn = (m: Mutation, item: Item): Outcome<PutOn> => {
  const { member } = m.actor;
  const { slot } = item;
  if (slot === undefined) return refuse('economy.item.no-gear');
  const bag = bagOf(m, member);
  const displaced = bag.worn[slot];
  if (displaced === item.key) return refuse('economy.item.worn');
  const held = bag.counts[item.key] ?? 0;
  if (held === 0) return refuseNone();
  let counts = withCount(bag.counts, item.key, held - 1);
  if (displaced !== undefined) {
    const others = counts[displaced] ?? 0;
    if (others >= itemCountMax) return refuse('economy.item.full', { most: itemCountMax });
    counts = withCount(counts, displaced, others + 1);
  }
  putBag(m, member, { ...bag, counts, worn: { ...bag.worn, [slot]: item.key } });
  return done<PutOn>({ item, slot, displaced });
};

/** Takes off what the member who acts wears in a slot. Gives its key. */
export const takeOff = (m: Mutation, slot: Slot): Outcome<{ readonly key: string; readonly slot: Slot }> => {
  const { member } = m.actor;
  const bag = bagOf(m, member);
  const key = bag.worn[slot];
  if (key === undefined) return refuse('economy.item.bare');
  const others = bag.counts[key] ?? 0;
  if (others >= itemCountMax) return refuse('economy.item.full', { most: itemCountMax });
  const { [slot]: _, ...worn } = bag.worn;
  putBag(m, member, { ...bag, counts: withCount(bag.counts, key, others + 1), worn });
  return done({ key, slot });
};
