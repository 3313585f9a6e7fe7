import { loadOutcome, refusal, storeOutcome } from '../actors/stored-outcome.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import type { Mutation } from '../kernel/context.ts';
import { outbox } from '../kernel/effect.ts';
import { errands } from '../kernel/errand.ts';
import type { MemberId } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import { timerAttemptsMax, timers } from '../kernel/timer.ts';
import { membersCollections, type OpenCollection, type Parts, stepRowsMax } from './rows.ts';

/** How far a search for traces has come: the collection it is in, and the last key it saw there. */
export interface TracePlace {
  readonly collection: string;
  readonly after?: Parts | undefined;
}

const idPattern = /(?<!\d)\d{17,20}(?!\d)/g;

/** The Discord ids in the texts of a value, however deep; property names count as texts. */
export const idsIn = function* (value: unknown): Generator<string> {
  if (typeof value === 'string') {
    for (const [id] of value.matchAll(idPattern)) yield id;
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield* idsIn(name);
      yield* idsIn(inner);
    }
  }
};

type Row = readonly [key: Parts, value: unknown];

/** What becomes of a row that may name some of the members; `remove` for the row to go. */
type Forget = (row: Row, members: ReadonlySet<MemberId>) => unknown;

const named = (value: unknown, members: ReadonlySet<MemberId>): readonly MemberId[] => [
  ...members.intersection(new Set(idsIn(value) as Iterable<MemberId>)),
];

/** Rows of the runtime that would do something about a member go. */
const dropNamed: Forget = (row, members) => (named(row, members).length > 0 ? 'remove' : row[1]);

/**
 * So do timers, save the place a running sweep of a job has come to: without it the job would end in the middle, and
 * with its last step the place is gone. A parked one goes nowhere.
 */
const dropTimers = (registry: Registry): Forget => {
  const jobs = new Set<unknown>(registry.jobs.map(({ operation }) => operation.name));
  return (row, members) => {
    const [[operation], timer] = row as readonly [Parts, typeof timers.initial];
    return jobs.has(operation) && timer.attempts < timerAttemptsMax ? timer : dropNamed(row, members);
  };
};

const forgottenOutcome = Buffer.from(storeOutcome(refusal('core.answered-before'))).toString('base64');

/** What an errand came to may name somebody. That it was run must stay known, or it would run again. */
const dropOutcome: Forget = (row, members) => {
  const value = row[1] as typeof errands.initial;
  const outcome = loadOutcome(Buffer.from(value.outcome, 'base64'));
  return named(outcome, members).length > 0 ? { ...value, outcome: forgottenOutcome } : value;
};

const forgetIn = (collection: AnyCollection, registry: Registry): Forget | undefined => {
  if (collection.name === timers.name) return dropTimers(registry);
  if (collection.name === outbox.name) return dropNamed;
  if (collection.name === errands.name) return dropOutcome;
  const { key: kinds, forget } = collection;
  // Rows keyed first by a member are their own and went before; those there now are of somebody who is back.
  const keyed = kinds.some((kind, index) => kind === 'member' && index > 0);
  const isKeyed = ([key]: Row, members: ReadonlySet<MemberId>): boolean =>
    keyed && kinds.some((kind, index) => kind === 'member' && index > 0 && members.has(key[index] as MemberId));
  if (typeof forget !== 'function')
    return keyed ? (row, members) => (isKeyed(row, members) ? 'remove' : row[1]) : undefined;
  return (row, members) => {
    if (isKeyed(row, members)) return 'remove';
    let value = row[1];
    for (const member of named(value, members)) {
      value = forget(value as never, member);
      if (value === 'remove') break;
    }
    return value;
  };
};

const forgetRow = (mutation: Mutation, rows: OpenCollection, [key, value]: Row, after: unknown): void => {
  if (after === 'remove') mutation.remove(rows, key);
  else if (after !== value) mutation.put(rows, key, after);
};

/**
 * Takes the names of members out of the rows of others, `stepRowsMax` rows at a time. Gives where the next step goes
 * on, `undefined` when everything was seen. The collections come in the order of their names, so that the place still
 * means something to a newer version of the program.
 */
export const traceStep = (
  mutation: Mutation,
  registry: Registry,
  members: ReadonlySet<MemberId>,
  place: TracePlace | undefined,
): TracePlace | undefined => {
  let left = stepRowsMax;
  for (const rows of membersCollections(registry)) {
    if (place !== undefined && rows.name < place.collection) continue;
    const forget = forgetIn(rows, registry);
    if (forget === undefined) continue;
    const after = place?.collection === rows.name ? place.after : undefined;
    const page = mutation.page(rows, { after, limit: left });
    for (const row of page) forgetRow(mutation, rows, row, forget(row, members));
    left -= page.length;
    if (left === 0) return { collection: rows.name, after: page.at(-1)?.[0] };
  }
  return undefined;
};
