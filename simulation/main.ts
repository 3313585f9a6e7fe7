// `npm run simulate -- --seed N --operations N [--without "fault,fault"] [--no-shrink]`
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { faultNames } from './faults.ts';
import { commandOf, finding, summary } from './report.ts';
import { runOperationsMax } from './runner.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const fail = (line: string): never => {
  console.error(line);
  process.exit(2);
};

const read = () => {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string' },
        operations: { type: 'string', default: '20000' },
        without: { type: 'string', default: '' },
        'no-shrink': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
};

const commitNow = (): string => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
};

// Refusals are errors on their way; their stacks cost more than all else about them.
Error.stackTraceLimit = 3;
const given = read();
const operations = Number(given.operations);
if (!Number.isSafeInteger(operations) || operations < 1) fail('--operations takes a whole number from 1');
const off = new Set(given.without.split(',').filter((name) => name !== ''));
for (const name of off) {
  if (!(faultNames as readonly string[]).includes(name)) fail(`--without knows no "${name}": ${faultNames.join(', ')}`);
}
const seed = given.seed ?? String(Math.floor(Math.random() * 1e9));
const simulation = await simulate({ seed, operations, off }, (result) => {
  if (operations > runOperationsMax) {
    console.log(
      `run ${result.seed}: ${result.operations} operations, ${result.processes} processes, trace ${result.hash}`,
    );
  }
});
const { user, system } = process.cpuUsage();
console.log(summary(simulation, seed, commitNow(), (user + system) / 1000));

const { failed } = simulation;
if (failed !== undefined) {
  console.log(`\n${finding(failed)}`);
  const failing = { seed: failed.seed, operations: failed.operations, off };
  console.log(`repeat it:  ${commandOf(failing)}`);
  if (!given['no-shrink']) {
    console.log('cutting it down …');
    const { options, result, tries } = await shrink(failing, failed);
    console.log(`the shortest of ${tries} tries:  ${commandOf(options)}\n${finding(result)}`);
  }
  process.exit(1);
}
