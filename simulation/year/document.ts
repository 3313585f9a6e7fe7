// The page that a year leaves behind: figures, chart and how to repeat it.
import { actionMs } from './hour.ts';
import { gameReturns, groupsOf, type Month, monthsOf, systemsOf } from './measures.ts';
import type { Verdict } from './verdicts.ts';
import type { Year } from './year.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** Systems that unmake less than one in so many of the coins they make have no return worth telling. */
const unmadeLeast = 20;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
};

const monthsTable = (months: readonly Month[]): string =>
  table(
    ['month', 'coins at its end', 'growth', 'made', 'unmade', 'Gini'],
    months.map(({ name, supply, minted, burned, gini }, place) => {
      const before = months[place - 1]?.supply;
      const growth = before === undefined ? '' : percent(supply / before - 1);
      return [name, whole.format(supply), growth, whole.format(minted), whole.format(burned), gini.toFixed(3)];
    }),
  );

const systemsTable = (months: readonly Month[]): string =>
  table(
    ['system', 'made', 'unmade', 'net', 'made for each unmade'],
    systemsOf(months).map(({ kind, minted, burned }) => [
      kind,
      whole.format(minted),
      whole.format(burned),
      whole.format(minted - burned),
      minted === 0 || burned * unmadeLeast < minted ? '' : percent(minted / burned),
    ]),
  );

/** Every kind of entry by month: coins made less coins unmade. */
const entriesTable = (months: readonly Month[]): string => {
  const kinds = [...new Set(months.flatMap(({ flows }) => flows.map(({ kind }) => kind)))].toSorted();
  return table(
    ['entry', ...months.map(({ name }) => name)],
    kinds.map((kind) => [
      kind,
      ...months.map(({ flows }) => {
        const flow = flows.find((one) => one.kind === kind);
        return flow === undefined ? '' : whole.format(flow.minted - flow.burned);
      }),
    ]),
  );
};

const returnsTable = (year: Year): string =>
  table(
    ['game', 'rounds', 'bet', 'returned', 'computed', 'one deviation'],
    gameReturns(year).map(({ game, rounds, bet, realised, computed, deviation }) => [
      game,
      whole.format(rounds),
      whole.format(bet),
      percent(realised),
      percent(computed),
      percent(deviation),
    ]),
  );

const groupsTable = (year: Year): string =>
  table(
    ['how they play', 'people', 'accounts', 'worth, median', 'worth, most', 'profit an hour, median', 'actions'],
    groupsOf(year).map((group) => [
      group.strategy,
      String(group.people),
      String(group.accounts),
      whole.format(group.medianWorth),
      whole.format(group.greatestWorth),
      whole.format(group.medianProfitAnHour),
      whole.format(group.actions),
    ]),
  );

const attemptsTable = (year: Year): string =>
  table(
    ['what was tried', 'times', 'coins gained'],
    [...year.attempts].map(([name, { tries, gain }]) => [name, whole.format(tries), whole.format(gain)]),
  );

const verdictLines = (verdicts: readonly Verdict[]): string =>
  verdicts
    .map(({ what, holds, because }) => `- ${holds ? 'holds' : '**does not hold**'}: ${what} (${because}).`)
    .join('\n');

/** How a year is asked for again. */
export const commandOf = ({ seed, members, days }: Pick<Year, 'seed' | 'members' | 'days'>): string =>
  `npm run year -- --seed ${seed} --members ${members} --days ${days}`;

/** What is printed at the end of a run. */
export const summaryOf = (year: Year, verdicts: readonly Verdict[]): string => {
  const months = monthsOf(year);
  return [
    monthsTable(months),
    systemsTable(months),
    returnsTable(year),
    groupsTable(year),
    attemptsTable(year),
    verdictLines(verdicts),
  ].join('\n\n');
};

/** The page, as markdown. `chart` is where the picture lies, seen from the page. */
export const pageOf = (year: Year, verdicts: readonly Verdict[], chart: string): string => {
  const months = monthsOf(year);
  const days = Math.max(1, year.days);
  return `# A year of an economy

A server of ${year.members} accounts over ${year.days} days of play, by the real operations: the actors, the store on memory disks, timers, jobs
and the market are those of the bot, the clock is moved by the run, all settings are as a server has them at first. Written by

    ${commandOf(year)}

The same command gives the same page. ${whole.format(year.actions)} actions, ${(year.actions / days).toFixed(0)} a day, ${(year.actions / days / year.members).toFixed(1)} for each account; an action takes its member
${actionMs / 1_000} seconds. Prices move once an hour, with the four ticks that the hour had.

![Coins, what all are worth, and inequality, day by day](${chart})

## What must hold

${verdictLines(verdicts)}

A run in which something does not hold ends with an error. A game's figure may be four deviations of chance away. Games count
as their members' bets came out, without what gear adds; blackjack is played by the usual table (\`simulation/year/blackjack.ts\`).

## Months

${monthsTable(months)}

Growth is of the coins there are; Gini's coefficient is of what accounts are worth, 0 where all have the same and near 1 where one has all.

## Where coins come from and go

The whole year by system. What is made for each coin unmade is the return where members stake or buy; shares and loans that are
still held at the end are missing from it.

${systemsTable(months)}

## Games

${returnsTable(year)}

## Members

${groupsTable(year)}

Worth counts coins, shares and things at their prices and the own part of a treasury, less debts and loans.

## What the seeker of exploits tried

One person with five accounts, three times a day. Gains are of the accounts that took part, from just before to just after.

${attemptsTable(year)}

## Every kind of entry, month by month

Coins made less coins unmade. A booking counts under its first entry: a game that is over at once under its stake, a reward of
which a debt was served under the reward.

${entriesTable(months)}
`;
};
