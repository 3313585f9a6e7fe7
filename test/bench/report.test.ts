import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plans } from '../../bench/plan.ts';
import { documentOf, writeDocument } from '../../bench/report/document.ts';
import { mergeReports, reportOf } from '../../bench/report/report.ts';
import { type LatencyLine, type Measured, result } from '../../bench/report/result.ts';
import { dayPlot } from '../../bench/report/sections.ts';
import { targets } from '../../bench/report/targets.ts';
import { canDelay, compiler, delayedFlushes } from '../../bench/slow-disk/delay.ts';

const line = (capacityPercent: number, p99Ms: number): LatencyLine => ({
  name: '/pay',
  round: 1,
  rate: capacityPercent * 100,
  capacityPercent,
  requests: 1_000,
  p50Ms: 1,
  p90Ms: 2,
  p99Ms,
  p999Ms: p99Ms * 2,
  maxMs: p99Ms * 3,
  lagP99Ms: 0.1,
});
const peers: Measured = {
  results: [
    result('pay, ours', 'op/s', [60_000, 80_000, 70_000]),
    result('pay, append-group', 'op/s', [100_000, 90_000, 110_000]),
    result('pay, redis-alone', 'op/s', [1_000]),
    result('pay, redis-pipelined', 'op/s', [20_000]),
  ],
  peers: [
    { name: 'ours', peer: 'this bot', form: 'deployed', level: 'best', durable: true, refusedPercent: 0 },
    {
      name: 'append-group',
      peer: 'append-only file',
      form: 'grouped',
      level: 'best',
      durable: true,
      refusedPercent: 0,
      counted: { operations: 640, syncs: 10 },
    },
    { name: 'redis-pipelined', peer: 'Redis', form: 'A < B & C', level: 'best', durable: false, refusedPercent: 0 },
  ],
};
const latency: Measured = {
  results: [],
  latencies: [line(10, 2), line(50, 4), { ...line(50, 400), void: 'the generator was late' }],
};

test('a figure is the median of its rounds, with their range', () => {
  expect(result('x', 's', [5, 1, 3])).toEqual({ name: 'x', unit: 's', value: 3, min: 1, max: 5, rounds: [5, 1, 3] });
});

test('ratios are of medians, against the best form of a peer', () => {
  const { ratios } = reportOf([peers], '2026-01-01', false);
  expect(ratios['durable pay / append-file limit']).toBe(0.7);
  expect(ratios['durable pay / Redis, appendfsync always']).toBe(3.5);
  expect(ratios['durable pay / Elixir']).toBeUndefined();
});

test('a peer that is measured over other guilds is held against ours over the same', () => {
  const alike = { level: 'naive', durable: false, refusedPercent: 0 } as const;
  const few: Measured = {
    results: [result('pay, ours-large-guilds', 'op/s', [35_000]), result('pay, json-bots', 'op/s', [7])],
    peers: [
      { ...alike, name: 'ours-large-guilds', peer: 'this bot', form: 'few guilds' },
      { ...alike, name: 'json-bots', peer: 'JSON file', form: 'as bots do', beside: 'ours-large-guilds' },
    ],
  };
  const report = reportOf([peers, few], '2026-01-01', false);
  expect(report.ratios['durable pay / JSON file']).toBe(5_000);
  const page = documentOf(report);
  expect(page).toContain('| JSON file | as bots do | naive | 7 |  | 5,000 |');
  // Ours is not compared with itself.
  expect(page).toContain('| this bot | few guilds | naive | 35,000 |  |  |');
});

test('beside what is to be reached stands what nact alone reaches', () => {
  const nact: Measured = { results: [result('pay, nact-batched', 'op/s', [60_000])] };
  const report = reportOf([peers, nact], '2026-01-01', false);
  expect(report.nactAlone).toEqual({
    'durable pay / append-file limit': 0.6,
    'durable pay / Redis, appendfsync always': 3,
  });
  const page = documentOf(report);
  expect(page).toContain('| durable pay / append-file limit | at least 0.7 × | 0.7 × | yes | 0.6 × |');
  expect(page).toContain('| durable pay / Redis, appendfsync always | at least 2 × | 3.5 × | yes | 3 × |');
  expect(page).toContain('“nact alone” is');
  const slow: Measured = { results: [result('pay, ours', 'op/s', [30_000])] };
  const slower = documentOf(
    reportOf([{ ...peers, results: [...slow.results, ...peers.results.slice(1)] }, nact], '2026-01-01', false),
  );
  expect(slower).toContain('| at least 0.7 × | 0.3 × | **no**, nor by nact alone | 0.6 × |');
  expect(slower).toContain('| at least 2 × | 1.5 × | **no** | 3 × |');
});

test('a report without it says nothing of nact alone, and another run may add it', () => {
  const { nactAlone: _, ...before } = reportOf([peers], '2026-01-01', false);
  expect(documentOf(before)).not.toContain('“nact alone” is');
  const nact: Measured = { results: [result('pay, nact-batched', 'op/s', [60_000])] };
  const merged = mergeReports([before, reportOf([peers, nact], '2026-01-02', false), before]);
  expect(merged.nactAlone?.['durable pay / append-file limit']).toBe(0.6);
});

test('what could not be measured is in no report', () => {
  const { results, ratios } = reportOf(
    [{ results: [result('x', 's', [])], ratios: { y: Number.NaN } }],
    '2026-01-01',
    false,
  );
  expect(results).toEqual([]);
  expect(ratios).toEqual({});
});

test('of what was measured twice the later run counts', () => {
  const first = reportOf([peers, latency], '2026-01-01', false);
  const second = reportOf([{ results: [result('pay, ours', 'op/s', [1])] }], '2026-01-02', false);
  const merged = mergeReports([first, second]);
  expect(merged.results.find(({ name }) => name === 'pay, ours')?.value).toBe(1);
  expect(merged.results).toHaveLength(4);
  expect(merged.latencies).toHaveLength(3);
  expect(merged.ratios).toEqual(first.ratios);
});

test('the page says what is reached, leaves void runs out, and names no machine', () => {
  const page = documentOf(reportOf([peers, latency], '2026-01-01', false));
  expect(page).toContain('| durable pay / append-file limit | at least 0.7 × | 0.7 × | yes |');
  expect(page).toContain('| append-only file | grouped | best | 100,000 | 90,000 – 110,000 | 0.7 | 64 | 0 |');
  expect(page).toContain('| /pay | 50 | 5,000 | 1 | 2 | 4 | 8 | 1 | 1 |');
  expect(page).not.toContain('400');
  expect(page).not.toContain(tmpdir());
  if (hostname().length > 3) expect(page).not.toContain(hostname());
});

test('each part that was measured has its section', () => {
  const day: Measured = {
    results: [
      result('/pay through discord.js', 'op/s', [90]),
      result('echo bot, /pay', 'op/s', [100]),
      result('echo bot, /pay, processor time', 'µs', [250]),
      result('12 guilds in the gateway: login', 's', [1]),
      result('casino and shop, rows changed', 'rows/s', [80]),
      result('mixed day, Zipf 1.5', 'op/s', [70]),
    ],
    latencies: [
      { ...line(50, 4), name: 'mixed day, Zipf 0' },
      { ...line(50, 6), name: 'mixed day, Zipf 1.5: /pay' },
      { ...line(50, 777), name: 'mixed day, Zipf 1.5', void: 'the generator was late' },
    ],
  };
  const page = documentOf(reportOf([day], '2026-01-01', false));
  expect(page).toContain('| /pay | 90 | 100 | 0.9 | – | – | – | 250 |');
  for (const title of ['The mixed day', 'Through Discord', 'Casino and shop']) expect(page).toContain(`## ${title}`);
  const plot = dayPlot(reportOf([day], '2026-01-01', false));
  expect(plot).not.toContain('NaN');
  // Everything, and pays.
  expect(plot?.match(/<polyline /g)).toHaveLength(2);
  expect(plot?.match(/<circle /g)).toHaveLength(2);
  const without = documentOf(reportOf([peers], '2026-01-01', false));
  expect(without).not.toContain('## Through Discord');
});

test('every target names a figure that a full run measures', () => {
  const { day } = plans.full;
  const names = targets.map(({ name }) => name);
  const count = (value: number): string => value.toLocaleString('en');
  expect(names).toContain(`recovery of ${count(day.recoveryOperations)} operations: most memory`);
  expect(names).toContain(`/leaderboard of ${count(day.leaderboardMembers)} members, cold, p99`);
  expect(names).toContain(`from start to the first answer, ${count(day.guilds)} guilds`);
});

test('plots are drawn from every figure', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-report-'));
  await writeDocument(reportOf([peers, latency], '2026-01-01', false), folder);
  const bars = await readFile(join(folder, 'benchmarks', 'peers.svg'), 'utf8');
  const lines = await readFile(join(folder, 'benchmarks', 'latency.svg'), 'utf8');
  for (const svg of [bars, lines]) {
    expect(svg).toMatch(/^<svg [^>]*>/);
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('undefined');
  }
  // The ground, and a bar for each durable peer.
  expect(bars.match(/<rect /g)).toHaveLength(3);
  expect(lines.match(/<polyline /g)).toHaveLength(3);
  await rm(folder, { recursive: true });
});

test.skipIf(!canDelay())(canDelay() ? 'the delay compiles' : `no compiler; ${compiler.install}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-delay-'));
  expect(delayedFlushes(folder, 1_000)['FLUSH_DELAY_US']).toBe('1000');
  await rm(folder, { recursive: true });
});
