// `npm run crash -- --kills 100`: kills the real processes and proves that nothing answered is lost.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type CrashReport, crash } from './crash.ts';

const usage = 'Usage: npm run crash -- --kills N [--seed S], N from 1 to 10000, S a whole number';
const killsMax = 10_000;
const linesShown = 20;

interface Arguments {
  readonly kills: number;
  readonly seed: number;
}

const wholeNumber = (text: string, least: number, most: number): number | undefined => {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
};

/** What to do; `undefined` when the command line does not say it in a way that can be done. */
const readArguments = (): Arguments | undefined => {
  try {
    const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
    const kills = wholeNumber(values.kills ?? '', 1, killsMax);
    const seed = wholeNumber(values.seed ?? String(randomInt(2 ** 31)), 0, Number.MAX_SAFE_INTEGER);
    return kills === undefined || seed === undefined ? undefined : { kills, seed };
  } catch {
    return undefined;
  }
};

const row = (...cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(28) : String(cell).padStart(12))).join('');

const print = (report: CrashReport): void => {
  console.log(`\n${row('killed', 'the bot', 'everything')}`);
  for (const [moment, { bot, everything }] of report.kills) console.log(row(moment, bot, everything));
  const restarts = report.restartsMs.toSorted((one, other) => one - other);
  const lines: readonly (readonly [string, string | number])[] = [
    ['answers checked', report.answers],
    ['unanswered, had happened', report.happened],
    ['unanswered, had not', report.didNotHappen],
    ['lines of history read', report.linesRead],
    ['restart, median', `${Math.round(restarts[restarts.length >> 1] ?? 0)} ms`],
    ['restart, longest', `${Math.round(restarts.at(-1) ?? 0)} ms`],
    ['refused by Discord', report.refusals],
    ['lost', report.lost.length],
    ['created', report.created.length],
  ];
  console.log('');
  for (const [name, figure] of lines) console.log(row(name, figure));
  for (const line of [...report.lost, ...report.created].slice(0, linesShown)) console.error(line);
};

const wanted = readArguments();
if (wanted === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else if (process.platform !== 'linux') {
  console.error('Crashes are tried on Linux only: elsewhere nothing tells the processes of a data folder.');
  process.exitCode = 1;
} else {
  console.log(`seed ${wanted.seed}`);
  const report = await crash({ ...wanted, say: (line) => console.log(line) });
  print(report);
  if (report.lost.length + report.created.length + report.refusals > 0) process.exitCode = 1;
}
