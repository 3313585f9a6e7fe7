import { expect, test } from 'vitest';
import { measureManyGuilds, measureRoundTrips } from '../../bench/discord/part.ts';
import { plans } from '../../bench/plan.ts';

const tiny = { ...plans.tiny, roundTrips: 60, gateway: { guilds: 12, rounds: 1, waitMs: 1 } };

test('round trips and messages, ours beside an echo bot', { timeout: 120_000 }, async () => {
  const { results } = await measureRoundTrips(tiny, () => undefined);
  for (const command of ['pay', 'balance', 'leaderboard']) {
    const rates = results.filter(({ name, unit }) => unit === 'op/s' && name.includes(`/${command}`));
    expect(rates).toHaveLength(2);
    for (const { value } of rates) expect(value).toBeGreaterThan(0);
  }
  const times = results.filter(({ name }) => name.endsWith('processor time'));
  expect(times).toHaveLength(8);
  for (const { value, name } of times) expect(value, name).toBeGreaterThanOrEqual(0);
});

test('both bots log in to many guilds over several shards, and answer in them', { timeout: 120_000 }, async () => {
  const { results } = await measureManyGuilds(tiny, () => undefined);
  expect(results.map(({ name }) => name)).toContain('12 guilds in the gateway: memory in use over a bare client');
  for (const { value, unit } of results) if (unit === 's') expect(value).toBeGreaterThan(0);
  expect(results.at(-1)?.value).toBeGreaterThan(0);
});
