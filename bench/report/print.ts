import type { Report } from './result.ts';
import { boundOf, isReached, targets } from './targets.ts';

/** A figure for people. */
export const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

/** Prints the results and ratios as a table for people. */
export const printReport = (report: Report): void => {
  console.log(`\n${report.machine.cpu}, ${report.machine.cores} cores, Node ${report.versions['node']}\n`);
  const target = (name: string, value: number): string => {
    const found = targets.find((one) => one.name === name);
    if (found === undefined) return '';
    return `to reach: ${boundOf(found)}${isReached(value, found) ? '' : ' — not reached'}`;
  };
  const names = [...report.results.map(({ name }) => name), ...Object.keys(report.ratios)];
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const { name, unit, value, min, max } of report.results) {
    const line = `${name.padEnd(width)}  ${shown(value).padStart(12)} ${unit.padEnd(8)} (${shown(min)} – ${shown(max)})`;
    console.log(`${line}  ${target(name, value)}`.trimEnd());
  }
  console.log('\nratios of this run');
  for (const [name, value] of Object.entries(report.ratios)) {
    console.log(`  ${name.padEnd(width)}  ${shown(value).padStart(10)}  ${target(name, value)}`.trimEnd());
  }
  for (const { name, install } of report.skipped) console.log(`\nleft out: ${name}; ${install}`);
  const voids = report.latencies.filter((line) => line.void !== undefined);
  if (voids.length > 0) console.log('\nruns that count for nothing');
  for (const { name, round, rate, void: why } of voids) console.log(`  ${name}, round ${round}, ${rate}/s: ${why}`);
};
