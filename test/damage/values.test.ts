import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { featureRows } from '../../src/storage/row-keys.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { checksumOf, openValue, sealValue } from '../../src/storage/rows/sealed-value.ts';
import { guilds, look, makeStore } from './good-store.ts';

const places = 150;

describe.each(['stopped', 'killed'] as const)('a store that was %s', (end) => {
  test('whose rows are other ones, each right by itself: its guild alone is refused', { timeout: 60_000 }, async () => {
    const { folder, good } = await makeStore(end);
    const random = seededRandom(Buffer.from(`values ${end}`));
    const [guild] = guilds;
    const range = { ...featureRows(guild ?? expect.unreachable()), reverse: false, limit: 10_000 };
    for (let place = 0; place < places; place += 1) {
      const rows = await openLmdbRows({ folder: join(folder, 'rows') });
      const found = rows.range(range);
      const [key, value] = found[random.int(found.length)] ?? expect.unreachable();
      const other = Buffer.from(value);
      const at = random.int(other.length);
      other[at] = (other[at] ?? 0) ^ (1 << random.int(8));
      // Some are gone.
      await rows.write([{ key, value: random.int(10) === 0 ? undefined : other }]);
      await rows.close();
      const [first, second] = (await look(folder)).guilds;
      expect(first).toEqual({ refused: expect.stringMatching(/not those its head counted.*npm run guildhall/) });
      expect(second).toEqual(good.guilds[1]);
      const again = await openLmdbRows({ folder: join(folder, 'rows') });
      await again.write([{ key, value }]);
      await again.close();
    }
    expect(await look(folder)).toEqual(good);
    await rm(folder, { recursive: true });
  });
});

test('a sealed value is known by key and content: no changed bit behind the mark goes unnoticed', () => {
  const value = Buffer.from([0x92, 1, 2]);
  const sealed = sealValue(value, checksumOf('key', value));
  expect(Buffer.from(openValue('key', sealed) ?? [])).toEqual(value);
  expect(openValue('kez', sealed)).toBeUndefined();
  for (let bit = 8; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(openValue('key', changed)).toBeUndefined();
  }
  for (let length = 1; length < sealed.length; length += 1) {
    expect(openValue('key', sealed.subarray(0, length))).toBeUndefined();
  }
  // Of before seals.
  expect(openValue('key', value)).toEqual(value);
});
