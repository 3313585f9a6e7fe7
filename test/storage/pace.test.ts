// How a snapshot is spread over time.
import { describe, expect, test } from 'vitest';
import { openPace } from '../../src/storage/pace.ts';

const restMs = 1_000;

const start = () => {
  const waits: { readonly ms: number; readonly run: () => void }[] = [];
  const pace = openPace(restMs, (ms, run) => waits.push({ ms, run }));
  const heard: string[] = [];
  const rest = (share: number, name: string): void => void pace.rest(share).then(() => heard.push(name));
  return { pace, rest, waits, heard };
};
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a pace', () => {
  test('gives each part its share of the time', async () => {
    const { pace, rest, waits, heard } = start();
    pace.relax();
    rest(0.25, 'first');
    await turn();
    expect(waits.map(({ ms }) => ms)).toEqual([250]);
    expect(heard).toEqual([]);
    waits[0]?.run();
    await turn();
    expect(heard).toEqual(['first']);
  });

  test('never rests longer in all than it may', async () => {
    const { pace, rest, waits, heard } = start();
    pace.relax();
    for (const share of [0.7, 5, 0.1]) rest(share, String(share));
    expect(waits.map(({ ms }) => Math.round(ms))).toEqual([700, 300]);
    await turn();
    expect(heard).toEqual(['0.1']);
  });

  test('does not rest before anybody said that there is time, nor for nothing', async () => {
    const { pace, rest, waits, heard } = start();
    rest(0.5, 'at first');
    pace.relax();
    rest(0, 'nothing');
    await turn();
    expect(waits).toEqual([]);
    expect(heard).toEqual(['at first', 'nothing']);
  });

  test('in a hurry ends the rest that goes on, and rests no more until there is time again', async () => {
    const { pace, rest, waits, heard } = start();
    pace.relax();
    rest(0.5, 'resting');
    pace.hurry();
    rest(0.5, 'after');
    await turn();
    expect(heard).toEqual(['resting', 'after']);
    expect(waits).toHaveLength(1);
    waits[0]?.run();
    pace.relax();
    rest(1, 'again');
    expect(waits.map(({ ms }) => ms)).toEqual([500, 1_000]);
  });
});
