// `npm run bench`: the figures this project promises, measured in one run so that their ratios mean something.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { endChildrenOnSignals } from './child.ts';
import { type PartName, parts, usualParts } from './parts.ts';
import { plans } from './plan.ts';
import { writeDocument } from './report/document.ts';
import { printReport } from './report/print.ts';
import { mergeReports, reportOf } from './report/report.ts';
import type { Measured, Report } from './report/result.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Fewer and shorter rounds; `--tiny` only shows that everything works. */
    quick: { type: 'boolean' },
    tiny: { type: 'boolean' },
    peers: { type: 'boolean' },
    latency: { type: 'boolean' },
    day: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
    /** Writes docs/benchmarks.md, from the files of earlier runs that are named, or from this run. */
    report: { type: 'boolean' },
  },
});

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const isPart = (name: string): name is PartName => Object.hasOwn(parts, name);

const wanted = (): readonly PartName[] => {
  const named = [...(flags.only ?? [])];
  for (const name of ['peers', 'latency', 'day'] as const) if (flags[name]) named.push(name);
  if (named.length === 0) return usualParts;
  return named.map((name) => (isPart(name) ? name : fail(`--only takes one of ${Object.keys(parts).join(', ')}`)));
};

const save = async (report: Report): Promise<void> => {
  if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, undefined, 2)}\n`);
};

/** Measures part after part. One that fails is named and the others go on; what is there is saved after each. */
const measure = async (): Promise<Report> => {
  endChildrenOnSignals();
  const plan = flags.tiny ? plans.tiny : flags.quick ? plans.quick : plans.full;
  const date = new Date().toISOString().slice(0, 10);
  const measured: Measured[] = [];
  for (const name of wanted()) {
    try {
      measured.push(await parts[name](plan, (line) => console.log(`· ${line}`)));
    } catch (error) {
      console.error(`\n${name} failed:`, error);
      process.exitCode = 1;
    }
    await save(reportOf(measured, date, plan !== plans.full));
  }
  return reportOf(measured, date, plan !== plans.full);
};

if (flags.tiny && flags.report) fail('figures of --tiny mean nothing: there is no report of them');
if (positionals.length > 0 && !flags.report) fail('files of earlier runs are for --report');
const report =
  positionals.length > 0
    ? mergeReports(
        await Promise.all(positionals.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as Report)),
      )
    : await measure();
printReport(report);
await save(report);
if (flags.report) await writeDocument(report);
