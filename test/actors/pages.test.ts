import { expect, test } from 'vitest';
import { z } from 'zod';
import { collection } from '../../src/kernel/collection.ts';
import { guildId, memberId } from '../../src/kernel/ids.ts';
import { mutation, query } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { featureWith } from '../house/feature.ts';
import { freshDisks, openHouse } from '../house/house.ts';

const notes = collection({
  name: 'pages.note',
  version: 1,
  key: ['text', 'int'],
  schema: z.strictObject({ note: z.string() }),
  initial: { note: '' },
  upgrades: [],
  rowsMax: 100,
  orderings: {},
  totals: {},
  forget: 'no member',
});
const write = mutation({
  name: 'pages.write',
  version: 1,
  input: z.strictObject({ of: z.string(), numbers: z.array(z.int()) }),
  run: (m, { of, numbers }) => {
    for (const number of numbers) m.put(notes, [of, number], { note: `${of} ${number}` });
    return done(m.page(notes, { from: [of], limit: 10 }).map(([key]) => key[1]));
  },
  view: () => ({ private: true }),
});
const read = query({
  name: 'pages.read',
  version: 1,
  input: z.strictObject({ of: z.string() }),
  run: (q, { of }) =>
    done({
      own: q.page(notes, { from: [of], limit: 10 }).map(([key]) => key[1]),
      newest: q.page(notes, { from: [of], limit: 1, newestFirst: true }).map(([key]) => key[1]),
    }),
  view: () => ({ private: true }),
});
const pages = featureWith('pages', {
  operations: [write, read],
  collections: [notes],
});

test('a page of the rows whose key starts alike has them all and no others, in memory, in drafts and on disk', async () => {
  const house = await openHouse(freshDisks(), { features: [pages] });
  let serial = 0;
  const ask = (name: string, input: unknown) => {
    serial += 1;
    const operation = house.registry.operations.get(name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return house.directory.ask({
      id: String((BigInt(house.clock.now - 1_420_070_400_000) << 22n) | BigInt(serial)),
      guild: guildId('100000000000000001'),
      member: memberId('200000000000000001'),
      permissions: 0n,
      operation,
      input,
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
  };
  expect(await ask('pages.write', { of: 'a', numbers: [3, 1] })).toEqual({ done: [1, 3] });
  expect(await ask('pages.write', { of: 'ab', numbers: [7] })).toEqual({ done: [7] });
  await house.store.snapshot();
  expect(await ask('pages.write', { of: 'a', numbers: [2] })).toEqual({ done: [1, 2, 3] });
  expect(await ask('pages.read', { of: 'a' })).toEqual({ done: { own: [1, 2, 3], newest: [3] } });
  expect(await ask('pages.read', { of: 'ab' })).toEqual({ done: { own: [7], newest: [7] } });
  await house.stop();
});
