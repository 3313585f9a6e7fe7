// A house with somebody in it: asks by the name of an operation, moves the clock, and has fall what is due.

import type { Answer } from '../../src/actors/request.ts';
import { settings } from '../../src/features/settings/index.ts';
import { epochMs, type GuildId, guildId, memberId } from '../../src/kernel/ids.ts';
import type { Seen } from './clockwork.ts';
import { type Changes, type Disks, freshDisks, type House, openHouse, reopened } from './house.ts';
import { fall } from './time.ts';

export const home = guildId('100000000000000001');
export const elsewhere = guildId('100000000000000002');
const someone = memberId('200000000000000001');
const discordEpochMs = 1_420_070_400_000;

export interface Inhabited {
  readonly house: () => House;
  readonly disks: () => Disks;
  readonly ask: (operation: string, input?: unknown, guild?: GuildId) => Promise<Answer>;
  readonly run: (
    operation: string,
    input: unknown,
    more?: { readonly id?: string; readonly guild?: GuildId },
  ) => Promise<Answer>;
  /** Moves the clock by some milliseconds, and has fall what is due then, until nothing is. */
  readonly wait: (ms: number) => Promise<void>;
  /** Moves the clock only. */
  readonly skip: (ms: number) => void;
  readonly fall: () => Promise<void>;
  /** What the guild's rows are, as its actor shows them. */
  readonly look: (guild?: GuildId) => Promise<Seen>;
  /** The power is cut and the house opened again on what is left. */
  readonly crash: (changes?: Changes, chance?: () => number) => Promise<void>;
}

const alone = (changes: Changes): Changes => {
  const ownSettings = settings(() => [ownSettings]);
  return { ...changes, alone: true, features: [...(changes.features ?? []), ownSettings] };
};

/** Opens a house on fresh disks, with the given features and `/settings` alone. */
export const inhabit = async (changes: Changes): Promise<Inhabited> => {
  let disks = freshDisks();
  let house = await openHouse(disks, alone(changes));
  let serial = 0;

  const skip = (ms: number): void => {
    house.clock.now = epochMs(house.clock.now + ms);
  };
  const operationOf = (name: string) => {
    const operation = house.registry.operations.get(name);
    if (!operation) throw new Error(`no operation ${name}`);
    return operation;
  };
  const ask: Inhabited['ask'] = (name, input = {}, guild = home) => {
    serial += 1;
    return house.directory.ask({
      id: String((BigInt(house.clock.now - discordEpochMs) << 22n) | BigInt(serial)),
      guild,
      member: someone,
      permissions: 8n,
      operation: operationOf(name),
      input,
      deadlineMs: Number.MAX_SAFE_INTEGER,
    });
  };
  const look: Inhabited['look'] = async (guild = home) => {
    const answer = await ask('clockwork.look', {}, guild);
    if (!('done' in answer)) throw new Error(answer.refused);
    return answer.done as Seen;
  };
  return {
    house: () => house,
    disks: () => disks,
    ask,
    run: (name, input, { id, guild = home } = {}) =>
      house.directory.run({ guild, operation: operationOf(name), input, ...(id !== undefined && { id }) }),
    wait: async (ms) => {
      skip(ms);
      await fall(house);
    },
    skip,
    fall: () => fall(house),
    look,
    crash: async (after = changes, chance) => {
      const { now } = house.clock;
      disks = reopened(disks, chance);
      house = await openHouse(disks, { ...alone(after), startAt: now });
      // As a bot does at its start: alarms that are in the journal alone count from then on.
      await house.store.snapshot();
    },
  };
};
