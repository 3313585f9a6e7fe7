import { describe, expect, test } from 'vitest';
import {
  addAnswer,
  findAnswer,
  forgetSettled,
  type Ring,
  returnRing,
  settleRing,
  storedRing,
  takeRingChanges,
} from '../../../src/storage/deduplication.ts';
import type { Rows } from '../../../src/storage/ports.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';

const prefix = 'guild\u001f~ring\u001f';
const minutes = 60_000;
const outcome = Buffer.from('outcome');

/** The id of an interaction that Discord made at a time of its own epoch; `serial` tells those of one millisecond apart. */
const idOf = (ms: number, serial = 0): string => String((BigInt(ms) << 22n) + BigInt(serial));

const snapshot = async (rows: Rows, ring: Ring, now: number): Promise<number> => {
  const changes = takeRingChanges(ring, now);
  await rows.write(changes.writes.map(({ key, encode }) => ({ key, value: encode() })));
  settleRing(ring, changes);
  return changes.writes.length;
};

const chunksIn = (rows: Rows): number =>
  rows.range({ from: prefix, to: `${prefix}~`, reverse: false, limit: 10_000 }).length;

describe('answers of interactions', () => {
  test.each([
    ['in memory', false],
    ['on disk', true],
  ])('are known for 15 minutes by the guild and by Discord, %s', async (_, stored) => {
    const rows = memoryRows();
    let ring = storedRing(rows, prefix, 0, '');
    const first = idOf(1_000);
    addAnswer(ring, first, 0, outcome);
    const reopen = async (): Promise<void> => {
      if (!stored) return;
      await snapshot(rows, ring, 0);
      ring = storedRing(rows, prefix, ring.nextChunk, ring.newest);
    };
    await reopen();
    expect(findAnswer(ring, idOf(1_000, 1), 0)).toBeUndefined();
    // The clock of the machine jumped, and with it the guild's: what Discord delivers now may be what it delivered before.
    expect(Buffer.from(findAnswer(ring, first, 10 ** 9) ?? [])).toEqual(outcome);
    addAnswer(ring, idOf(1_000 + 15 * minutes), 15 * minutes, outcome);
    await reopen();
    expect(Buffer.from(findAnswer(ring, first, 10 ** 9) ?? [])).toEqual(outcome);
    addAnswer(ring, idOf(1_002 + 15 * minutes), 15 * minutes, outcome);
    expect(Buffer.from(findAnswer(ring, first, 15 * minutes) ?? [])).toEqual(outcome);
    expect(findAnswer(ring, first, 15 * minutes + 1)).toBeUndefined();
  });

  test('are read from disk where memory lets go of what a snapshot wrote', async () => {
    const rows = memoryRows();
    const ring = storedRing(rows, prefix, 0, '');
    addAnswer(ring, idOf(1), 0, outcome);
    await snapshot(rows, ring, 0);
    addAnswer(ring, idOf(2), 0, outcome);
    forgetSettled(ring);
    expect(ring.settled.byRequest.size).toBe(0);
    for (const id of [idOf(1), idOf(2)]) expect(Buffer.from(findAnswer(ring, id, 0) ?? [])).toEqual(outcome);
  });

  test('are written once, and their rows go when all in them is too old', async () => {
    const rows = memoryRows();
    const ring = storedRing(rows, prefix, 0, '');
    let written = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      expect(findAnswer(ring, idOf(minute * minutes), minute * minutes)).toBeUndefined();
      addAnswer(ring, idOf(minute * minutes), minute * minutes, outcome);
      written += await snapshot(rows, ring, minute * minutes);
    }
    expect(chunksIn(rows)).toBe(16);
    expect(ring.chunks?.length).toBe(16);
    // In memory are those of the last snapshot alone.
    expect(ring.settled.byRequest.size).toBe(1);
    // One row for each snapshot, and each is removed once.
    expect(written).toBe(60 + 44);
  });

  test('are bounded in number, the oldest go first', async () => {
    const rows = memoryRows();
    const ring = storedRing(rows, prefix, 0, '');
    findAnswer(ring, idOf(99), 0);
    for (let round = 0; round < 30; round += 1) {
      for (let at = 0; at < 1_000; at += 1) addAnswer(ring, idOf(round, at), round, outcome);
      await snapshot(rows, ring, round);
    }
    expect(ring.chunks?.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    expect(findAnswer(ring, idOf(9), 30)).toBeUndefined();
    expect(Buffer.from(findAnswer(ring, idOf(10), 30) ?? [])).toEqual(outcome);
    expect(chunksIn(rows)).toBeLessThanOrEqual(20_000 / 64 + 40);
    expect(findAnswer(storedRing(rows, prefix, ring.nextChunk, ring.newest), idOf(29, 999), 30)).toBeDefined();
  });

  test('of a snapshot that failed are in the next one', async () => {
    const rows = memoryRows();
    const ring = storedRing(rows, prefix, 0, '');
    addAnswer(ring, idOf(1), 1, outcome);
    takeRingChanges(ring, 1);
    addAnswer(ring, idOf(2), 2, outcome);
    expect([findAnswer(ring, idOf(1), 2), findAnswer(ring, idOf(2), 2)]).toEqual([outcome, outcome]);
    returnRing(ring);
    await snapshot(rows, ring, 2);
    const again = storedRing(rows, prefix, ring.nextChunk, ring.newest);
    expect(findAnswer(again, idOf(1), 2)).toBeDefined();
    expect(findAnswer(again, idOf(2), 2)).toBeDefined();
  });
});
