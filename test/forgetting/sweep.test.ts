import { expect, test } from 'vitest';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs } from '../../src/kernel/ids.ts';
import { sweep } from '../../src/kernel/job.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import { timerAttemptsMax, timers } from '../../src/kernel/timer.ts';
import { alice, bob, dayMs, type Ground, ground, startOfTime } from './ground.ts';
import { purse, purses } from './purse.ts';

const count = sweep({ name: 'purse.count', version: 1, rows: purses, step: () => undefined });
const counting: Feature = {
  ...purse,
  operations: [...purse.operations, count],
  jobs: [{ operation: count, pattern: '0 0 * * *', zone: 'UTC', realm: 'guilds', once: 'a day', missed: 'once' }],
};

const key = encodeKey(timers.key, ['purse.count', '2026-08-01']);

/** The guild after alice was erased while a sweep had come to her. */
const erasedDuringSweep = (attempts: number): Ground => {
  const g = ground([counting]);
  for (const who of [alice, bob]) g.ask(who, 'purse.begin');
  const input = { date: '2026-08-01', dueAt: startOfTime, missed: 0, after: [alice] };
  const at = epochMs(startOfTime + 10 * dayMs);
  g.force({ collection: timers, key, before: undefined, after: { at, version: 1, input, attempts } });
  g.tell('core.member-left', { member: alice });
  g.wait(3 * dayMs);
  return g;
};

test('the place that a running sweep has come to stays, whoever it names, and goes with the last step', () => {
  const g = erasedDuringSweep(0);
  expect(g.rows().filter((row) => row.includes(alice))).toHaveLength(1);
  g.wait(8 * dayMs);
  expect(g.state.row(timers, key)).toBeUndefined();
  expect(g.rows().filter((row) => row.includes(alice))).toEqual([]);
});

test('of a sweep that was given up nothing is kept', () => {
  const g = erasedDuringSweep(timerAttemptsMax);
  expect(g.rows().filter((row) => row.includes(alice))).toEqual([]);
});
