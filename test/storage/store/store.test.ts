import { describe, expect, test } from 'vitest';
import { guildId } from '../../../src/kernel/ids.ts';
import { memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { openStore } from '../../../src/storage/store.ts';
import { collections } from './collections.ts';
import { check, commitOf, type Deed, modelOf } from './model.ts';

const guild = guildId('111111111111111111');

describe('smoke', () => {
  test('works', async () => {
    const files = memoryFiles();
    const rows = memoryRows();
    const open = async () =>
      openStore({
        journal: await openSegmentJournal({ folder: 'j', durability: 'power', files }),
        rows,
        collections,
        snapshotIntervalMs: 1_000_000,
        onError: (error) => {
          throw error;
        },
      });
    let store = await open();
    let state = store.open(guild);
    const deeds: Deed[] = [];
    for (let n = 0; n < 700; n += 1) {
      const deed: Deed = {
        guild,
        at: n + 1,
        changes: [{ collection: 'wallet', key: `m${n}`, after: { coins: (n * 7919) % 101, badges: [] } }],
        request: `r${n}`,
      };
      await new Promise<void>((resolve) => {
        store.commit(state, commitOf(state, deed, n), () => resolve());
      });
      deeds.push(deed);
      if (n === 300) await store.snapshot();
      if (n === 500) {
        store = await open();
        state = store.open(guild);
      }
    }
    check(state, modelOf(guild, deeds));
    await store.snapshot();
    check(state, modelOf(guild, deeds));
    store.close(state);
    expect(store.figures().guildsInMemory).toBe(0);
    check(store.open(guild), modelOf(guild, deeds));
  });
});
