// A member's time at the server: what they do takes time, and is counted.

import type { Quote } from '../../src/features/stocks/worlds.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import type { Chance } from '../chance.ts';
import type { Tallies } from './casino.ts';
import type { Server } from './server.ts';

/** How long somebody takes for a command or a press. It is longer than the cooldown of any game. */
export const actionMs = 21_000;

/** Somebody's coins. */
export interface Purse {
  readonly wallet: number;
  readonly bank: number;
  readonly debt: number;
}

/** What a member has in hand while they are there. */
export interface Hour {
  readonly member: MemberId;
  /** Days since the beginning. */
  readonly day: number;
  readonly chance: Chance;
  readonly tallies: Tallies;
  readonly now: () => number;
  readonly quotes: () => readonly Quote[];
  /** Does something, as the member or another account of theirs; `undefined` where that is refused. */
  readonly act: <T = unknown>(operation: string, input?: object, as?: MemberId) => Promise<T | undefined>;
  /** Notes what an attempt brought. */
  readonly note: (attempt: string, gain: number) => void;
  /** Lets time pass without doing anything. */
  readonly wait: (ms: number) => Promise<void>;
  /** Looks at the own coins, or those of another account of theirs. */
  readonly purse: (as?: MemberId) => Promise<Purse>;
}

/** Something that might bring coins from nowhere: how often it was tried, and what it brought in all. */
export interface Attempt {
  readonly tries: number;
  readonly gain: number;
}

/** What the run counts of a member. */
export interface Presence {
  readonly member: MemberId;
  actions: number;
}

/** What an hour is made of. */
export interface HourParts {
  readonly server: Server;
  readonly presence: Presence;
  readonly day: number;
  readonly chance: Chance;
  readonly tallies: Tallies;
  readonly attempts: Map<string, Attempt>;
}

/** Opens a member's time at the server; it begins now. */
export const openHour = ({ server, presence, day, chance, tallies, attempts }: HourParts): Hour => {
  const act: Hour['act'] = async <T>(operation: string, input: object = {}, as: MemberId = presence.member) => {
    presence.actions += 1;
    await server.goTo(server.now() + actionMs);
    const answer = await server.ask(as, operation, input);
    return 'done' in answer ? (answer.done as T) : undefined;
  };
  return {
    member: presence.member,
    day,
    chance,
    tallies,
    now: server.now,
    quotes: server.quotes,
    act,
    note: (name, gain) => {
      const attempt = attempts.get(name) ?? { tries: 0, gain: 0 };
      attempts.set(name, { tries: attempt.tries + 1, gain: attempt.gain + gain });
    },
    wait: (ms) => server.goTo(server.now() + ms),
    purse: async (as) => {
      const purse = await act<Purse>('economy.balance', {}, as);
      if (purse === undefined) throw new Error('everybody may look at their coins');
      return purse;
    },
  };
};
