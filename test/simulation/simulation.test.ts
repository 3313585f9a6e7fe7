import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { run } from '../../simulation/runner.ts';
import { seedOfRun, simulate } from '../../simulation/simulate.ts';

// A run that is given up goes on and disturbs the next one: better wait for it on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const operations = 1_500;

describe('a short simulation', () => {
  test.each(['verify 1', 'verify 2'])('of seed %s finds nothing', async (seed) => {
    const result = await run({ seed, operations });
    expect(result.violation).toBeUndefined();
    expect(result.operations).toBeGreaterThanOrEqual(operations);
    expect(result.processes).toBeGreaterThan(1);
    expect(result.answered).toBeGreaterThan(operations / 3);
  });

  test('is the same again, and another with another seed', async () => {
    const crashes = { 'power cut': 0.000_3, 'process killed': 0.000_3 };
    const [first, again, other] = [
      await run({ seed: 'the same', operations: 500, rates: crashes }),
      await run({ seed: 'the same', operations: 500, rates: crashes }),
      await run({ seed: 'other', operations: 500, rates: crashes }),
    ];
    expect(first.violation).toBeUndefined();
    expect(first.processes).toBeGreaterThan(3);
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });

  test('is the same whatever a stack trace holds, and whenever memory is cleared', async () => {
    setFlagsFromString('--expose-gc');
    const clearMemory = runInNewContext('gc') as () => void;
    const usualLimit = Error.stackTraceLimit;
    const options = { seed: 'plant 4', operations: 700, rates: { 'process killed': 0.003, 'slow rows': 0.2 } };
    const runs: Record<string, Awaited<ReturnType<typeof run>>> = {};
    try {
      for (const limit of [3, 10, 100]) {
        Error.stackTraceLimit = limit;
        runs[`stack traces of ${limit}`] = await run(options);
      }
    } finally {
      Error.stackTraceLimit = usualLimit;
    }
    let notes = 0;
    const listen = (): void => {
      notes += 1;
      if (notes % 40 === 0) clearMemory();
    };
    runs['memory cleared now and then'] = await run({ ...options, listen });
    const [first] = Object.values(runs);
    expect(first?.violation).toBeUndefined();
    expect(first?.processes).toBeGreaterThan(3);
    expect(notes).toBeGreaterThan(400);
    for (const [name, other] of Object.entries(runs)) expect(other, name).toEqual(first);
  });

  test('begins as a longer one does', async () => {
    const notes: string[][] = [[], []];
    for (const [index, length] of [200, 400].entries()) {
      await run({ seed: 'prefix', operations: length, listen: (what) => notes[index]?.push(what) });
    }
    const [shorter = [], longer = []] = notes;
    const differs = shorter.findIndex((what, index) => what !== longer[index]);
    // What comes to rest at the end of the shorter one is no part of it.
    expect(differs).toBeGreaterThan(200);
  });

  test('is made of runs with seeds of their own, the first of which is its own', async () => {
    const simulation = await simulate({ seed: 'rows', operations: 300 });
    expect(simulation.runs.map(({ seed }) => seed)).toEqual(['rows']);
    expect(simulation.hash).toBe((await run({ seed: 'rows', operations: 300 })).hash);
    expect(seedOfRun('rows', 1)).not.toBe(seedOfRun('rows', 2));
  });
});
