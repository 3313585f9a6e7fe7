import { erased, remembered, traced } from '../../forgetting/state.ts';
import type { AnyCollection } from '../../kernel/collection.ts';
import { outbox } from '../../kernel/effect.ts';
import { errands } from '../../kernel/errand.ts';
import { jobStates } from '../../kernel/job.ts';
import { type EncodedKey, keySeparator } from '../../kernel/key.ts';
import { departures, removals } from '../../kernel/membership.ts';
import type { Registry } from '../../kernel/registry.ts';
import { timers } from '../../kernel/timer.ts';
import { worlds } from '../../kernel/world.ts';

/**
 * What a restore of one server leaves as it is. Effects were performed and would be once more; errands and jobs were
 * run; who has left, and who was erased, is a fact of the present.
 */
const staying: ReadonlySet<string> = new Set<string>(
  [outbox, errands, jobStates, worlds, departures, removals, traced, remembered, erased].map(({ name }) => name),
);

/**
 * Says which rows a restore of one server brings back. A timer is a part of what it serves, so those of features come
 * back; the runtime's own, and those of jobs, stay.
 */
export const restorable = (registry: Registry): ((collection: AnyCollection, key: EncodedKey) => boolean) => {
  const jobs = new Set<string>(registry.jobs.map(({ operation }) => operation.name));
  return ({ name }, key) => {
    if (staying.has(name)) return false;
    if (name !== timers.name) return true;
    const operation = key.slice(0, key.indexOf(keySeparator));
    return !operation.startsWith('core.') && !jobs.has(operation);
  };
};

/** The collections of which a restore brings back anything. */
export const restoredCollections = (registry: Registry): readonly AnyCollection[] =>
  [...registry.collections.values()].filter(({ name }) => !staying.has(name));
