// A server over the real actors and a real store on memory disks, with a clock that the run moves.
import type { Answer } from '../../src/actors/request.ts';
import { type Quote, quotes } from '../../src/features/stocks/worlds.ts';
import { type EpochMs, epochMs, guildId, type MemberId, marketRealm, memberId } from '../../src/kernel/ids.ts';
import { freshDisks, openHouse } from '../../test/house/house.ts';
import { fall } from '../../test/house/time.ts';
import type { Chance } from '../chance.ts';
import { type Survey, surveying, surveyName } from './survey.ts';

const discordEpochMs = 1_420_070_400_000;
const hourMs = 3_600_000;
const seedBytes = 16;

/** The first moment of the year. */
export const yearStart = epochMs(Date.UTC(2026, 0, 1));

const guild = guildId('100000000000000001');

/** The id of a member by number. */
export const memberOf = (number: number): MemberId => memberId(String(200_000_000_000_000_000n + BigInt(number)));

/** A server in which members act. */
export interface Server {
  readonly now: () => EpochMs;
  /** Moves the clock to a time that is not before the present one, and has fall what is due. */
  readonly goTo: (at: number) => Promise<void>;
  readonly ask: (member: MemberId, operation: string, input: unknown, permissions?: bigint) => Promise<Answer>;
  /** The companies on the market. */
  readonly quotes: () => readonly Quote[];
  /** How the server stands at the end of a day, counted from 1970. */
  readonly survey: (day: number) => Promise<Survey>;
  /** Writes what was changed to the rows, so that the journal is trimmed. */
  readonly snapshot: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Opens a server in which nobody has done anything yet; all that operations draw comes from `chance`. */
export const openServer = async (chance: Chance): Promise<Server> => {
  const draws = chance.fork('seeds');
  const house = await openHouse(freshDisks(), {
    features: [surveying],
    startAt: yearStart,
    seeds: () => draws.bytes(seedBytes),
  });
  const { directory, registry, store, clock, worlds } = house;
  const errand = registry.operations.get('market.open');
  if (errand === undefined) throw new Error('there is a market');
  await directory.run({ guild: marketRealm, operation: errand, input: {} });
  let marketAt: number = clock.now;
  let lastMs = 0;
  let serial = 0n;

  const nextId = (): string => {
    serial = clock.now === lastMs ? serial + 1n : 0n;
    lastMs = clock.now;
    return String((BigInt(clock.now - discordEpochMs) << 22n) | serial);
  };
  const ask: Server['ask'] = async (member, operation, input, permissions = 0n) => {
    const found = registry.operations.get(operation);
    if (found === undefined) throw new Error(`no operation ${operation}`);
    const answer = await directory.ask({
      id: nextId(),
      guild,
      member,
      permissions,
      operation: found,
      input,
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
    if ('refused' in answer && answer.refused.startsWith('core.') && answer.refused !== 'core.input.amount') {
      throw new Error(`${operation} ${JSON.stringify(input)}: ${answer.refused}`);
    }
    return answer;
  };
  return {
    now: () => clock.now,
    goTo: async (at) => {
      clock.now = epochMs(Math.max(clock.now, Math.floor(at)));
      // Prices move once an hour, with the ticks that the hour had: what lies between nobody waits for.
      if (clock.now - marketAt >= hourMs) {
        marketAt = clock.now;
        await fall(house);
      } else await fall(house, [guild]);
    },
    ask,
    quotes: () => {
      const world = worlds.get(quotes.name);
      return world === undefined ? [] : quotes.schema.parse(world.value).quotes;
    },
    survey: async (day) => {
      const answer = await ask(memberOf(0), surveyName, { day });
      if ('refused' in answer) throw new Error(answer.refused);
      return answer.done as Survey;
    },
    snapshot: () => store.snapshot(),
    stop: house.stop,
  };
};
