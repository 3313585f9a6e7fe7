import { expect, test } from 'vitest';
import { createIds, isSnowflake, shardOf } from '../../src/simulator/snowflake.ts';

test('ids are never the same and never go back, whatever the clock does', () => {
  const times = [1_800_000_000_000, 1_800_000_000_000, 1_799_999_999_000, 1_800_000_000_001];
  let place = 0;
  const nextId = createIds(() => times[place++] ?? 0);
  const ids = times.map(() => nextId());
  expect(ids.every(isSnowflake)).toBe(true);
  expect(ids.map(BigInt)).toEqual(ids.map(BigInt).toSorted((left, right) => (left < right ? -1 : 1)));
  expect(new Set(ids).size).toBe(ids.length);
});

test('servers are spread over shards by the time they were made', () => {
  expect(shardOf((5n << 22n).toString(), 3)).toBe(2);
  expect(shardOf((6n << 22n).toString(), 3)).toBe(0);
});
