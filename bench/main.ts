// `npm run bench`: the figures this project promises, measured in one run so that their ratios mean something.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { appendLimitRound } from './append-limit.ts';
import { coldRounds } from './cold.ts';
import { durablePayRound, openPayHouse, outstanding } from './durable-pay.ts';
import { jsonFileRound } from './json-file.ts';
import { machine, print, type Report, type Result, result, versions } from './report.ts';
import { roundTripRounds } from './round-trips.ts';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });

const plan = flags.quick
  ? { rounds: 2, roundMs: 6000, roundTrips: 10_000, coldGuilds: 100_000, coldLarge: 300 }
  : { rounds: 5, roundMs: 10_000, roundTrips: 30_000, coldGuilds: 100_000, coldLarge: 1000 };

/** As deployed. */
const snapshotIntervalMs = 5000;

/** What is to be reached, as the table says it. */
const targets: Readonly<Record<string, string>> = {
  'durable pay / append-file limit': 'to reach: 0.4',
  'pay / echo bot': 'to reach: 0.7',
  'balance / echo bot': 'to reach: 0.7',
};

const say = (line: string): void => console.log(`· ${line}`);
const median = (results: readonly Result[], name: string): number =>
  results.find((one) => one.name === name)?.value ?? Number.NaN;

const measurePays = async (): Promise<readonly Result[]> => {
  const house = await openPayHouse(snapshotIntervalMs);
  const { entryBytes } = house;
  say(`durable pays, each ${entryBytes} bytes in the journal, beside the append-file limit and the JSON file`);
  const ours: number[] = [];
  const limit: number[] = [];
  const json: number[] = [];
  const snapshots: number[] = [];
  const refused: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    const pay = await durablePayRound(house, plan.roundMs, round + 1);
    ours.push(pay.perSecond);
    snapshots.push(pay.snapshots);
    refused.push(pay.refusedShare * 100);
    cpu.push(pay.cpuUs);
    limit.push(await appendLimitRound(plan.roundMs / 2, outstanding, entryBytes, round + 1));
    json.push(await jsonFileRound(plan.roundMs / 2, round + 1));
  }
  await house.close();
  return [
    result('durable pay', 'op/s', ours),
    result('append-file limit', 'op/s', limit),
    result('JSON file', 'op/s', json),
    result('processor time of a durable pay', 'µs', cpu),
    result('snapshots during durable pay', '', snapshots),
    result('durable pay: refused for want of coins', '%', refused),
    result('journal bytes of a pay', 'B', [entryBytes]),
  ];
};

const measureRoundTrips = async (): Promise<readonly Result[]> => {
  say('round trips through discord.js beside a bare echo bot');
  const { ours, echo } = await roundTripRounds(plan.rounds, plan.roundTrips);
  return [
    result(
      '/pay through discord.js',
      'op/s',
      ours.map((one) => one.payPerSecond),
    ),
    result(
      '/pay p99',
      'ms',
      ours.map((one) => one.payP99Ms),
    ),
    result(
      '/balance through discord.js',
      'op/s',
      ours.map((one) => one.balancePerSecond),
    ),
    result(
      'echo bot, /pay',
      'op/s',
      echo.map((one) => one.payPerSecond),
    ),
    result(
      'echo bot, /balance',
      'op/s',
      echo.map((one) => one.balancePerSecond),
    ),
    result(
      'resident memory',
      'MiB',
      ours.map((one) => one.residentMiB),
    ),
    result(
      'resident memory of the echo bot',
      'MiB',
      echo.map((one) => one.residentMiB),
    ),
    result(
      'resident memory over the echo bot',
      'MiB',
      ours.map((one, round) => one.residentMiB - (echo[round]?.residentMiB ?? 0)),
    ),
  ];
};

const measureCold = async (): Promise<readonly Result[]> => {
  say(`first /balance of cold guilds of 1,000 members, with ${plan.coldGuilds.toLocaleString('en')} guilds on disk`);
  const rounds = await coldRounds(plan.coldGuilds, plan.coldLarge, plan.rounds);
  return [
    result(
      'cold /balance p50',
      'ms',
      rounds.map((one) => one.p50Ms),
    ),
    result(
      'cold /balance p99',
      'ms',
      rounds.map((one) => one.p99Ms),
    ),
    result(
      'opening the store',
      'ms',
      rounds.map((one) => one.startMs),
    ),
  ];
};

const results = [...(await measurePays()), ...(await measureRoundTrips()), ...(await measureCold())];
const report: Report = {
  machine: machine(),
  versions: versions(),
  results,
  ratios: {
    'durable pay / append-file limit': median(results, 'durable pay') / median(results, 'append-file limit'),
    'durable pay / JSON file': median(results, 'durable pay') / median(results, 'JSON file'),
    'pay / echo bot': median(results, '/pay through discord.js') / median(results, 'echo bot, /pay'),
    'balance / echo bot': median(results, '/balance through discord.js') / median(results, 'echo bot, /balance'),
  },
};
print(report, targets);
console.log(
  `  ${'cold /balance p99'.padEnd(30)} ${median(results, 'cold /balance p99').toFixed(2)} ms  to reach: under 5 ms`,
);
if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, undefined, 2)}\n`);
