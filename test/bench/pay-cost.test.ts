import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measurePayCost } from '../../bench/pay-cost/part.ts';
import { figureOf, guildsFigure, rungs } from '../../bench/pay-cost/rungs.ts';
import { countCosts } from '../../bench/peers/costs.ts';
import { openOurs } from '../../bench/peers/ours.ts';
import { peerPlan } from '../../bench/peers/part.ts';
import { type Ground, neverMs } from '../../bench/peers/peer.ts';
import { peerRunner } from '../../bench/peers/run.ts';
import { unwritten } from '../../bench/peers/unwritten.ts';
import { plans } from '../../bench/plan.ts';
import { documentOf, writeDocument } from '../../bench/report/document.ts';
import { reportOf } from '../../bench/report/report.ts';
import { result } from '../../bench/report/result.ts';
import { removeFolder, scratchFolder } from '../../bench/scratch.ts';
import { memoryFiles } from '../../src/storage/journal/memory-files.ts';

const timeout = 120_000;

test('every rung is measured, and is compared with one of before', { timeout }, async () => {
  const { results } = await measurePayCost(plans.tiny, () => undefined);
  const valueOf = (name: string): number => results.find((one) => one.name === name)?.value ?? Number.NaN;
  rungs.forEach((rung, index) => {
    expect(valueOf(figureOf(rung, 'operations')), rung.name).toBeGreaterThan(0);
    expect(valueOf(figureOf(rung, 'cpu')), rung.name).toBeGreaterThan(0);
    expect(valueOf(figureOf(rung, 'gc')), rung.name).toBeGreaterThanOrEqual(0);
    const before = rungs.slice(0, index).map(({ name }) => name);
    if (index > 0) expect(before).toContain(rung.over);
  });
  expect(valueOf(guildsFigure)).toBe(plans.tiny.payCost.guilds);
});

test('a round may be other than the plan: without snapshots', { timeout }, async () => {
  const runner = await peerRunner(peerPlan(plans.tiny));
  const deployed = await runner.round('ours', 1);
  const without = await runner.round('ours', 1, { ground: { snapshotIntervalMs: neverMs, snapshotsLeast: 0 } });
  await runner.close();
  expect(deployed.figures['snapshots']).toBeGreaterThan(0);
  expect(without.figures['snapshots']).toBe(0);
});

test('ours pays over a journal that writes nothing, and over one that does', { timeout }, async () => {
  const ground: Omit<Ground, 'folder' | 'journal'> = {
    ...plans.tiny.pays,
    seed: 1,
    exponent: 1,
    warmUpMs: 0,
    durationMs: 0,
    recordBytes: 0,
    snapshotIntervalMs: neverMs,
    snapshotsLeast: 0,
    prepared: undefined,
  };
  for (const journal of ['unwritten', 'written'] as const) {
    const folder = await scratchFolder();
    const peer = await openOurs({ ...ground, folder, journal });
    const content = async (): Promise<readonly string[]> => {
      const names = await readdir(join(folder, 'journal'));
      const files = names.map((name) => readFile(join(folder, 'journal', name)));
      return (await Promise.all(files)).map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    };
    const before = await content();
    expect(await peer.pay({ guild: 1, payer: 0, receiver: 1, id: 1 })).toBe(true);
    const after = await content();
    if (journal === 'unwritten') expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
    expect((await peer.audit()).ledgerRows).toBe((peer.ledgerRowsBefore ?? 0) + 1);
    await peer.close();
    await removeFolder(folder);
  }
});

test('a journal that writes nothing is answered, and leaves its files as they were', async () => {
  const disk = memoryFiles();
  const file = await unwritten(disk).create('one');
  await file.write(Uint8Array.of(1, 2), 0);
  await file.writeDurably(Uint8Array.of(3, 4), 0);
  expect(disk.contentOf('one')).toEqual(Uint8Array.of(1, 2));
  const again = await unwritten(disk).open('one');
  await again.writeDurably(Uint8Array.of(5), 0);
  expect(disk.contentOf('one')).toEqual(Uint8Array.of(1, 2));
  const read = new Uint8Array(2);
  expect(again.read(0, read)).toBe(2);
  expect(read).toEqual(Uint8Array.of(1, 2));
});

test('what a process spends is counted from when it was begun', async () => {
  const unspent = countCosts()();
  const costs = countCosts();
  let kept: unknown[] = [];
  for (let index = 0; index < 2_000_000; index += 1) kept = index % 1_000 === 0 ? [] : [...kept.slice(-3), { index }];
  expect(kept).not.toHaveLength(0);
  // A collection is told of in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  const { cpuUs, gcMs } = costs();
  expect(gcMs).toBeGreaterThan(0);
  expect(cpuUs).toBeGreaterThan(gcMs);
  expect(unspent.gcMs).toBe(0);
});

const measured = {
  results: [
    ...rungs.flatMap((rung, index) => [
      result(figureOf(rung, 'operations'), 'op/s', [1_000 * (index + 1)]),
      result(figureOf(rung, 'cpu'), 'µs', [4 ** index, 4 ** index + 1, 4 ** index - 0.5]),
      result(figureOf(rung, 'gc'), 'ms/s', [index]),
    ]),
    result(guildsFigure, '', [12_345]),
  ],
};

test('the page tells what each layer costs more, and how many guilds there were', () => {
  const page = documentOf(reportOf([measured], '2026-01-01', false));
  expect(page).toContain('## What a pay costs');
  expect(page).toContain('between 12,345 guilds');
  expect(page).toContain('| a reducer in memory and a log | 1,000 | 1 | 0.5 – 2 |  |  | 0 | 0 |');
  expect(page).toContain(
    '| this bot, its journal on the disk | 4,000 | 64 | 63.5 – 65 | 48 | this bot, a journal that writes nothing | 3 | 0.75 |',
  );
  // Not with the one before it, which goes over snapshots.
  expect(page).toContain('| 1,024 | 1,024 – 1,025 | 960 | this bot, its journal on the disk | 5 | 0.83 |');
});

test('the plot of a pay has a bar for each layer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-report-'));
  await writeDocument(reportOf([measured], '2026-01-01', false), folder);
  const svg = await readFile(join(folder, 'benchmarks', 'pay-cost.svg'), 'utf8');
  // The ground, and a bar for each.
  expect(svg.match(/<rect /g)).toHaveLength(1 + rungs.length);
  expect(svg).not.toContain('NaN');
  await rm(folder, { recursive: true });
});
