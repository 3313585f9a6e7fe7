// `npm run year -- --seed NAME --members N --days N [--keep]`: a year of a server's economy, and the page about it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawChart } from './chart.ts';
import { pageOf, summaryOf } from './document.ts';
import { verdictsOf } from './verdicts.ts';
import { playYear } from './year.ts';

const docs = join(import.meta.dirname, '../../docs');
const membersMin = 20;
const reportedDays = 30;

const fail = (line: string): never => {
  console.error(line);
  process.exit(2);
};

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'first' },
    members: { type: 'string', default: '200' },
    days: { type: 'string', default: '365' },
    keep: { type: 'boolean', default: false },
  },
});
const [members, days] = [Number(values.members), Number(values.days)];
if (!Number.isSafeInteger(members) || members < membersMin) fail(`--members takes a whole number from ${membersMin}`);
if (!Number.isSafeInteger(days) || days < 1) fail('--days takes a whole number from 1');

// Refusals are errors on their way; their stacks cost more than all else about them.
Error.stackTraceLimit = 3;
const whole = new Intl.NumberFormat('en');
const year = await playYear({ seed: values.seed, members, days }, (day, { supply }) => {
  if ((day + 1) % reportedDays === 0) console.log(`day ${day + 1}: ${whole.format(supply)} coins`);
});
const verdicts = verdictsOf(year);
console.log(`\n${summaryOf(year, verdicts)}`);
// With --keep the page and the chart in the documentation stay as they are.
if (!values.keep) {
  await writeFile(join(docs, 'images/economy-year.svg'), drawChart(year.surveys));
  await writeFile(join(docs, 'economy-year.md'), pageOf(year, verdicts, 'images/economy-year.svg'));
}
process.exit(verdicts.every(({ holds }) => holds) ? 0 : 1);
