import { expect, test } from 'vitest';
import { guildId } from '../../src/kernel/ids.ts';
import { Places } from '../../src/storage/places.ts';
import type { EntryPlace, Journal, Position, ReplayedEntry } from '../../src/storage/ports.ts';
import { Tail } from '../../src/storage/tail.ts';

const guilds = ['111111111111111111', '222222222222222222', '333333333333333333'].map(guildId);
const after = (2 ** 40) as Position;

/** More entries than a piece of `Places` holds, of three guilds in turn, with gaps as a restore of one guild leaves. */
const entries = Array.from({ length: 30_000 }, (_, index): ReplayedEntry => {
  const bytes = Buffer.from(`entry ${index}`);
  const guild = guilds[index % guilds.length] ?? expect.unreachable();
  return { guild, position: (after + 1 + 2 * index) as Position, offset: 100 * index, bytes };
});

const journalWith = (read: (place: EntryPlace) => Uint8Array): Journal => {
  const reader: Pick<Journal, 'read'> = { read };
  return reader as Journal;
};

/** As a journal does, it reads all into the same memory. */
const scratch = Buffer.alloc(100);
const journal = journalWith(({ position, offset, length }) => {
  const entry = entries[offset / 100];
  expect(entry).toMatchObject({ position, bytes: { length } });
  scratch.set(entry?.bytes ?? []);
  return scratch.subarray(0, length);
});

const gathered = (): readonly Tail[] => {
  const places = new Places(after);
  const tails = guilds.map((guild) => new Tail(guild, places));
  for (const [index, entry] of entries.entries()) tails[index % guilds.length]?.add(entry);
  return tails;
};

const told = (tail: Tail, above: Position = after): readonly string[] =>
  Array.from(
    tail.entries(journal, above),
    ({ guild, position, bytes }) => `${guild} ${position} ${Buffer.from(bytes).toString()}`,
  );
const expected = (guild: number): readonly string[] =>
  entries
    .filter((_, index) => index % guilds.length === guild)
    .map((entry) => `${entry.guild} ${entry.position} ${Buffer.from(entry.bytes).toString()}`);

test('each guild gets its own entries back, all of them or those above a position', () => {
  for (const [guild, tail] of gathered().entries()) {
    expect(tail.length).toBe(10_000);
    expect(told(tail)).toEqual(expected(guild));
    expect(told(tail, entries[29_990]?.position)).toEqual(expected(guild).slice(-3));
    expect(tail.goesBeyond(entries[29_990]?.position ?? after)).toBe(true);
    expect(tail.goesBeyond(entries[29_999]?.position ?? after)).toBe(false);
  }
});

test('a tail is taken off from its front, part by part', () => {
  for (const [guild, tail] of gathered().entries()) {
    const parts: string[] = [];
    while (tail.length > 0) {
      const front = tail.front(3_000, Number.POSITIVE_INFINITY);
      const part = told(front);
      expect(part).toHaveLength(front.length);
      const [, newest] = (part.at(-1) ?? '').split(' ');
      expect(front.goesBeyond((Number(newest) - 1) as Position)).toBe(true);
      expect(front.goesBeyond(Number(newest) as Position)).toBe(false);
      parts.push(...part);
      tail.drop(3_000);
    }
    expect(parts).toEqual(expected(guild));
    expect(tail.goesBeyond(after)).toBe(false);
    expect(told(tail)).toEqual([]);
  }
});

test('a part has no more bytes than asked for, unless it is one entry', () => {
  const [tail = expect.unreachable()] = gathered();
  // The first entries are `entry 0`, `entry 3`, `entry 6`, `entry 9`, `entry 12`.
  for (const [bytesMax, length] of [
    [0, 1],
    [7, 1],
    [14, 2],
    [28, 4],
    [35, 4],
    [36, 5],
  ] as const) {
    const front = tail.front(3_000, bytesMax);
    expect(told(front)).toEqual(expected(0).slice(0, length));
    expect(front.goesBeyond(entries[3 * length - 4]?.position ?? after)).toBe(true);
    expect(front.goesBeyond(entries[3 * length - 3]?.position ?? after)).toBe(false);
  }
});

test('an entry that has changed is not given', () => {
  const [tail = expect.unreachable()] = gathered();
  const changed = journalWith((place) => {
    const bytes = journal.read(place);
    if (place.offset === 300) bytes[0] = 0;
    return bytes;
  });
  const reading = tail.entries(changed, after);
  expect(reading.next().value?.position).toBe(after + 1);
  expect(() => reading.next()).toThrow(/was changed while it was in use/);
});
