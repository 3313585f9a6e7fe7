// A year of a server: who is there when, and what is seen of it at the end of each day.
import type { MemberId } from '../../src/kernel/ids.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { noTallies, type Tallies } from './casino.ts';
import { type Attempt, actionMs, openHour, type Presence } from './hour.ts';
import type { Play, Strategy } from './play.ts';
import { memberOf, openServer, type Server, yearStart } from './server.ts';
import { strategies } from './strategies.ts';
import type { Survey } from './survey.ts';

const dayMs = 86_400_000;
const sharesOf = 200;
/** Visits of a day begin after its jobs and are over before the next day's. */
const openMs = 30 * 60_000;
const closeMs = dayMs - 60 * 60_000;

/** What is played. */
export interface YearOptions {
  readonly seed: string;
  readonly members: number;
  readonly days: number;
}

/** One person, with what the run knows of them at the end. */
export interface Person {
  readonly strategy: string;
  readonly accounts: readonly MemberId[];
  readonly presence: Presence;
  /** What all their accounts are worth at the end; the start grant is not taken off. */
  worth: number;
}

/** What came of it. */
export interface Year extends YearOptions {
  /** One a day. */
  readonly surveys: readonly Survey[];
  readonly people: readonly Person[];
  readonly tallies: Tallies;
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly actions: number;
}

interface Player {
  readonly person: Person;
  readonly strategy: Strategy;
  readonly play: Play;
  readonly chance: Chance;
}

/** How many people play in each way, so that all accounts together are `members`: the first way gets what is left. */
const headcounts = (members: number): ReadonlyMap<Strategy, number> => {
  const counts = new Map<Strategy, number>();
  let accounts = 0;
  for (const strategy of strategies.slice(1)) {
    const people = Math.max(1, Math.round((strategy.share * members) / sharesOf));
    counts.set(strategy, people);
    accounts += people * (1 + (strategy.alternates ?? 0));
  }
  const [first] = strategies;
  if (first !== undefined) counts.set(first, Math.max(0, members - accounts));
  return counts;
};

const settle = (members: number, chance: Chance): readonly Player[] => {
  const players: Player[] = [];
  const counts = headcounts(members);
  const everybody: MemberId[] = [];
  for (const [strategy, people] of counts) {
    for (let number = 0; number < people * (1 + (strategy.alternates ?? 0)); number += 1) {
      everybody.push(memberOf(everybody.length + 1));
    }
  }
  let taken = 0;
  for (const [strategy, people] of counts) {
    for (let place = 0; place < people; place += 1) {
      const accounts = everybody.slice(taken, taken + 1 + (strategy.alternates ?? 0));
      taken += accounts.length;
      const [member, ...alternates] = accounts as [MemberId, ...MemberId[]];
      const others = everybody.filter((other) => other !== member);
      players.push({
        person: { strategy: strategy.name, accounts, presence: { member, actions: 0 }, worth: 0 },
        strategy,
        play: strategy.begin({ member, place, others, alternates }),
        chance: chance.fork(member),
      });
    }
  }
  return players;
};

/** Who comes on a day, in the order they come. */
const visitsOf = (players: readonly Player[], chance: Chance): readonly Player[] => {
  const visits: (readonly [number, Player])[] = [];
  for (const player of players) {
    for (let time = 0; time < player.strategy.timesADay; time += 1) {
      if (chance.happens(player.strategy.presence)) visits.push([chance.next(), player]);
    }
  }
  return visits.toSorted(([one], [other]) => one - other).map(([, player]) => player);
};

const playDay = async (
  server: Server,
  day: number,
  visits: readonly Player[],
  counted: Pick<Year, 'tallies'> & { readonly attempts: Map<string, Attempt> },
): Promise<void> => {
  const startedAt = yearStart + day * dayMs;
  // Jobs of the night fall at their own times.
  await server.goTo(startedAt + openMs);
  for (const [place, { play, person, chance }] of visits.entries()) {
    await server.goTo(startedAt + openMs + ((closeMs - openMs) * place) / visits.length);
    if (server.now() >= startedAt + dayMs - actionMs) throw new Error('a day is too short for its visits');
    await play(openHour({ server, presence: person.presence, day, chance, ...counted }));
  }
  await server.goTo(startedAt + dayMs - actionMs);
};

/** Plays a year of a server. The same options come to the same, on every machine. */
export const playYear = async (
  options: YearOptions,
  onDay: (day: number, survey: Survey) => void = () => undefined,
): Promise<Year> => {
  const chance = chanceOf(options.seed);
  const server = await openServer(chance);
  const players = settle(options.members, chance);
  const tallies = noTallies();
  const attempts = new Map<string, Attempt>();
  const surveys: Survey[] = [];
  const coming = chance.fork('visits');
  for (let day = 0; day < options.days; day += 1) {
    await playDay(server, day, visitsOf(players, coming), { tallies, attempts });
    const survey = await server.survey(yearStart / dayMs + day);
    surveys.push(survey);
    onDay(day, survey);
    await server.snapshot();
  }
  await server.stop();
  const last = surveys.at(-1);
  const people = players.map(({ person }) => person);
  for (const person of people) {
    for (const { member, worth } of last?.members ?? []) if (person.accounts.includes(member)) person.worth += worth;
  }
  const actions = people.reduce((sum, { presence }) => sum + presence.actions, 0);
  return { ...options, surveys, people, tallies, attempts, actions };
};
