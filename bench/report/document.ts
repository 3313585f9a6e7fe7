import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { latencyTable, ownPeer, payOf, peerTable, resultTable, table, targetTable } from './markdown.ts';
import { barChart, lineChart } from './plot.ts';
import { shown } from './print.ts';
import { type LatencyLine, type Report, result } from './result.ts';
import { dayPlot, payCostPlot, sectionsOf } from './sections.ts';

const docsFolder = join(import.meta.dirname, '../../docs');

const peerPlot = (report: Report): string => {
  const bars = report.peers
    .filter(({ durable }) => durable)
    .flatMap((line) => {
      const pay = payOf(report, line);
      if (pay === undefined) return [];
      const group = line.peer === ownPeer ? 0 : line.peer === 'append-only file' ? 2 : 5;
      return [{ label: `${line.peer}: ${line.form}`, group, value: pay.value, min: pay.min, max: pay.max }];
    })
    .toSorted((left, right) => right.value - left.value);
  return barChart('Durable pays a second', 'pays a second', bars);
};

const latencyPlot = (report: Report, name: string): string => {
  const lines = report.latencies.filter((line) => line.name === name && line.void === undefined);
  const loads = [...new Set(lines.map(({ capacityPercent = 0 }) => capacityPercent))].toSorted(
    (one, other) => one - other,
  );
  const series = (label: string, key: 'p50Ms' | 'p99Ms' | 'p999Ms') => ({
    label,
    points: loads.map((load) => {
      const runs = lines
        .filter(({ capacityPercent }) => capacityPercent === load)
        .map((line: LatencyLine) => line[key]);
      return [load, result('', '', runs).value] as const;
    }),
  });
  return lineChart(`Latency of ${name} from its intended start`, 'load, % of capacity', 'ms', [
    series('p50', 'p50Ms'),
    series('p99', 'p99Ms'),
    series('p99.9', 'p999Ms'),
  ]);
};

const section = (title: string, ...parts: readonly string[]): string => [`## ${title}`, ...parts].join('\n\n');

const introduction = ({ date, quick, machine, versions }: Report): string => {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    '# Benchmarks',
    '<!-- Written by `npm run bench`; changes by hand are lost. -->',
    ...(quick ? ['**A quick run: fewer and shorter rounds, for trying out. Its figures are not for comparing.**'] : []),
    `Measured on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, kernel ${machine.kernel}, temporary files on ${machine.fileSystem}. ${named.join(', ')}.`,
    'What is compared was measured in one run, in interleaved rounds; a figure is the median of its rounds, with their range. Other machines give other figures: what carries over is the ratios. As a bot runs for weeks, everything had run for a while before it was measured: V8 goes on compiling until some 40,000 pays have been made.',
  ].join('\n\n');
};

const peersSection = (report: Report): readonly string[] =>
  report.peers.length === 0
    ? []
    : [
        section(
          'The same pay, everywhere',
          'One coin from one member to another: the balance is checked, nobody passes the ceiling, the ledger gets a row, and a key that was seen before changes nothing. 10,000 guilds of 20 members, drawn by Zipf’s law with exponent 1, the same payments for all; 64 under way at once. After each run coins are added up, rows of the ledger are counted, and one payment is delivered twice.',
          'Redis and PostgreSQL are reached through their usual Node clients over a Unix socket, as a bot would; everything else runs in the process of who pays, Elixir in its own runtime.',
          'Who is answered may rely on the disk. Syncs were counted by `strace` in a run of their own: a durable form that never syncs, or that answers more payments than could have waited for its syncs, ends the bench with an error. The append-only file is no peer but the limit: a reducer in memory and a log, nothing else.',
          '![Durable pays a second](benchmarks/peers.svg)',
          peerTable(report, true),
          'Settings under which an answer may be lost with the power are not comparable, and stand by themselves:',
          peerTable(report, false),
        ),
      ];

const latencySection = (report: Report): readonly string[] =>
  report.latencies.length === 0
    ? []
    : [
        section(
          'Latency',
          'Requests come at random times (Poisson) from a process of its own, whether earlier ones have been answered or not, and latency counts from when a request was meant to be sent. The runtime stands behind a socket, on all cores but the one that the generator has to itself. A run whose generator was over 1 ms late at its own 99th percentile is void and not in the medians.',
          ...(report.latencies.some(({ name, void: isVoid }) => name === '/pay' && isVoid === undefined)
            ? ['![Latency of /pay](benchmarks/latency.svg)']
            : []),
          latencyTable(report),
        ),
      ];

const repeatSection = (report: Report): string =>
  section(
    'How to repeat it',
    'On a machine that does nothing else, with the servers from Debian’s packages:',
    [
      '```sh',
      'apt-get install -y redis-server postgresql elixir strace gcc libc6-dev',
      'npm ci',
      'npm run bench -- --json rest.json',
      'npm run bench -- --peers --json peers.json',
      'npm run bench -- --report rest.json peers.json   # writes this page; of what both measured the last counts',
      '```',
    ].join('\n'),
    'What is not installed is left out by name. `--quick` takes a tenth of the time, `--only NAME` one part; `bench/README.md` says what there is.',
    ...(report.skipped.length > 0
      ? [
          table(
            ['left out of this run', 'installed by'],
            report.skipped.map(({ name, install }) => [name, `\`${install}\``]),
          ),
        ]
      : []),
  );

const aboutNact = ({ nactAlone = {} }: Report): readonly string[] =>
  Object.keys(nactAlone).length === 0
    ? []
    : [
        '“nact alone” is the same ratio with `nact-batched` in place of this bot: balances in memory, a message of nact for each pay, a record in a log, and nothing else. Where it is less than what is to be reached, no program gets there that sends each pay through nact and writes its log like that. Where it is more, nact is not what is in the way, and the layers of a pay below show what is. This bot may send fewer messages than pays, since those that wait for one guild share one.',
      ];

/** The page, in Markdown. */
export const documentOf = (report: Report): string =>
  [
    introduction(report),
    section('What is to be reached', targetTable(report), ...aboutNact(report)),
    ...peersSection(report),
    ...latencySection(report),
    ...sectionsOf(report).map(({ title, parts }) => section(title, ...parts)),
    section(
      'All ratios',
      table(
        ['ratio', 'of this run:'],
        Object.entries(report.ratios).map(([name, value]) => [name, shown(value)]),
      ),
    ),
    section('All figures', resultTable(report.results)),
    repeatSection(report),
    '',
  ].join('\n\n');

/** Writes `benchmarks.md` into `folder`, the project's docs unless said, and its plots beside it. */
export const writeDocument = async (report: Report, folder = docsFolder): Promise<void> => {
  const plots = join(folder, 'benchmarks');
  await mkdir(plots, { recursive: true });
  await writeFile(join(folder, 'benchmarks.md'), documentOf(report));
  const day = dayPlot(report);
  if (day !== undefined) await writeFile(join(plots, 'day.svg'), day);
  const payCost = payCostPlot(report);
  if (payCost !== undefined) await writeFile(join(plots, 'pay-cost.svg'), payCost);
  if (report.peers.length > 0) await writeFile(join(plots, 'peers.svg'), peerPlot(report));
  if (report.latencies.some(({ name, void: isVoid }) => name === '/pay' && isVoid === undefined)) {
    await writeFile(join(plots, 'latency.svg'), latencyPlot(report, '/pay'));
  }
};
