// Several blocks on their way at once, as a journal has them on a slow disk.
import { describe, expect, test } from 'vitest';
import { emptyBlock, guildBits } from '../../../src/storage/journal/block.ts';
import type { JournalFile, JournalFiles } from '../../../src/storage/journal/files.ts';
import { openFlights } from '../../../src/storage/journal/flights.ts';
import { memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { DamagedStoreError, JournalFailedError } from '../../../src/storage/ports.ts';
import {
  appendBlocks,
  blocksUntilKnown,
  bytesOf,
  firstGuild,
  neverFailed,
  openOn,
  slowClock,
  storedIn,
  turns,
} from './stored.ts';

/** A durable write that waits for the test. */
interface Write {
  readonly finish: () => Promise<void>;
  readonly fail: () => void;
}

/** Files whose durable writes wait, each by itself, once `hold` was called. */
const heldFiles = (files: JournalFiles) => {
  const writes: Write[] = [];
  let held = false;
  const wrap = (file: JournalFile): JournalFile => ({
    size: () => file.size(),
    read: (offset, into) => file.read(offset, into),
    write: (bytes, offset) => file.write(bytes, offset),
    sync: () => file.sync(),
    truncate: (bytes) => file.truncate(bytes),
    close: () => file.close(),
    writeDurably: (given, offset) => {
      if (!held) return file.writeDurably(given, offset);
      const bytes = Uint8Array.from(given);
      return new Promise((resolve, reject) => {
        writes.push({
          finish: async () => {
            await file.writeDurably(bytes, offset);
            resolve();
          },
          fail: () => reject(new Error('EIO')),
        });
      });
    },
  });
  return {
    files: {
      ...files,
      create: async (name: string) => wrap(await files.create(name)),
      open: async (name: string) => wrap(await files.open(name)),
    } satisfies JournalFiles,
    writes,
    hold: () => {
      held = true;
    },
  };
};

/** A journal that knows its disk for a slow one, with blocks on their way that each wait for the test. */
const underWay = async (texts: readonly string[]) => {
  const disk = memoryFiles();
  const held = heldFiles(disk);
  const journal = await openOn(held.files, 'power', { monotonicMs: slowClock() });
  const known = await appendBlocks(
    journal,
    Array.from({ length: blocksUntilKnown }, () => '-'),
  );
  const durable: number[] = [];
  const failed: Error[] = [];
  journal.listen({ durable: (position) => durable.push(position), failed: (error) => failed.push(error) });
  held.hold();
  const claim = journal.claim(firstGuild);
  for (const text of texts) {
    journal.append(claim, bytesOf(text));
    await turns(3);
  }
  return { disk, journal, claim, writes: held.writes, durable, failed, known: known.length };
};

describe('on a slow disk', () => {
  test('four blocks are on their way at once, and count in their order', async () => {
    const { disk, journal, writes, durable, known } = await underWay(['a', 'b', 'c', 'd', 'e']);
    expect(writes).toHaveLength(4);
    await writes[3]?.finish();
    await writes[2]?.finish();
    await writes[1]?.finish();
    await turns(3);
    expect(durable).toEqual([]);
    await writes[0]?.finish();
    await turns(3);
    expect(durable).toEqual([known + 4]);
    await writes[4]?.finish();
    await journal.close();
    expect((await storedIn(disk)).slice(known).map(([, , text]) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a block that fails takes with it what stands behind, and nothing before', async () => {
    const { disk, journal, claim, writes, durable, failed, known } = await underWay(['a', 'b', 'c']);
    await writes[2]?.finish();
    writes[1]?.fail();
    await turns(5);
    // What is on its way may still land: until then nobody knows what is durable.
    expect(failed).toHaveLength(0);
    await writes[0]?.finish();
    await turns(20);
    expect(durable).toEqual([known + 1]);
    expect(failed).toHaveLength(1);
    expect(() => journal.append(claim, bytesOf('refused'))).toThrow(JournalFailedError);
    await journal.close();
    expect((await storedIn(disk)).slice(known).map(([, , text]) => text)).toEqual(['a']);
  });

  test('a power cut that takes one of them leaves what stands before, and the journal opens', async () => {
    const { disk, writes, known } = await underWay(['a', 'b', 'c']);
    await writes[0]?.finish();
    await writes[2]?.finish();
    await turns(3);
    const left = disk.afterPowerCut(() => 0);
    expect((await storedIn(left)).slice(known).map(([, , text]) => text)).toEqual(['a']);
    const journal = await openOn(left);
    journal.listen({ durable: () => undefined, failed: neverFailed });
    journal.append(journal.claim(firstGuild), bytesOf('b, again'));
    await journal.close();
    expect((await storedIn(left)).slice(known).map(([, , text]) => text)).toEqual(['a', 'b, again']);
  });

  test('a block that was told durable and cannot be read is damage, though others were on their way behind it', async () => {
    const { disk, journal, claim, writes } = await underWay(['the first', 'b', 'c']);
    for (const at of [0, 1, 2]) await writes[at]?.finish();
    await turns(3);
    journal.append(claim, bytesOf('later'));
    await turns(3);
    await writes[3]?.finish();
    await journal.close();
    const name = (await disk.list()).toSorted().at(-1) ?? expect.unreachable();
    const bytes = Buffer.from(disk.contentOf(name));
    bytes[bytes.indexOf('the first')] = 0;
    disk.replace(name, bytes);
    await expect(openOn(disk)).rejects.toThrow(DamagedStoreError);
  });

  test('a fast one has one block at a time', async () => {
    const held = heldFiles(memoryFiles());
    const journal = await openOn(held.files);
    await appendBlocks(
      journal,
      Array.from({ length: blocksUntilKnown }, () => '-'),
    );
    held.hold();
    const claim = journal.claim(firstGuild);
    for (const text of ['a', 'b', 'c']) {
      journal.append(claim, bytesOf(text));
      await turns(3);
    }
    expect(held.writes).toHaveLength(1);
    await held.writes[0]?.finish();
    await turns(3);
    expect(held.writes).toHaveLength(2);
    await held.writes[1]?.finish();
    await journal.close();
  });
});

describe('in a busy process', () => {
  /** A journal behind a block, on a fast disk whose writes wait for the test, and time that does. */
  const behindBlock = async () => {
    const held = heldFiles(memoryFiles());
    let nowMs = 0;
    const waits: { readonly ms: number; readonly run: () => void }[] = [];
    const journal = await openOn(held.files, 'power', {
      monotonicMs: () => nowMs,
      after: (ms, run) => waits.push({ ms, run }),
      isBusy: () => true,
    });
    const claim = journal.claim(firstGuild);
    held.hold();
    const append = (entries: number): void => {
      for (let entry = 0; entry < entries; entry += 1) journal.append(claim, bytesOf('-'));
    };
    append(1);
    await turns(3);
    await held.writes[0]?.finish();
    await turns(3);
    const pass = (): void => {
      const wait = waits.shift() ?? expect.unreachable();
      nowMs += wait.ms;
      wait.run();
    };
    return { journal, writes: held.writes, waits, append, pass };
  };

  test('entries share a block for three milliseconds', async () => {
    const { journal, writes, waits, append, pass } = await behindBlock();
    append(1);
    await turns(3);
    append(2);
    await turns(3);
    expect(writes).toHaveLength(1);
    expect(waits.map(({ ms }) => ms)).toEqual([3]);
    pass();
    expect(writes).toHaveLength(2);
    await writes[1]?.finish();
    await journal.close();
    expect(journal.durablePosition).toBe(4);
  });

  test('a full block waits for nothing, not even for the end of the turn', async () => {
    const { journal, writes, append } = await behindBlock();
    // It looks with each eighth entry, and this is the thirty-second.
    append(31);
    expect(writes).toHaveLength(2);
    await writes[1]?.finish();
    await journal.close();
    expect(journal.durablePosition).toBe(32);
  });
});

describe('when a block sets out', () => {
  const blockOf = (entries: number) => {
    const block = emptyBlock();
    for (let position = 1; position <= entries; position += 1) {
      block.put(position, guildBits(firstGuild), bytesOf('-'));
    }
    return block;
  };

  /** Flights over a disk whose flushes have taken so long; none is on its way, and the clock stands at 0. */
  const flightsOver = (flushMs: number, isBusy = false) => {
    let ms = -blocksUntilKnown * flushMs;
    const flights = openFlights(
      () => ms,
      () => isBusy,
    );
    for (let block = 0; block < blocksUntilKnown; block += 1) {
      const flight = flights.begin(blockOf(1), 1);
      ms += flushMs;
      flights.land(flight);
      flights.takeLanded();
    }
    return {
      flights,
      pass: (passedMs: number) => {
        ms += passedMs;
      },
    };
  };

  test.each([
    { flushMs: 0.6, most: 1 },
    { flushMs: 1, most: 4 },
    { flushMs: 5, most: 8 },
    { flushMs: 100, most: 8 },
  ])('on a disk of $flushMs ms at most $most are on their way', ({ flushMs, most }) => {
    const { flights, pass } = flightsOver(flushMs);
    let begun = 0;
    while (flights.waitMs(1) !== undefined && begun < 100) {
      flights.begin(blockOf(1), 1);
      begun += 1;
      pass(flushMs);
    }
    expect(begun).toBe(most);
  });

  test('one that is as large as the others are waits for nothing, a smaller one for its time', () => {
    const { flights, pass } = flightsOver(4);
    flights.begin(blockOf(10), 10);
    flights.begin(blockOf(10), 10);
    // Of six flights at most: four entries of twenty-four are as many as a sixth of all.
    expect(flights.waitMs(4)).toBe(0);
    expect(flights.waitMs(3)).toBeCloseTo(4 / 6);
    pass(0.5);
    expect(flights.waitMs(3)).toBeCloseTo(4 / 6 - 0.5);
    pass(0.5);
    expect(flights.waitMs(3)).toBe(0);
  });

  test('of a busy process it fills for three milliseconds from one to the next, or until it is full', () => {
    const { flights, pass } = flightsOver(0.25, true);
    expect(flights.waitMs(1)).toBe(2.75);
    expect(flights.waitMs(23)).toBe(2.75);
    expect(flights.waitMs(24)).toBe(0);
    pass(2);
    expect(flights.waitMs(1)).toBe(0.75);
    pass(0.75);
    expect(flights.waitMs(1)).toBe(0);
  });

  test.each([
    ['of a process with time to spare', 0.25, false],
    ['on a slow disk', 2, true],
  ])('%s it waits for nothing when none is on its way', (_, flushMs, isBusy) => {
    expect(flightsOver(flushMs, isBusy).flights.waitMs(1)).toBe(0);
  });
});
