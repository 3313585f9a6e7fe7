import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { watchUtilization } from '../../../src/storage/journal/utilization.ts';

const computeFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('a process that computes is busy, and is not when it waits', async () => {
  const isBusy = watchUtilization();
  expect(isBusy()).toBe(false);
  await vi.waitFor(
    async () => {
      computeFor(200);
      await sleep(1);
      expect(isBusy()).toBe(true);
    },
    { timeout: 10_000 },
  );
  await vi.waitFor(
    async () => {
      await sleep(500);
      expect(isBusy()).toBe(false);
    },
    { timeout: 10_000 },
  );
});
