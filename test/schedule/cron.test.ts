import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EpochMs, epochMs } from '../../src/kernel/ids.ts';
import { calendar, ScheduleError } from '../../src/schedule/cron.ts';

const at = (text: string): EpochMs => epochMs(Date.parse(text));
const iso = (time: number): string => new Date(time).toISOString().slice(0, 16);

/** The first `count` occurrences after a time, each found from the one before. */
const walk = (pattern: string, zone: string, after: string, count: number): readonly string[] => {
  const found: string[] = [];
  let last = at(after);
  while (found.length < count) {
    last = calendar.next(pattern, zone, last);
    found.push(iso(last));
  }
  return found;
};

// Clocks go from 02:00 to 03:00 and from 03:00 to 02:00 (Paris), 02:00 to 03:00 and 02:00 to 01:00 (New York),
// 02:00 to 02:30 and 02:00 to 01:30 (Lord Howe). Source: the IANA's time zone database.
describe('clocks that are put forward', () => {
  test.each([
    ['Europe/Paris', '30 2 * * *', '2026-03-28T00:00Z', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
    [
      'America/New_York',
      '30 2 * * *',
      '2026-03-07T00:00Z',
      ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30'],
    ],
    [
      'Australia/Lord_Howe',
      '15 2 * * *',
      '2026-10-02T16:00Z',
      ['2026-10-03T15:30', '2026-10-04T15:15', '2026-10-05T15:15'],
    ],
  ])('%s: a time of day in the gap runs right after it, once', (zone, pattern, after, expected) => {
    expect(walk(pattern, zone, after, 3)).toEqual(expected);
  });

  test('a list of times in the gap runs once', () => {
    expect(walk('0,30 2 * * *', 'Europe/Paris', '2026-03-29T00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:00',
    ]);
  });

  test.each([
    ['Europe/Paris', '2026-03-29T00:30Z', ['2026-03-29T00:45', '2026-03-29T01:00', '2026-03-29T01:15']],
    ['America/New_York', '2026-03-08T06:30Z', ['2026-03-08T06:45', '2026-03-08T07:00', '2026-03-08T07:15']],
    ['Australia/Lord_Howe', '2026-10-03T15:00Z', ['2026-10-03T15:15', '2026-10-03T15:30', '2026-10-03T15:45']],
  ])('%s: each fifteen minutes goes on', (zone, after, expected) => {
    expect(walk('*/15 * * * *', zone, after, 3)).toEqual(expected);
  });
});

describe('clocks that are put back', () => {
  test.each([
    ['Europe/Paris', '30 2 * * *', '2026-10-24T00:00Z', ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-10-31T00:00Z',
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-03T00:00Z',
      ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
    ],
  ])('%s: a time of day that comes twice runs the first time', (zone, pattern, after, expected) => {
    expect(walk(pattern, zone, after, 3)).toEqual(expected);
    // Also when asked from between the two.
    expect(iso(calendar.next(pattern, zone, at(`${expected[1]}:01Z`)))).toBe(expected[2]);
  });

  test.each([
    ['Europe/Paris', '2026-10-24T23:50Z'],
    ['America/New_York', '2026-11-01T04:50Z'],
    ['Australia/Lord_Howe', '2026-04-04T13:50Z'],
  ])('%s: each fifteen minutes goes on, on both passes', (zone, after) => {
    const found = walk('*/15 * * * *', zone, after, 16).map((time) => Date.parse(`${time}Z`));
    expect(found.map((time, index) => time - (found[index - 1] ?? time - 900_000))).toEqual(Array(16).fill(900_000));
  });
});

const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Cairo'];
const patterns = [
  '*/15 * * * *',
  '0 * * * *',
  '30 2 * * *',
  '0,30 1-3 * * *',
  '0 0 * * *',
  '5 */6 * * 1',
  '0 9 1 * *',
  '0 0 29 2 *',
];
const twoYears: readonly [number, number] = [Date.parse('2026-01-01T00:00Z'), Date.parse('2028-06-01T00:00Z')];
const times = fc.integer({ min: twoYears[0], max: twoYears[1] }).map(epochMs);

test('occurrences strictly rise, and every time between two of them leads to the later one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...patterns),
      times,
      fc.nat(),
      (zone, pattern, from, part) => {
        const first = calendar.next(pattern, zone, from);
        const second = calendar.next(pattern, zone, first);
        expect(first).toBeGreaterThan(from);
        expect(second).toBeGreaterThan(first);
        // Without what the last question left behind: a pattern spelt otherwise is another one.
        const between = epochMs(first + (part % (second - first)));
        expect(calendar.next(`${pattern}  `, zone, between)).toBe(second);
      },
    ),
    { numRuns: 500 },
  );
});

test('the latest occurrence and the count are those that walking finds', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...patterns),
      times,
      fc.integer({ min: 0, max: 3 * 86_400_000 }),
      (zone, pattern, after, spanMs) => {
        const until = epochMs(after + spanMs);
        const walked: number[] = [];
        for (let next = calendar.next(pattern, zone, after); next <= until; next = calendar.next(pattern, zone, next))
          walked.push(next);
        const last = walked.at(-1);
        expect(calendar.latest(pattern, zone, after, until)).toEqual(
          last === undefined ? undefined : { at: last, count: walked.length },
        );
      },
    ),
    { numRuns: 500 },
  );
});

describe('the latest occurrence', () => {
  const after = at('2026-01-01T00:00Z');

  test('counts to 1,000 and no further, and is the last one all the same', () => {
    expect(calendar.latest('* * * * *', 'UTC', after, at('2026-02-01T12:00:30Z'))).toEqual({
      at: at('2026-02-01T12:00Z'),
      count: 1_000,
    });
  });

  test('may be at `until`, and is never at `after`', () => {
    const midnight = at('2026-01-02T00:00Z');
    expect(calendar.latest('0 0 * * *', 'UTC', after, midnight)).toEqual({ at: midnight, count: 1 });
    expect(calendar.latest('0 0 * * *', 'UTC', midnight, at('2026-01-02T23:59Z'))).toBeUndefined();
    expect(calendar.latest('0 0 * * *', 'UTC', after, epochMs(midnight - 1))).toBeUndefined();
  });
});

describe('29 February', () => {
  test('comes in leap years only', () => {
    expect(walk('0 0 29 2 *', 'UTC', '2096-03-01T00:00Z', 2)).toEqual(['2104-02-29T00:00', '2108-02-29T00:00']);
  });

  test('the last day of February comes each year', () => {
    expect(walk('0 0 L 2 *', 'UTC', '2027-01-01T00:00Z', 2)).toEqual(['2027-02-28T00:00', '2028-02-29T00:00']);
  });
});

describe('what is no schedule', () => {
  test.each([
    ['61 * * * *', 'UTC', /"61 \* \* \* \*" in the time zone "UTC" is no schedule: .*minute/],
    ['* * * *', 'UTC', /five fields/],
    ['0 0 0 * * *', 'UTC', /five fields/],
    ['@daily', 'UTC', /five fields/],
    ['? * * * *', 'UTC', /another time at each start/],
    ['0 0 30 2 *', 'UTC', /never comes/],
    ['0 0 * * *', 'Nowhere/There', /"Nowhere\/There" is no time zone/],
    ['0 0 * * *', '', /"" is no time zone/],
  ])('%s in %s', (pattern, zone, words) => {
    expect(() => calendar.next(pattern, zone, epochMs(0))).toThrow(ScheduleError);
    expect(() => calendar.next(pattern, zone, epochMs(0))).toThrow(words);
  });

  test('a zone without a date', () => {
    expect(() => calendar.dateOf('Nowhere/There', epochMs(0))).toThrow(ScheduleError);
  });
});

test('dates are those of the zone', () => {
  const time = at('2026-12-31T23:30Z');
  expect(calendar.dateOf('UTC', time)).toBe('2026-12-31');
  expect(calendar.dateOf('Asia/Kolkata', time)).toBe('2027-01-01');
  expect(calendar.dateOf('America/New_York', at('2026-03-01T04:59Z'))).toBe('2026-02-28');
});

test('a schedule that was pushed out by many others is read again', () => {
  const first = calendar.next('0 12 * * *', 'UTC', at('2026-01-01T00:00Z'));
  for (let minute = 0; minute < 60; minute += 1) {
    for (let hour = 0; hour < 24; hour += 1) calendar.next(`${minute} ${hour} * * *`, 'UTC', first);
  }
  expect(calendar.next('0 12 * * *', 'UTC', at('2026-01-01T00:00Z'))).toBe(first);
});
