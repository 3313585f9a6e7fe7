// Two servers over the real actors and a real store on memory disks, whose power can be cut at any moment.
import type { Answer } from '../../src/actors/request.ts';
import { epochMs, type GuildId, type MemberId, marketRealm } from '../../src/kernel/ids.ts';
import { coins } from '../../src/kernel/money.ts';
import { ask, elsewhere, funding, home } from '../faults/people.ts';
import { type Changes, type Disks, dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { fall } from '../house/time.ts';
import { expectMoneyConserved } from '../properties/money.ts';

/** A Thursday. */
export const startsAt = epochMs(Date.UTC(2026, 0, 15, 12));

export interface Servers {
  readonly house: () => House;
  readonly disks: () => Disks;
  /** Asks in a server (the first one unless said) and gives what was answered, done or refused. */
  readonly ask: (who: MemberId, operation: string, input?: unknown, guild?: GuildId) => Promise<Answer>;
  /** The same where it must be done. */
  readonly must: <T = unknown>(who: MemberId, operation: string, input?: unknown, guild?: GuildId) => Promise<T>;
  /** Why it is refused; `undefined` where it is done. */
  readonly refusal: (who: MemberId, operation: string, input?: unknown, guild?: GuildId) => Promise<string | undefined>;
  readonly fund: (who: MemberId, wallet: number, guild?: GuildId) => Promise<void>;
  readonly set: (guild: GuildId, settings: Readonly<Record<string, string>>) => Promise<void>;
  /** Moves the clock to a time, and has fall what is due. */
  readonly goTo: (at: number) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  /** The power is cut, and the bot started again on what is left. */
  readonly cutPower: () => Promise<void>;
  /** All rows of a server as plain data. */
  readonly dump: (guild?: GuildId) => Record<string, unknown>;
  /** Wallet and bank as rows hold them. */
  readonly fundsOf: (who: MemberId, guild?: GuildId) => number;
  /** Every coin of both servers is one that was made, and no purse is overdrawn. */
  readonly conserved: () => void;
}

interface AccountsDump {
  readonly rows: readonly (readonly [string, { readonly wallet: number; readonly bank: number }])[];
}

/** Opens both servers; nobody has done anything there. */
export const openServers = async (changes: Changes = {}): Promise<Servers> => {
  const all: Changes = { ...changes, features: [funding, ...(changes.features ?? [])] };
  let disks = freshDisks();
  let house = await openHouse(disks, { startAt: startsAt, ...all });

  const asked: Servers['ask'] = (member, operation, input = {}, guild = home) =>
    ask(house, operation, input, { member, guild });
  const must: Servers['must'] = async <T>(member: MemberId, operation: string, input?: unknown, guild?: GuildId) => {
    const answer = await asked(member, operation, input, guild);
    if ('refused' in answer) throw new Error(`${operation}: ${answer.refused}`);
    return answer.done as T;
  };
  const goTo = async (at: number): Promise<void> => {
    house.clock.now = epochMs(at);
    await fall(house);
  };
  const dump: Servers['dump'] = (guild = home) => {
    house.directory.evictIdle(0);
    return dumpGuild(house, guild);
  };
  for (const operation of house.registry.marketStarts) {
    await house.directory.run({ guild: marketRealm, operation, input: {} });
  }
  return {
    house: () => house,
    disks: () => disks,
    ask: asked,
    must,
    refusal: async (...of) => {
      const answer = await asked(...of);
      return 'refused' in answer ? answer.refused : undefined;
    },
    fund: async (who, wallet, guild = home) => {
      await must(who, 'funding.fund', { who, wallet: coins(wallet) }, guild);
    },
    set: async (guild, settings) => {
      for (const [key, value] of Object.entries(settings)) {
        await ask(house, 'core.settings.set', { key, value }, { guild }).then((answer) => {
          if ('refused' in answer) throw new Error(`${key}: ${answer.refused}`);
        });
      }
    },
    goTo,
    wait: (ms) => goTo(house.clock.now + ms),
    cutPower: async () => {
      const { now } = house.clock;
      disks = reopened(disks);
      house = await openHouse(disks, { ...all, startAt: now });
      // As a bot does at its start: alarms that are in the journal alone count from then on.
      await house.store.snapshot();
    },
    dump,
    fundsOf: (who, guild = home) => {
      const { rows } = dump(guild)['economy.account'] as AccountsDump;
      const row = rows.find(([key]) => key === who)?.[1];
      return row === undefined ? 0 : row.wallet + row.bank;
    },
    conserved: () => {
      for (const guild of [home, elsewhere]) expectMoneyConserved(dump(guild));
    },
  };
};

/** A server in which a guild with a treasury is founded for nothing. */
export const foundClan = async (
  it: Servers,
  owner: MemberId,
  name: string,
  guild: GuildId,
  treasury = 0,
): Promise<void> => {
  await it.set(guild, { 'guild.create_cost': '0', 'guild.interest_cap': '20%' });
  await it.must(owner, 'economy.clan.create', { name }, guild);
  if (treasury > 0) await it.must(owner, 'economy.clan.deposit', { amount: String(treasury) }, guild);
};
