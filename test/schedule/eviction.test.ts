import { expect, test } from 'vitest';
import { deployedIdleMs, startEviction } from '../../src/schedule/eviction.ts';
import { fakeWaits } from './fake-waits.ts';

test('a few guilds are looked at each time, until it is stopped', () => {
  const waits = fakeWaits();
  const looks: (readonly [idleMs: number, looksMax: number])[] = [];
  const stop = startEviction({ evictIdle: (...look) => looks.push(look) }, waits);
  waits.pass(50);
  waits.pass(50);
  expect(looks).toEqual([
    [deployedIdleMs, 200],
    [deployedIdleMs, 200],
  ]);
  stop();
  waits.pass(1_000);
  expect(looks).toHaveLength(2);
});
