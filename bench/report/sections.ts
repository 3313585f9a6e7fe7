// Sections of the page that are of one part of the bench each; a part that was not measured has none.
import { type Cost, figureOf, guildsFigure, type Rung, rungs } from '../pay-cost/rungs.ts';
import { range, resultTable, table } from './markdown.ts';
import { barChart, lineChart } from './plot.ts';
import { shown } from './print.ts';
import { type LatencyLine, type Report, type Result, result } from './result.ts';

/** A section of the page: its title, and paragraphs and tables. */
export interface Section {
  readonly title: string;
  readonly parts: readonly string[];
}

const some = (report: Report, isOf: (name: string) => boolean): readonly Result[] =>
  report.results.filter(({ name }) => isOf(name));

const commands = ['/pay', '/balance', '/leaderboard'] as const;

const commandTable = (report: Report): string => {
  const of = (name: string): Result | undefined => report.results.find((one) => one.name === name);
  const figure = (name: string): string => {
    const found = of(name);
    return found ? shown(found.value) : '–';
  };
  const rows = commands.map((command) => {
    const ours = of(`${command} through discord.js`);
    const echo = of(`echo bot, ${command}`);
    return [
      command,
      figure(`${command} through discord.js`),
      figure(`echo bot, ${command}`),
      ours && echo ? shown(ours.value / echo.value) : '–',
      figure(`${command} through discord.js, p99`),
      figure(`echo bot, ${command}, p99`),
      figure(`${command} through discord.js, processor time`),
      figure(`echo bot, ${command}, processor time`),
    ];
  });
  const messages = [
    figure('a message that somebody says, processor time'),
    figure('echo bot that hears messages, a message, processor time'),
  ];
  return table(
    [
      'what',
      'this bot, op/s:',
      'echo bot, op/s:',
      'this bot ÷ echo bot:',
      'this bot, p99, ms:',
      'echo bot, p99, ms:',
      'this bot, processor time, µs:',
      'echo bot, processor time, µs:',
    ],
    [...rows, ['a message that somebody says', '', '', '', '', '', ...messages]],
  );
};

const isOfGateway = (name: string): boolean => name.includes('guilds in the gateway');

const discordSection = (report: Report): readonly Section[] => {
  const trips = some(report, (name) => name.includes('through discord.js'));
  const gateway = some(report, isOfGateway);
  if (trips.length + gateway.length === 0) return [];
  return [
    {
      title: 'Through Discord',
      parts: [
        ...(trips.length > 0
          ? [
              'The bot as it is deployed, with the real discord.js client on the local Discord, beside the least that a bot can be: one that answers every command with the same card and keeps nothing. 64 interactions under way, 4 servers of 500 members. Both share the machine with the local Discord, so that processor time, of the bot’s process alone, says more than the rates. This bot asks Discord for no messages and is sent none; the echo bot was started with that intent for the row of messages.',
              commandTable(report),
            ]
          : []),
        ...(gateway.length > 0
          ? [
              'Both logged in to the same servers over several shards, with nothing of them on disk. Memory is that of the bot’s process after a garbage collection, once it has little to do.',
              resultTable(gateway),
            ]
          : []),
      ],
    },
  ];
};

const isOfCasino = (name: string): boolean => name.includes('casino and shop') || name.startsWith('rows changed by ');

const casinoSection = (report: Report): readonly Section[] => {
  const figures = some(report, isOfCasino);
  if (figures.length === 0) return [];
  return [
    {
      title: 'Casino and shop',
      parts: [
        'Members come one after the other, each in another guild: they buy a potion with the button of the shop, drink it, flip a coin, spin the slots and the wheel, and play a hand of blackjack with its buttons. Beside it members pay each other, in turns on the same guilds. An operation there changes more rows than a pay, and so rows changed a second are compared. At the end the coins of all guilds are what was made less what was unmade.',
        resultTable(figures),
      ],
    },
  ];
};

const dayLine = /^mixed day, Zipf ([\d.]+)(?:: (.*))?$/;

/** The 99th percentiles of the mixed day by the exponent of Zipf's law; `undefined` where no run of it counts. */
export const dayPlot = (report: Report): string | undefined => {
  const series = new Map<string, Map<number, number[]>>();
  for (const { name, p99Ms, void: isVoid } of report.latencies) {
    const [, exponent, kind = 'everything'] = dayLine.exec(name) ?? [];
    if (exponent === undefined || isVoid !== undefined) continue;
    const points = series.get(kind) ?? new Map<number, number[]>();
    series.set(kind, points.set(Number(exponent), [...(points.get(Number(exponent)) ?? []), p99Ms]));
  }
  if (series.size === 0) return undefined;
  return lineChart(
    'The mixed day: 99th percentiles at half load',
    'exponent of Zipf’s law',
    'ms',
    [...series].map(([label, points]) => ({
      label,
      points: [...points]
        .toSorted(([one], [other]) => one - other)
        .map(([exponent, runs]) => [exponent, result('', '', runs).value] as const),
    })),
  );
};

const isOfDay = (line: Pick<LatencyLine, 'name'>): boolean => dayLine.test(line.name);

const daySection = (report: Report): readonly Section[] => {
  const capacities = some(report, (name) => /^mixed day(?:, Zipf [\d.]+|: requests .*)$/.test(name));
  if (capacities.length === 0 && !report.latencies.some(isOfDay)) return [];
  return [
    {
      title: 'The mixed day',
      parts: [
        '60 % reads (two thirds of them /balance, the others /leaderboard and /profile), 25 % /pay, 10 % /rob, 5 % settings; guilds drawn by Zipf’s law with three exponents; snapshots go on; one request in twenty goes to a guild that is hardly ever asked, and how many found theirs not in memory is in the table. Capacity with 64 requests under way, then latency at half of it. Latencies by kind are in the table above.',
        ...(dayPlot(report) === undefined ? [] : ['![The mixed day](benchmarks/day.svg)']),
        resultTable(capacities),
      ],
    },
  ];
};

const costOf = (report: Report, rung: Rung, cost: Cost): Result | undefined =>
  report.results.find(({ name }) => name === figureOf(rung, cost));

/** Processor time of a pay with one layer more each time; `undefined` where it was not measured. */
export const payCostPlot = (report: Report): string | undefined => {
  const bars = rungs.flatMap((rung) => {
    const cost = costOf(report, rung, 'cpu');
    if (cost === undefined) return [];
    const { value, min, max } = cost;
    return [{ label: rung.name, group: rung.form === 'ours' ? 0 : 5, value, min, max }];
  });
  return bars.length === 0 ? undefined : barChart('Processor time of a pay', 'µs', bars);
};

const payCostTable = (report: Report): string => {
  const rows = rungs.flatMap((rung) => {
    const [perSecond, cpu, gc] = (['operations', 'cpu', 'gc'] as const).map((cost) => costOf(report, rung, cost));
    if (!(perSecond && cpu && gc)) return [];
    const under = rungs.find(({ name }) => name === rung.over);
    const less = under && costOf(report, under, 'cpu');
    const more = less ? shown(cpu.value - less.value) : '';
    const pauseUs = (gc.value * 1000) / perSecond.value;
    return [
      [
        rung.name,
        shown(perSecond.value),
        shown(cpu.value),
        range(cpu),
        more,
        rung.over ?? '',
        shown(gc.value),
        shown(pauseUs),
      ],
    ];
  });
  return table(
    [
      'a pay as',
      'op/s:',
      'processor time, µs:',
      'range, µs:',
      'more, µs:',
      'than',
      'pauses for garbage collection, ms a second:',
      'the same, µs a pay:',
    ],
    rows,
  );
};

const payCostSection = (report: Report): readonly Section[] => {
  if (payCostPlot(report) === undefined) return [];
  const guilds = report.results.find(({ name }) => name === guildsFigure);
  return [
    {
      title: 'What a pay costs',
      parts: [
        `The payments of the peers’ table with one layer more each time, between ${guilds ? shown(guilds.value) : 'many'} guilds, measured in turns. Processor time is that of the whole process, with its threads for the disk and for garbage collection, and with the making of the payments. A journal that writes nothing answers each flush at once: what it has less than the one on the disk is the disk’s, and what it has more than nact is checking, rows, schemas and the making of records.`,
        'With 100 guilds the same work is done on less memory, and more pays share a message of nact: what is less then is what the number of guilds costs. A pause counts as it was seen by a clock, so that on a busy machine it is longer.',
        '![Processor time of a pay](benchmarks/pay-cost.svg)',
        payCostTable(report),
      ],
    },
  ];
};

/** The sections of what was measured. */
export const sectionsOf = (report: Report): readonly Section[] => [
  ...payCostSection(report),
  ...daySection(report),
  ...discordSection(report),
  ...casinoSection(report),
];
