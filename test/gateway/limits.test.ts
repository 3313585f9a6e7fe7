import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { answersStopAt, createBreaker, workStopsAt } from '../../src/gateway/breaker.ts';
import { createBucket } from '../../src/gateway/bucket.ts';
import { createIdentifyPacing } from '../../src/gateway/identify.ts';

describe('bucket', () => {
  property.prop([
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 200 }),
  ])('no window holds more starts than allowed, nobody overtakes, nobody waits without need', (starts, gaps) => {
    const bucket = createBucket({ starts, windowMs: 1_000, waitMsMax: Number.POSITIVE_INFINITY });
    const given: number[] = [];
    let nowMs = 0;
    for (const gap of gaps) {
      nowMs += gap;
      const startMs = bucket.reserve(nowMs) ?? Number.NaN;
      const earlier = given.at(-starts);
      expect(startMs).toBe(earlier === undefined ? nowMs : Math.max(nowMs, earlier + 1_000));
      expect(startMs).toBeGreaterThanOrEqual(given.at(-1) ?? 0);
      given.push(startMs);
    }
  });

  test('refuses what would wait too long, and keeps no place for it', () => {
    const bucket = createBucket({ starts: 1, windowMs: 1_000, waitMsMax: 1_500 });
    expect(bucket.reserve(0)).toBe(0);
    expect(bucket.reserve(0)).toBe(1_000);
    expect(bucket.reserve(0)).toBeUndefined();
    expect(bucket.reserve(500)).toBe(2_000);
  });
});

describe('breaker', () => {
  const noteMany = (count: number, status: number, nowMs: number) => {
    const breaker = createBreaker();
    for (let one = 0; one < count; one += 1) breaker.note(status, nowMs);
    return breaker;
  };

  test.each([401, 403, 429])('stops work well before a ban by %i, answers later', (status) => {
    const breaker = noteMany(workStopsAt - 1, status, 0);
    expect(breaker.allows('work', 0)).toBe(true);
    breaker.note(status, 0);
    expect(breaker.allows('work', 0)).toBe(false);
    expect(breaker.allows('answer', 0)).toBe(true);
    for (let one = workStopsAt; one < answersStopAt; one += 1) breaker.note(status, 0);
    expect(breaker.allows('answer', 0)).toBe(false);
  });

  test('goes on when the invalid requests are ten minutes old', () => {
    const breaker = noteMany(answersStopAt, 429, 5_000);
    expect(breaker.allows('answer', 599_999)).toBe(false);
    expect(breaker.allows('work', 605_000)).toBe(true);
    expect(breaker.count(605_000)).toBe(0);
  });

  test('does not mind other statuses', () => {
    for (const status of [200, 204, 400, 404, 500, 503]) {
      expect(noteMany(answersStopAt, status, 0).allows('work', 0)).toBe(true);
    }
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 120 })])(
    'counts what is younger than ten minutes, by its step of ten seconds',
    (gaps) => {
      const breaker = createBreaker();
      const times: number[] = [];
      let nowMs = 0;
      for (const gap of gaps) {
        nowMs += gap;
        breaker.note(403, nowMs);
        times.push(nowMs);
        const step = (ms: number): number => Math.floor(ms / 10_000);
        expect(breaker.count(nowMs)).toBe(times.filter((time) => step(nowMs) - step(time) < 60).length);
      }
    },
  );
});

test('a shard that keeps losing its session logs in far less than 1,000 times a day', () => {
  const pacing = createIdentifyPacing();
  const dayMs = 86_400_000;
  let logins = 0;
  for (let nowMs = 0; nowMs < dayMs; logins += 1) nowMs += pacing.delayMs(0, nowMs) + 500;
  expect(logins).toBeLessThan(400);
});

test('a shard logs in at once after a quiet hour, whatever the others do', () => {
  const pacing = createIdentifyPacing();
  for (let one = 0; one < 20; one += 1) pacing.delayMs(0, one);
  expect(pacing.delayMs(0, 20)).toBeGreaterThan(0);
  expect(pacing.delayMs(1, 20)).toBe(0);
  expect(pacing.delayMs(0, 8_000_000)).toBe(0);
});
