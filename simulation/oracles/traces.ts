import { departures } from '../../src/kernel/membership.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { Commit } from '../../src/storage/contract.ts';
import { Violation } from '../violation.ts';
import type { ModelGuild } from './model-guild.ts';

const namesIn = (value: unknown, id: string): boolean => {
  if (typeof value === 'string') return value.includes(id);
  if (typeof value !== 'object' || value === null) return false;
  for (const [name, inner] of Object.entries(value)) if (name.includes(id) || namesIn(inner, id)) return true;
  return false;
};

/** Where each search for traces began, by guild: what was written later may name whom it does not know of. */
const searches = new WeakMap<ModelGuild, number>();

/** The place that a job's sweep has come to may name whoever stands there; it is gone with the sweep. */
const isSweep = (collection: string, row: unknown): boolean =>
  collection === timers.name && Object.hasOwn((row as typeof timers.initial).input as object, 'after');

/**
 * When an erasure has come to its end, no row that was there when its last search began names the member. Looks at the
 * rows before the operation that ends it. `given` is the operation's input.
 */
export const checkTraces = (state: ModelGuild, commit: Commit, position: number, given: unknown): void => {
  if (commit.operation !== 'core.erase-traces') return;
  if (!Object.hasOwn(given as object, 'members')) searches.set(state, position);
  const begun = searches.get(state) ?? 0;
  const changed = new Map(commit.changes.map(({ collection, key, after }) => [`${collection.name} ${key}`, after]));
  for (const { collection, before, after, key: member } of commit.changes) {
    if (collection.name !== departures.name || after !== undefined) continue;
    if ((before as typeof departures.initial).stage === 'returned') continue;
    for (const { collection: name, key, row, changedAt } of state.everyRow()) {
      if (name === departures.name || changedAt >= begun || isSweep(name, row)) continue;
      const place = `${name} ${key}`;
      const left = changed.has(place) ? changed.get(place) : row;
      if (left !== undefined && (key.includes(member) || namesIn(left, member))) {
        throw new Violation('forgetting', `guild ${state.guild} has forgotten ${member}, but not ${place}`);
      }
    }
  }
};
