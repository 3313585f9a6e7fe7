import { machine, versions } from './machine.ts';
import type { Measured, Report } from './result.ts';
import { quotients } from './targets.ts';

/** Puts together what the parts measured in one run. */
export const reportOf = (parts: readonly Measured[], date: string, quick: boolean): Report => {
  // What could not be measured is left out: JSON has no word for it.
  const results = parts.flatMap((part) => part.results).filter(({ value }) => Number.isFinite(value));
  const median = (name: string): number => results.find((one) => one.name === name)?.value ?? Number.NaN;
  const over = (one: string, others: readonly string[]): number =>
    median(one) / Math.max(...others.map(median).filter((value) => !Number.isNaN(value)));
  const formed = quotients.map(({ name, one, others }) => [name, over(one, others)] as const);
  const nactAlone = quotients.flatMap(({ name, nact, others }) =>
    nact === undefined ? [] : [[name, over(nact, others)] as const],
  );
  const own = parts.flatMap(({ ratios }) => Object.entries(ratios ?? {}));
  const sound = (ratios: readonly (readonly [string, number])[]): Readonly<Record<string, number>> =>
    Object.fromEntries(ratios.filter(([, value]) => Number.isFinite(value) && value > 0));
  return {
    format: 1,
    date,
    quick,
    machine: machine(),
    versions: versions(),
    results,
    ratios: sound([...formed, ...own]),
    nactAlone: sound(nactAlone),
    peers: parts.flatMap((part) => part.peers ?? []),
    latencies: parts.flatMap((part) => part.latencies ?? []),
    skipped: parts.flatMap((part) => part.skipped ?? []),
  };
};

const later = <T extends { readonly name: string }>(reports: readonly (readonly T[])[]): readonly T[] => {
  const names = new Map<string, readonly T[]>();
  for (const lines of reports) {
    for (const name of new Set(lines.map((line) => line.name))) {
      names.set(
        name,
        lines.filter((line) => line.name === name),
      );
    }
  }
  return [...names.values()].flat();
};

/**
 * One report out of several runs on one machine; of what was measured twice the later counts. Ratios stay those of their
 * own runs. Throws a `RangeError` when the machines differ.
 */
export const mergeReports = (reports: readonly Report[]): Report => {
  const last = reports.at(-1);
  if (last === undefined) throw new RangeError('there is no report');
  for (const report of reports) {
    if (report.format !== 1) throw new RangeError('a report has another format');
    if (report.machine.cpu !== last.machine.cpu) throw new RangeError('the reports are of different machines');
  }
  return {
    ...last,
    quick: reports.some(({ quick }) => quick),
    versions: Object.assign({}, ...reports.map((report) => report.versions)),
    results: later(reports.map((report) => report.results)),
    ratios: Object.assign({}, ...reports.map(({ ratios }) => ratios)),
    nactAlone: Object.assign({}, ...reports.map((report) => report.nactAlone ?? {})),
    peers: later(reports.map((report) => report.peers)),
    latencies: later(reports.map((report) => report.latencies)),
    skipped: later(reports.map((report) => report.skipped)),
  };
};
