// What must hold of a year, with the figures it was held against.

import { gameReturns, groupsOf, type Month, median, monthsOf, profitAnHour, systemsOf } from './measures.ts';
import type { DayFlow } from './survey.ts';
import type { Year } from './year.ts';

/** One thing that was looked at. */
export interface Verdict {
  readonly what: string;
  readonly holds: boolean;
  /** The figures, in words. */
  readonly because: string;
}

/** Chance carries a figure further than this once in 15,000 times. */
const deviationsMax = 4;
const week = 7;
/** Settings as a server has them at first: start.coins, daily.amount, weekly.amount, and those of interest. */
const startCoins = 100;
const dailyReward = 150;
const weeklyReward = 1_000;
const bankInterest = 0.005;
const bankInterestMost = 5_000;
const guildInterestMost = 0.05;
const guildInterestMemberMost = 5_000;
/** What a system nets may be so much more in a quarter than in the one before; what runs away doubles and more. */
const quarterGrowthMost = 2;
const quarterMonths = 3;
/** Systems that net less than this part of all coins are left out. */
const smallShare = 0.02;
/** What looking for exploits may bring in an hour, beside what the one in the middle gets. */
const seekerFactor = 2;

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const conserved = ({ surveys }: Year, months: readonly Month[]): Verdict => {
  const made = months.reduce((sum, { minted, burned }) => sum + minted - burned, 0);
  const { supply = 0 } = surveys.at(-1) ?? {};
  return {
    what: 'Every coin there is was made by an entry that is counted',
    holds: made === supply,
    because: `made less unmade ${whole.format(made)}, there are ${whole.format(supply)}`,
  };
};

const gamesReturn = (year: Year): readonly Verdict[] =>
  gameReturns(year).map(({ game, rounds, realised, computed, deviation }) => ({
    what: `${game} returned what its rules compute to`,
    holds: Math.abs(realised - computed) <= deviationsMax * deviation,
    because: `${percent(realised)} of ${whole.format(rounds)} rounds; computed ${percent(computed)} ± ${percent(deviationsMax * deviation)}`,
  }));

const interestOf = (months: readonly Month[], kind: string, most: (month: Month) => number): readonly Month[] =>
  months.filter((month) => (month.flows.find((flow) => flow.kind === kind)?.minted ?? 0) > most(month));

const names = (months: readonly Month[]): string =>
  months.length === 0 ? 'in every month' : `not in ${months.map(({ name }) => name).join(', ')}`;

const interestBounded = ({ members }: Year, months: readonly Month[]): readonly Verdict[] => {
  // A month's coins at their most; interest is reckoned on what there was on the way there.
  const most = ({ supply, burned }: Month): number => supply + burned;
  const bank = interestOf(months, 'interest', (month) =>
    Math.min(bankInterest * month.days * most(month), bankInterestMost * month.days * members),
  );
  const guilds = interestOf(
    months,
    'clan-interest',
    (month) =>
      Math.ceil(month.days / week) * Math.min(guildInterestMost * most(month), guildInterestMemberMost * members),
  );
  return [
    {
      what: 'Banks bring 0.5 % a day, and 5,000 coins a member, at most',
      holds: bank.length === 0,
      because: names(bank),
    },
    {
      what: 'Treasuries bring 5 % of all coins a week, and 5,000 coins a member, at most',
      holds: guilds.length === 0,
      because: names(guilds),
    },
  ];
};

const netOf = (systems: readonly DayFlow[], kind: string): number => {
  const { minted = 0, burned = 0 } = systems.find((system) => system.kind === kind) ?? {};
  return minted - burned;
};

/** What a month can have at its end at most: the rewards of everybody, and interest on all of it at its documented rates. */
const growthBounded = ({ members }: Year, months: readonly Month[]): Verdict => {
  const faster = months.filter(({ days, supply }, place) => {
    const before = months[place - 1]?.supply ?? startCoins * members;
    const rewards = (dailyReward + weeklyReward / week) * days * members;
    const interest = (1 + guildInterestMost) ** Math.ceil(days / week) * (1 + bankInterest) ** days;
    return supply > (before + rewards) * interest;
  });
  return {
    what: 'Coins grow no faster than by all rewards, 5 % a week for treasuries and 0.5 % a day for banks',
    holds: faster.length === 0,
    because: names(faster),
  };
};

/** No system may go faster and faster, interest of treasuries included; that of banks is bounded by its own figures. */
const noRunaway = ({ surveys }: Year, months: readonly Month[]): readonly Verdict[] => {
  if (months.length < 2 * quarterMonths) return [];
  const last = systemsOf(months.slice(-quarterMonths));
  const before = systemsOf(months.slice(-2 * quarterMonths, -quarterMonths));
  const { supply = 0 } = surveys.at(-1) ?? {};
  const running = last.filter(({ kind }) => {
    const net = netOf(last, kind);
    const isSmall = net < supply * smallShare;
    return !isSmall && kind !== 'interest' && net > quarterGrowthMost * Math.max(0, netOf(before, kind));
  });
  return [
    {
      what: `No system beside the interest of banks makes ${quarterGrowthMost} times as many coins in the last quarter as in the one before`,
      holds: running.length === 0,
      because: running.map(({ kind }) => `${kind}: ${whole.format(netOf(last, kind))}`).join(', ') || 'none does',
    },
  ];
};

const seekerBounded = (year: Year): readonly Verdict[] => {
  const groups = groupsOf(year);
  const seeker = groups.find(({ strategy }) => strategy.startsWith('seeker'));
  if (seeker === undefined) return [];
  const others = year.people.filter(({ strategy }) => strategy !== seeker.strategy);
  const middle = median(others.map(profitAnHour));
  return [
    {
      what: `Looking for exploits brings at most ${seekerFactor} times an hour what the one in the middle gets`,
      holds: seeker.medianProfitAnHour <= seekerFactor * middle,
      because: `${whole.format(seeker.medianProfitAnHour)} coins an hour with five accounts, and ${whole.format(middle)}`,
    },
  ];
};

/** Everything that must hold of a year. */
export const verdictsOf = (year: Year): readonly Verdict[] => {
  const months = monthsOf(year);
  return [
    conserved(year, months),
    ...gamesReturn(year),
    ...interestBounded(year, months),
    growthBounded(year, months),
    ...noRunaway(year, months),
    ...seekerBounded(year),
  ];
};
