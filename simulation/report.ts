import type { RunOptions, RunResult } from './runner.ts';
import type { Simulation } from './simulate.ts';

const figure = (value: number): string => value.toLocaleString('en');

/** A time span in words. */
export const span = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  return days > 0 ? `${days} days ${hours} hours` : `${hours} hours ${minutes % 60} minutes`;
};

/** The table of what went wrong, with how often. */
export const faultTable = (counts: Readonly<Record<string, number>>): string => {
  const names = Object.keys(counts);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${figure(counts[name] ?? 0).padStart(9)}`).join('\n');
};

/** What a simulation came to, as lines. */
export const summary = (simulation: Simulation, seed: string, commit: string, cpuMs: number): string => {
  const { operations, answered, committed, processes, virtualMs, counts, hash, runs } = simulation;
  return [
    `seed            ${seed}`,
    `commit          ${commit}`,
    `trace           ${hash}`,
    `operations      ${figure(operations)} done by people in ${runs.length} runs, ${figure(answered)} answers, ${figure(committed)} entries in journals`,
    `processes       ${figure(processes)}`,
    `virtual time    ${span(virtualMs)}`,
    `speed           ${figure(Math.round((operations / cpuMs) * 1000))} operations a second of processor time`,
    'what went wrong',
    faultTable(counts),
  ].join('\n');
};

/** The command line that repeats a run. */
export const commandOf = ({ seed, operations, off }: RunOptions): string => {
  const without = off === undefined || off.size === 0 ? '' : ` --without ${JSON.stringify([...off].join(','))}`;
  return `npm run simulate -- --seed ${seed} --operations ${operations}${without}`;
};

/** What a run found, as lines. */
export const finding = ({ violation, seed, operations }: RunResult): string =>
  `FOUND by seed ${seed} after ${figure(operations)} operations\n${violation?.message ?? ''}`;
