import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** One measured figure: the median of its rounds, with the least and the most. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/** What a bench run writes; the shape is stable. */
export interface Report {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly platform: string;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly ratios: Readonly<Record<string, number>>;
}

/** The median of the rounds, with their range. */
export const result = (name: string, unit: string, rounds: readonly number[]): Result => {
  const sorted = rounds.toSorted((left, right) => left - right);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { name, unit, value: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
};

/** The machine the bench runs on. */
export const machine = (): Report['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
});

/** Versions of what is measured. */
export const versions = (): Report['versions'] => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const version = (name: string): string => lock.packages[`node_modules/${name}`]?.version ?? 'unknown';
  return {
    node: process.versions.node,
    'discord.js': version('discord.js'),
    nact: version('nact'),
    lmdb: version('lmdb'),
  };
};

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

/** Prints the results and ratios as a table for people. */
export const print = (report: Report, targets: Readonly<Record<string, string>>): void => {
  console.log(`\n${report.machine.cpu}, ${report.machine.cores} cores, Node ${report.versions.node}\n`);
  const width = Math.max(...report.results.map(({ name }) => name.length));
  for (const { name, unit, value, min, max } of report.results) {
    console.log(
      `${name.padEnd(width)}  ${shown(value).padStart(12)} ${unit.padEnd(8)} (${shown(min)} – ${shown(max)})  ${targets[name] ?? ''}`.trimEnd(),
    );
  }
  console.log('\nratios of this run');
  for (const [name, value] of Object.entries(report.ratios)) {
    console.log(`  ${name.padEnd(width)}  ${shown(value).padStart(10)}  ${targets[name] ?? ''}`);
  }
};
