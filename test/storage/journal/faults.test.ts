import { describe, expect, test } from 'vitest';
import { type MemoryFiles, memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { JournalFailedError, type Position } from '../../../src/storage/ports.ts';
import { appendBlocks, bytesOf, firstGuild, neverFailed, openOn, storedIn, turns } from './stored.ts';

const failures: readonly (readonly [string, (files: MemoryFiles) => void])[] = [
  ['a full disk', (files) => files.failWrite(1, 'ENOSPC')],
  ['a write error', (files) => files.failWrite(1, 'EIO')],
  ['a sync error', (files) => files.failSync(1, 'EIO')],
];

describe('a journal whose disk fails', () => {
  test.each(failures)('%s: told once, nothing more is taken, and what was durable stays', async (_, plan) => {
    const files = memoryFiles();
    const journal = await openOn(files);
    const before = await appendBlocks(journal, ['kept']);
    const durable: number[] = [];
    const failed: Error[] = [];
    journal.listen({ durable: (position) => durable.push(position), failed: (error) => failed.push(error) });
    const claim = journal.claim(firstGuild);
    plan(files);
    journal.append(claim, bytesOf('lost'));
    const synced = journal.sync();
    journal.append(claim, bytesOf('lost too'));
    await expect(synced).rejects.toThrow(JournalFailedError);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.message).toMatch(/cannot be written \(E\w+: simulated disk fault\)/);
    expect(() => journal.append(claim, bytesOf('refused'))).toThrow(JournalFailedError);
    await expect(journal.sync()).rejects.toThrow(JournalFailedError);
    await expect(journal.trim(1 as Position)).rejects.toThrow(JournalFailedError);
    const { syncs } = files;
    await turns(20);
    await journal.close();
    expect(files.syncs).toBe(syncs);
    expect(durable).toEqual([]);
    expect(failed).toHaveLength(1);
    expect(journal.durablePosition).toBe(1);
    expect((await storedIn(files.afterPowerCut(() => 0))).slice(0, 1)).toEqual(before);
  });

  test('nothing is told durable while the sync is on its way', async () => {
    const files = memoryFiles();
    const journal = await openOn(files);
    const durable: number[] = [];
    journal.listen({ durable: (position) => durable.push(position), failed: neverFailed });
    const claim = journal.claim(firstGuild);
    files.holdSyncs();
    journal.append(claim, bytesOf('a'));
    await turns(20);
    journal.append(claim, bytesOf('b'));
    await turns(20);
    expect(durable).toEqual([]);
    expect(journal.durablePosition).toBe(0);
    files.releaseSyncs();
    await journal.close();
    expect(durable).toEqual([1, 2]);
  });

  test('with durability "process" an entry is told after its write, and a failed sync is a failure', async () => {
    const files = memoryFiles();
    const journal = await openOn(files, 'process');
    const failed: Error[] = [];
    const durable: number[] = [];
    journal.listen({ durable: (position) => durable.push(position), failed: (error) => failed.push(error) });
    files.holdSyncs();
    journal.append(journal.claim(firstGuild), bytesOf('a'));
    await turns(20);
    expect(durable).toEqual([1]);
    files.releaseSyncs();
    files.failSync(1, 'EIO');
    await expect(journal.sync()).rejects.toThrow(JournalFailedError);
    expect(failed).toHaveLength(1);
    await journal.close();
  });

  test.each([0, 1, 2, 3, 4, 5, 8])(
    'with durability "process" and a failed sync, what came %d turns after it was asked for is told durable, or is not in the file',
    async (later) => {
      const files = memoryFiles();
      const journal = await openOn(files, 'process');
      let durable = 0;
      let durableAtFailure = 0;
      journal.listen({
        durable: (position) => {
          durable = position;
        },
        failed: () => {
          durableAtFailure = durable;
        },
      });
      const claim = journal.claim(firstGuild);
      journal.append(claim, bytesOf('a'));
      await turns(20);
      files.failSync(1, 'EIO');
      const synced = journal.sync();
      synced.catch(() => undefined);
      await turns(later);
      try {
        journal.append(claim, bytesOf('b'));
      } catch (failure) {
        expect(failure).toBeInstanceOf(JournalFailedError);
      }
      await expect(synced).rejects.toThrow(JournalFailedError);
      await turns(20);
      await journal.close();
      expect(await storedIn(files)).toHaveLength(durableAtFailure);
    },
  );

  test('a new file that cannot be made fails the journal, not before it is needed', async () => {
    const files = memoryFiles();
    const journal = await openOn(files);
    await appendBlocks(journal, ['a'.repeat(600)]);
    files.failWrite(1, 'ENOSPC');
    const claim = journal.claim(firstGuild);
    journal.append(claim, bytesOf('b'.repeat(600)));
    await expect(journal.sync()).rejects.toThrow('ENOSPC');
    await journal.close();
    expect(await storedIn(files)).toHaveLength(1);
  });

  test('a file that could not be made ahead is tried again when it is needed', async () => {
    const files = memoryFiles({ preallocates: true });
    const journal = await openOn(files);
    files.failWrite(2, 'ENOSPC');
    const all = await appendBlocks(journal, ['a'.repeat(600), 'b'.repeat(100)]);
    await turns(20);
    const more = await appendBlocks(journal, ['c'.repeat(600), 'd'.repeat(600)]);
    await journal.close();
    expect(await storedIn(files)).toEqual([...all, ...more]);
  });

  test('a trim that fails says so, and the next one goes on', async () => {
    const files = memoryFiles();
    const journal = await openOn(files);
    const all = await appendBlocks(journal, ['a'.repeat(600), 'b'.repeat(600), 'c'.repeat(600)]);
    files.failSync(1, 'EIO');
    await expect(journal.trim(1 as Position)).rejects.toThrow('EIO');
    await journal.trim(2 as Position);
    await journal.close();
    expect(await storedIn(files)).toEqual(all.slice(2));
  });
});
