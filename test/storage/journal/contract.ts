import { describe, expect, test } from 'vitest';
import type { JournalFiles } from '../../../src/storage/journal/files.ts';
import { entryBytesMax } from '../../../src/storage/journal/format.ts';
import { FencedError, noPosition, type Position } from '../../../src/storage/ports.ts';
import {
  appendBlocks,
  bytesOf,
  everything,
  firstGuild,
  guilds,
  neverFailed,
  openOn,
  segmentsIn,
  storedIn,
  type Told,
} from './stored.ts';

const many = (count: number, length: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => String(at).padEnd(length, '.'));

/** What the journal keeps on any files; `fresh` gives an empty folder. */
export const journalContract = (name: string, fresh: () => Promise<JournalFiles>): void => {
  describe(`the journal on ${name}`, () => {
    test('an empty journal has nothing to replay and stands before the first position', async () => {
      const journal = await openOn(await fresh());
      expect(everything(journal)).toEqual([]);
      expect(journal.durablePosition).toBe(noPosition);
      expect(journal.tornBytes).toBe(0);
      await journal.close();
    });

    test('what was appended is told durable in order, and replayed after opening again', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const durable: number[] = [];
      journal.listen({ durable: (position) => durable.push(position), failed: neverFailed });
      const expected: Told[] = [];
      for (const guild of guilds) {
        const claim = journal.claim(guild);
        for (const text of ['a', 'ÿ\0'.repeat(50)]) expected.push([journal.append(claim, bytesOf(text)), guild, text]);
      }
      expect(expected.map(([position]) => position)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(journal.durablePosition).toBe(0);
      await journal.sync();
      expect(journal.durablePosition).toBe(6);
      expect(durable.at(-1)).toBe(6);
      await journal.close();
      expect(await storedIn(files)).toEqual(expected);
    });

    test('what was replayed can be read again where it stands, also when more has come', async () => {
      const files = await fresh();
      const before = await openOn(files);
      const claimed = before.claim(firstGuild);
      for (const text of many(40, 300)) before.append(claimed, bytesOf(text));
      await before.close();
      const journal = await openOn(files);
      const replayed = [...journal.replay(noPosition)].map((entry) => ({ ...entry, length: entry.bytes.length }));
      const claim = journal.claim(firstGuild);
      for (const text of many(40, 300)) journal.append(claim, bytesOf(text));
      await journal.sync();
      expect(replayed).toHaveLength(40);
      for (const entry of replayed) expect(Buffer.from(journal.read(entry))).toEqual(Buffer.from(entry.bytes));
      await journal.close();
    });

    test('entries of one turn share a write', async () => {
      const journal = await openOn(await fresh());
      const durable: number[] = [];
      journal.listen({ durable: (position) => durable.push(position), failed: neverFailed });
      const claim = journal.claim(firstGuild);
      for (const text of many(5, 20)) journal.append(claim, bytesOf(text));
      await journal.sync();
      expect(durable).toEqual([5]);
      await journal.close();
    });

    test('an entry does not follow the buffer it came from', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const bytes = bytesOf('before');
      journal.append(journal.claim(firstGuild), bytes);
      bytes.fill(0);
      await journal.close();
      expect(await storedIn(files)).toEqual([[1, firstGuild, 'before']]);
    });

    test('what is appended while a write is on its way follows it', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const claim = journal.claim(firstGuild);
      const appended: number[] = [];
      journal.listen({
        durable: () => void (appended.length < 40 && appended.push(journal.append(claim, bytesOf('again')))),
        failed: neverFailed,
      });
      journal.append(claim, bytesOf('first'));
      while (appended.length < 40) await journal.sync();
      await journal.close();
      const stored = await storedIn(files);
      expect(stored.map(([position]) => position)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
    });

    test('positions go on after opening again, over many segments', async () => {
      const files = await fresh();
      const expected: Told[] = [];
      for (let life = 0; life < 4; life += 1) {
        const journal = await openOn(files);
        expect(everything(journal)).toEqual(expected);
        expected.push(...(await appendBlocks(journal, many(6, 150))));
        await journal.close();
      }
      expect(expected.at(-1)?.[0]).toBe(24);
      expect((await segmentsIn(files)).length).toBeGreaterThan(3);
    });

    test('a replay begins behind the position asked for, wherever that is', async () => {
      const files = await fresh();
      const first = await openOn(files);
      const claim = first.claim(firstGuild);
      for (const text of many(30, 90)) {
        first.append(claim, bytesOf(text));
        if (text.startsWith('1')) await first.sync();
      }
      await first.close();
      const journal = await openOn(files);
      const all = everything(journal);
      expect(all).toHaveLength(30);
      for (let after = 0; after <= 30; after += 1)
        expect(everything(journal, after as Position)).toEqual(all.slice(after));
      await journal.close();
    });

    test('a long entry, longer than a segment, comes back whole', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const claim = journal.claim(firstGuild);
      journal.append(claim, bytesOf('short'));
      journal.append(claim, new Uint8Array(2_500_000).fill(97));
      journal.append(claim, bytesOf('after'));
      await journal.close();
      const stored = await storedIn(files);
      expect(stored.map(([position, , text]) => [position, text.length])).toEqual([
        [1, 5],
        [2, 2_500_000],
        [3, 5],
      ]);
    });

    test('an entry out of bounds is refused and takes no position', async () => {
      const journal = await openOn(await fresh());
      const claim = journal.claim(firstGuild);
      expect(() => journal.append(claim, new Uint8Array(0))).toThrow('1 byte to 16 MiB');
      expect(() => journal.append(claim, new Uint8Array(entryBytesMax + 1))).toThrow('1 byte to 16 MiB');
      expect(journal.append(claim, bytesOf('a'))).toBe(1);
      await journal.close();
    });

    test('a claim ends with the next claim of its guild, or when given back', async () => {
      const journal = await openOn(await fresh());
      const [one, , other] = guilds.map((guild) => journal.claim(guild));
      if (one === undefined || other === undefined) return expect.unreachable();
      const newer = journal.claim(one.guild);
      expect(newer.epoch).toBeGreaterThan(one.epoch);
      expect(() => journal.append(one, bytesOf('a'))).toThrow(FencedError);
      expect(journal.append(newer, bytesOf('a'))).toBe(1);
      journal.release(one);
      expect(journal.append(newer, bytesOf('a'))).toBe(2);
      journal.release(newer);
      expect(() => journal.append(newer, bytesOf('a'))).toThrow(FencedError);
      expect(() => journal.append({ guild: one.guild, epoch: 0 }, bytesOf('a'))).toThrow(FencedError);
      expect(journal.append(other, bytesOf('a'))).toBe(3);
      return journal.close();
    });

    test('trimming removes whole files at or below a position, and never the last', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const all = await appendBlocks(journal, many(20, 200));
      const before = await segmentsIn(files);
      expect(before.length).toBeGreaterThan(4);
      await journal.trim(6 as Position);
      const after = await segmentsIn(files);
      expect(after).toEqual(before.slice(before.length - after.length));
      expect(after.length).toBeLessThan(before.length);
      await journal.trim(20 as Position);
      expect((await segmentsIn(files)).filter((file) => file.endsWith('.journal'))).toHaveLength(1);
      const later = await appendBlocks(journal, ['more']);
      expect(later[0]?.[0]).toBe(21);
      await journal.close();
      const stored = await storedIn(files);
      expect(stored).toEqual([...all, ...later].slice(-stored.length));
    });

    test('trimming keeps every entry above the position', async () => {
      for (const position of [1, 2, 5, 9, 19]) {
        const files = await fresh();
        const journal = await openOn(files);
        const all = await appendBlocks(journal, many(20, 200));
        await journal.trim(position as Position);
        await journal.close();
        const reopened = await openOn(files);
        expect(everything(reopened, position as Position)).toEqual(all.slice(position));
        await reopened.close();
      }
    });

    test('with durability "process" everything is there after closing and after a sync', async () => {
      const files = await fresh();
      const journal = await openOn(files, 'process');
      const all = await appendBlocks(journal, many(20, 200));
      await journal.close();
      expect(await storedIn(files)).toEqual(all);
    });

    test('closing waits for what was appended, can be done twice, and ends appending', async () => {
      const files = await fresh();
      const journal = await openOn(files);
      const claim = journal.claim(firstGuild);
      journal.append(claim, bytesOf('a'));
      await Promise.all([journal.close(), journal.close()]);
      expect(() => journal.append(claim, bytesOf('b'))).toThrow('closed journal');
      expect(await storedIn(files)).toHaveLength(1);
    });

    test('a replay after the first append, and a second listener, are refused', async () => {
      const journal = await openOn(await fresh());
      journal.listen({ durable: () => undefined, failed: neverFailed });
      expect(() => journal.listen({ durable: () => undefined, failed: neverFailed })).toThrow('one listener');
      journal.append(journal.claim(firstGuild), bytesOf('a'));
      expect(() => journal.replay(noPosition)).toThrow('before anything is appended');
      await journal.close();
    });
  });
};
