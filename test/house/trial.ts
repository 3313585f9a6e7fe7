// A small feature for tests of the runtime: counters that can refuse, throw, react, and break their own rule.
import { z } from 'zod';
import { collection } from '../../src/kernel/collection.ts';
import { event, reaction } from '../../src/kernel/event.ts';
import { extension, extensionPoint } from '../../src/kernel/extension.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { form, mutation, query } from '../../src/kernel/operation.ts';
import { integerOption, options, textOption } from '../../src/kernel/option.ts';
import { done, refuse } from '../../src/kernel/outcome.ts';

export const counters = collection({
  name: 'trial.counter',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ count: z.int(), marks: z.array(z.string()) }),
  initial: { count: 0, marks: [] },
  upgrades: [],
  rowsMax: 5,
  orderings: { count: (row) => (row.count > 0 ? row.count : undefined) },
  totals: { sum: (row) => row.count },
  forget: 'no member',
});

const counted = event<{ readonly name: string; readonly count: number }>('trial.counted');
const opinions = extensionPoint<{ readonly name: string }, { readonly count: number }>('trial.opinions');
const input = options({
  name: textOption({ describe: 'trial.describe', charactersMax: 100 }),
  by: integerOption({ describe: 'trial.describe', min: -1000, max: 1000 }),
});
const view = (): { readonly private: boolean } => ({ private: true });
const common = { version: 1, input, view } as const;

export const add = mutation({
  ...common,
  name: 'trial.add',
  run: (m, { name, by }) => {
    const row = m.get(counters, [name]);
    m.put(counters, [name], { ...row, count: row.count + by });
    m.emit(counted, { name, count: row.count + by });
    return done({ count: row.count + by, id: m.newId(), draw: m.random.int(1000) });
  },
});
export const remove = mutation({
  ...common,
  name: 'trial.remove',
  run: (m, { name }) => {
    m.remove(counters, [name]);
    return done();
  },
});
export const addThenRefuse = mutation({
  ...common,
  name: 'trial.refuse',
  run: (m, { name, by }) => {
    m.put(counters, [name], { count: by, marks: [] });
    return refuse('trial.refused', { by });
  },
});
export const addThenThrow = mutation({
  ...common,
  name: 'trial.throw',
  run: (m, { name, by }) => {
    m.put(counters, [name], { count: by, marks: [] });
    throw new Error('a bug in a handler');
  },
});
export const changeInPlace = mutation({
  ...common,
  name: 'trial.change-in-place',
  run: (m, { name }) => {
    (m.get(counters, [name]).marks as string[]).push('changed in place');
    return done();
  },
});
export const nothing = mutation({ ...common, name: 'trial.nothing', run: (m) => done({ now: m.now }) });
export const look = query({
  ...common,
  name: 'trial.look',
  run: (q, { name }) =>
    done({
      count: q.get(counters, [name]).count,
      top: q.top(counters, 'count', 0, 10),
      rank: q.rank(counters, 'count', [name]),
      sum: q.total(counters, 'sum'),
      rows: q.count(counters),
    }),
});
export const ask = query({
  ...common,
  name: 'trial.ask',
  run: (q, { name }) => done(q.extensions(opinions, { name }).map(({ count }) => count)),
});
export const staffOnly = query({ ...common, name: 'trial.staff', who: 'staff', run: () => done() });
export const ownerOnly = query({ ...common, name: 'trial.owner', who: 'owner', run: () => done() });
export const open = form({
  ...common,
  name: 'trial.form',
  run: (q, { name }) => done(q.get(counters, [name]).count),
  view: () => ({ modal: { title: '', customId: '', fields: [] } }),
});
/** Everything a transaction shows after changes of its own. */
export const lookInside = mutation({
  ...common,
  name: 'trial.inside',
  run: (m, { name, by }) => {
    m.put(counters, [name], { count: by, marks: [] });
    m.remove(counters, ['b']);
    const seen = {
      page: m.page(counters, { limit: 10 }).map(([[key], row]) => [key, row.count] as const),
      newest: m.page(counters, { limit: 2, newestFirst: true }).map(([[key]]) => key),
      top: m.top(counters, 'count', 0, 10),
      second: m.top(counters, 'count', 1, 1),
      rank: m.rank(counters, 'count', [name]),
      sum: m.total(counters, 'sum'),
      rows: m.count(counters),
    };
    return done(seen);
  },
});

export const trial: Feature = {
  name: 'trial',
  pack: 'shared',
  commands: [],
  operations: [
    add,
    remove,
    addThenRefuse,
    addThenThrow,
    changeInPlace,
    nothing,
    look,
    ask,
    staffOnly,
    ownerOnly,
    open,
    lookInside,
  ],
  collections: [counters],
  reactions: [
    reaction(counted, (m, { name, count }) => {
      if (name === 'echo') m.put(counters, ['echoed'], { count, marks: [] });
      if (name === 'forbidden') return refuse('trial.forbidden');
      if (name === 'endless') m.emit(counted, { name, count });
      return done();
    }),
  ],
  extensions: [
    extension(opinions, (q, { name }) => ({ count: q.get(counters, [name]).count })),
    extension(opinions, (_, { name }) => (name === 'silent' ? undefined : { count: -1 })),
  ],
  settings: [],
  invariants: [
    {
      name: 'trial.not-thirteen-below',
      watches: [counters.name],
      holds: (q) => q.total(counters, 'sum') !== -13n,
    },
  ],
  messages: {},
};
