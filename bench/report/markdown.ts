import { shown } from './print.ts';
import { type LatencyLine, type PeerLine, type Report, type Result, result } from './result.ts';
import { boundOf, isReached, targets } from './targets.ts';

/** A table; columns of numbers are those whose head ends in a colon. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const names = head.map((name) => name.replace(/:$/, ''));
  const ruler = head.map((name) => (name.endsWith(':') ? '--:' : '---'));
  return [names, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** The least and the most of a figure's rounds. */
export const range = ({ min, max }: Result): string => (min === max ? '' : `${shown(min)} – ${shown(max)}`);

/** What was to be reached, whether it was, and what nact alone reaches. */
export const targetTable = (report: Report): string => {
  const valueOf = (name: string): Result | undefined => {
    const ratio = report.ratios[name];
    if (ratio !== undefined) return result(name, '×', [ratio]);
    return report.results.find((one) => one.name === name);
  };
  const rows = targets.flatMap((target): readonly (readonly string[])[] => {
    const found = valueOf(target.name);
    if (found === undefined) return [[target.name, boundOf(target), 'not measured', '', '']];
    const alone = report.nactAlone?.[target.name];
    const no = alone === undefined || isReached(alone, target) ? '**no**' : '**no**, nor by nact alone';
    const reached = isReached(found.value, target) ? 'yes' : no;
    const bound = alone === undefined ? '' : `${shown(alone)} ${found.unit}`;
    return [[target.name, `${boundOf(target)} ${found.unit}`, `${shown(found.value)} ${found.unit}`, reached, bound]];
  });
  return table(['what', 'to reach', 'measured:', 'reached', 'nact alone:'], rows);
};

/** The figure of a form, where it was measured. */
export const payOf = (report: Report, { name }: PeerLine): Result | undefined =>
  report.results.find((one) => one.name === `pay, ${name}`);

/** What forms of ours have for a peer. */
export const ownPeer = 'this bot';

/** Peers that hold what they answered, or those that do not. */
export const peerTable = (report: Report, durable: boolean): string => {
  const rows = report.peers
    .filter((line) => line.durable === durable)
    .flatMap((line) => {
      const pay = payOf(report, line);
      return pay ? [{ line, pay }] : [];
    })
    .toSorted((left, right) => right.pay.value - left.pay.value)
    .map(({ line, pay }) => {
      const { counted } = line;
      const perSync =
        counted === undefined
          ? 'not counted'
          : counted.syncs === 0
            ? 'no sync'
            : shown(counted.operations / counted.syncs);
      const ours = report.results.find(({ name }) => name === `pay, ${line.beside ?? 'ours'}`)?.value ?? Number.NaN;
      const times = line.peer === ownPeer ? '' : shown(ours / pay.value);
      return [
        line.peer,
        line.form,
        line.level,
        shown(pay.value),
        range(pay),
        times,
        perSync,
        shown(line.refusedPercent),
      ];
    });
  return table(
    ['peer', 'form', 'level', 'op/s:', 'range:', 'this bot ÷ it:', 'operations a sync:', 'refused, %:'],
    rows,
  );
};

const medianOf = (lines: readonly LatencyLine[], key: 'rate' | 'p50Ms' | 'p90Ms' | 'p99Ms' | 'p999Ms'): number =>
  result(
    '',
    '',
    lines.map((one) => one[key]),
  ).value;

/** One row for each name and load, over the runs that count. */
export const latencyTable = (report: Report): string => {
  const keys = [...new Set(report.latencies.map(({ name, capacityPercent }) => `${name}\n${capacityPercent ?? ''}`))];
  const rows = keys.map((key) => {
    const [name = '', load = ''] = key.split('\n');
    const all = report.latencies.filter((line) => line.name === name && String(line.capacityPercent ?? '') === load);
    const sound = all.filter((line) => line.void === undefined);
    const figures = (['rate', 'p50Ms', 'p90Ms', 'p99Ms', 'p999Ms'] as const).map((one) =>
      sound.length === 0 ? '–' : shown(medianOf(sound, one)),
    );
    return [name, load, ...figures, String(sound.length), String(all.length - sound.length)];
  });
  return table(
    ['what', 'load, %:', 'requests/s:', 'p50, ms:', 'p90, ms:', 'p99, ms:', 'p99.9, ms:', 'runs:', 'void:'],
    rows,
  );
};

/** Every figure there is. */
export const resultTable = (results: readonly Result[]): string =>
  table(
    ['figure', 'median:', 'unit', 'range:', 'rounds:'],
    results.map((one) => [one.name, shown(one.value), one.unit, range(one), String(one.rounds.length)]),
  );
