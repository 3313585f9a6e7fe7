// Figures of a year: what came of games, systems and months, and how unequal fortunes are.
import { computedReturns, type GameName, games } from './casino.ts';
import { actionMs } from './hour.ts';
import { yearStart } from './server.ts';
import type { DayFlow, Survey } from './survey.ts';
import type { Person, Year } from './year.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * The Gini coefficient: 0 where all have the same, near 1 where one has all. Source: the mean difference of all pairs,
 * by half the mean, in its form over sorted amounts. Negative amounts count as nothing.
 */
export const gini = (amounts: readonly number[]): number => {
  const sorted = amounts.map((amount) => Math.max(0, amount)).toSorted((one, other) => one - other);
  const sum = sorted.reduce((all, amount) => all + amount, 0);
  if (sum === 0) return 0;
  const ranked = sorted.reduce((all, amount, place) => all + (place + 1) * amount, 0);
  return (2 * ranked) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
};

/** The one in the middle; of an even number the higher of the two. */
export const median = (amounts: readonly number[]): number =>
  amounts.toSorted((one, other) => one - other)[Math.floor(amounts.length / 2)] ?? 0;

/** What a game returned to those who played it, with how far chance alone may have carried it. */
export interface GameReturn {
  readonly game: GameName;
  readonly rounds: number;
  readonly bet: number;
  readonly realised: number;
  readonly computed: number;
  /** Deviations of chance: bets weigh by their size. */
  readonly deviation: number;
}

/** The return of every game that was played. */
export const gameReturns = ({ tallies }: Pick<Year, 'tallies'>): readonly GameReturn[] =>
  games
    .filter((game) => tallies[game].rounds > 0)
    .map((game) => {
      const { rounds, bet, net, squares } = tallies[game];
      const computed = computedReturns[game];
      return { game, rounds, bet, realised: 1 + net / bet, computed, deviation: Math.sqrt(squares) / bet };
    });

/** A month of the year, or what there is of it. */
export interface Month {
  /** Such as 2026-01. */
  readonly name: string;
  readonly days: number;
  /** Coins there are at its end. */
  readonly supply: number;
  readonly minted: number;
  readonly burned: number;
  /** Of what members are worth, at its end. */
  readonly gini: number;
  readonly flows: readonly DayFlow[];
}

/** Adds up flows by kind of entry, in the order of their names. */
const sumFlows = (flows: readonly DayFlow[]): readonly DayFlow[] =>
  [...Map.groupBy(flows, ({ kind }) => kind)]
    .map(([kind, all]) => ({
      kind,
      minted: all.reduce((sum, { minted }) => sum + minted, 0),
      burned: all.reduce((sum, { burned }) => sum + burned, 0),
    }))
    .toSorted((one, other) => one.kind.localeCompare(other.kind));

const monthOf = (name: string, surveys: readonly Survey[]): Month => {
  const flows = sumFlows(surveys.flatMap((survey) => survey.flows));
  const last = surveys.at(-1);
  return {
    name,
    days: surveys.length,
    supply: last?.supply ?? 0,
    minted: flows.reduce((sum, { minted }) => sum + minted, 0),
    burned: flows.reduce((sum, { burned }) => sum + burned, 0),
    gini: gini((last?.members ?? []).map(({ worth }) => worth)),
    flows,
  };
};

/** The months of a year. */
export const monthsOf = ({ surveys }: Pick<Year, 'surveys'>): readonly Month[] => {
  const named = surveys.map((survey, day) => ({
    survey,
    name: new Date(yearStart + day * dayMs).toISOString().slice(0, 7),
  }));
  return [...Map.groupBy(named, ({ name }) => name)].map(([name, days]) =>
    monthOf(
      name,
      days.map(({ survey }) => survey),
    ),
  );
};

/** Both sides of one system: entries that belong together, such as stakes and payouts of a game. */
const systemOf = (kind: string): string => {
  const named: Readonly<Record<string, string>> = {
    purchase: 'shop',
    sale: 'shop',
    chest: 'chests',
    mimic: 'chests',
    'gear-bonus': 'gear of the casino',
    insurance: 'gear of the casino',
  };
  return named[kind] ?? kind.replace(/-(stake|payout|refund|purchase|sale|taken|paid|converted)$/, '');
};

/** The flows of the whole year by system, the greatest first. */
export const systemsOf = (months: readonly Month[]): readonly DayFlow[] =>
  sumFlows(months.flatMap(({ flows }) => flows.map((flow) => ({ ...flow, kind: systemOf(flow.kind) })))).toSorted(
    (one, other) => other.minted + other.burned - one.minted - one.burned,
  );

/** Coins of profit for an hour of play: an hour is as many actions as fit into it. */
export const profitAnHour = ({ worth, presence }: Person): number =>
  presence.actions === 0 ? 0 : worth / ((presence.actions * actionMs) / hourMs);

/** People of one strategy together. */
export interface Group {
  readonly strategy: string;
  readonly people: number;
  readonly accounts: number;
  readonly medianWorth: number;
  readonly greatestWorth: number;
  readonly medianProfitAnHour: number;
  readonly actions: number;
}

/** What became of the people of each strategy. */
export const groupsOf = ({ people }: Pick<Year, 'people'>): readonly Group[] =>
  [...Map.groupBy(people, ({ strategy }) => strategy)].map(([strategy, all]) => ({
    strategy,
    people: all.length,
    accounts: all.reduce((sum, { accounts }) => sum + accounts.length, 0),
    medianWorth: median(all.map(({ worth }) => worth)),
    greatestWorth: Math.max(...all.map(({ worth }) => worth)),
    medianProfitAnHour: median(all.map(profitAnHour)),
    actions: all.reduce((sum, { presence }) => sum + presence.actions, 0),
  }));
