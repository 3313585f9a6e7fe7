// A store in files whose bits are flipped, pages zeroed and files cut off, anywhere. LMDB may end the process on such a
// file, so each look is in a process of its own that may end; the launcher says so to whoever runs it.
import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { drawDamages, survey } from './damage.ts';
import { makeStore } from './good-store.ts';

const places = 120;
const seed = 'a survey';

describe.each(['stopped', 'killed'] as const)('a store that was %s and then damaged', (end) => {
  test.each(['rows', 'journal'] as const)(
    'in its %s: everybody is told what they have, or nothing',
    { timeout: 120_000 },
    async (part) => {
      const store = await makeStore(end);
      const damages = await drawDamages(store.folder, part, places, `${seed} ${end} ${part}`);
      const { wrong, counts, reasons } = await survey(store, damages);
      await rm(store.folder, { recursive: true });
      expect(wrong).toEqual([]);
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(places);
      // Most of it is noticed: this is no file that nobody reads.
      expect(places - (counts.get('right') ?? 0)).toBeGreaterThan(places / 10);
      for (const reason of reasons) if (reason.startsWith('guild')) expect(reason).toContain('npm run guildhall');
    },
  );
});
