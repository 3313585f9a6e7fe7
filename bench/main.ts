// `npm run bench`: the figures this project promises, measured in one run so that their ratios mean something.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { appendLimitRound } from './append-limit.ts';
import { broadcastRounds } from './broadcast.ts';
import { coldRounds } from './cold.ts';
import { dueJobsRound } from './due-jobs.ts';
import { durablePayRound, openPayHouse, outstanding } from './durable-pay.ts';
import { jsonFileRound } from './json-file.ts';
import { pendingTimersRound } from './pending-timers.ts';
import { machine, print, type Report, type Result, result, versions } from './report.ts';
import { roundTripRounds } from './round-trips.ts';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'string' }, only: { type: 'string' } },
});

const plan = flags.quick
  ? {
      rounds: 2,
      roundMs: 6000,
      roundTrips: 10_000,
      coldGuilds: 100_000,
      coldLarge: 300,
      dueGuilds: 34_000,
      timers: 1_000_000,
    }
  : {
      rounds: 5,
      roundMs: 10_000,
      roundTrips: 30_000,
      coldGuilds: 100_000,
      coldLarge: 1000,
      dueGuilds: 100_000,
      timers: 1_000_000,
    };

/** As deployed. */
const snapshotIntervalMs = 5000;

/** Guilds that hear of a tick, and ticks measured. */
const liveGuilds = 10_000;
const broadcasts = 20;

/** What is to be reached, as the table says it, by the name of a result or a ratio. */
const targets: Readonly<Record<string, string>> = {
  'durable pay / append-file limit': 'to reach: 0.4',
  'pay / echo bot': 'to reach: 0.7',
  'balance / echo bot': 'to reach: 0.7',
  'cold /balance p99': 'to reach: under 5',
};

/** A name, and the results of which it is the quotient. */
const ratios: readonly (readonly [string, string, string])[] = [
  ['durable pay / append-file limit', 'durable pay', 'append-file limit'],
  ['durable pay / JSON file', 'durable pay', 'JSON file'],
  ['pay / echo bot', '/pay through discord.js', 'echo bot, /pay'],
  ['balance / echo bot', '/balance through discord.js', 'echo bot, /balance'],
];

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

const measureTime = async (): Promise<readonly Result[]> => {
  say(`jobs of ${plan.dueGuilds.toLocaleString('en')} guilds on disk, all due at once, with people asking meanwhile`);
  const jobs = await dueJobsRound(plan.dueGuilds);
  say('a tick of the market on its way to 10,000 live guilds');
  const ticks = await broadcastRounds(liveGuilds, broadcasts);
  say(`${plan.timers.toLocaleString('en')} timers pending`);
  const timers = await pendingTimersRound(plan.timers);
  return [
    result('jobs due at once', '', [jobs.jobs]),
    result('jobs due at once: all run after', 's', [jobs.seconds]),
    result('/pay p50 while they run', 'ms', [jobs.p50Ms]),
    result('/pay p99 while they run', 'ms', [jobs.p99Ms]),
    result(
      'tick, asked for to heard by 10,000 guilds',
      'ms',
      ticks.map(({ tickMs }) => tickMs),
    ),
    result(
      'tick, the telling alone',
      'ms',
      ticks.map(({ tellMs }) => tellMs),
    ),
    result('timers pending', '', [timers.timers]),
    result('timers set', '1/s', [timers.setPerSecond]),
    result('memory of a pending timer', 'B', [timers.bytesEach]),
    result('look for the next timer', 'µs', [timers.lookUs]),
    result('timers fallen', '1/s', [timers.fallPerSecond]),
  ];
};

const parts: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
  pays: measurePays,
  'round-trips': measureRoundTrips,
  cold: measureCold,
  time: measureTime,
};
const { only } = flags;
if (only !== undefined && !(only in parts)) {
  console.error(`--only takes one of ${Object.keys(parts).join(', ')}`);
  process.exit(1);
}
const results: Result[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (only === undefined || only === name) results.push(...(await measure()));
}
const report: Report = {
  machine: machine(),
  versions: versions(),
  results,
  ratios: Object.fromEntries(
    ratios
      .map(([name, one, other]) => [name, median(results, one) / median(results, other)] as const)
      .filter(([, value]) => !Number.isNaN(value)),
  ),
};
print(report, targets);
if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, undefined, 2)}\n`);
