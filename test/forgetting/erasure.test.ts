// Erasures in real guilds' actors over a real store: timers by the clock, restarts between, disks that were cut off.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { type Disks, dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { alice, bob, dayMs, guild, hash, hourMs } from './ground.ts';
import { purse } from './purse.ts';

const discordEpochMs = 1_420_070_400_000;

/** Turns after which something is due for ever. */
const turnsMax = 100;

let disks: Disks;
let house: House;
let asked = 0;

const open = async (on: Disks, startAt?: House['clock']['now']): Promise<void> => {
  disks = on;
  house = await openHouse(on, {
    // Halfway through an erasure sums mean nothing, and a house has no way to say so.
    withoutInvariants: true,
    features: [purse, forgettingFeature({ registry: () => house.registry, hash, guildRetentionDays: 30 })],
    ...(startAt !== undefined && { startAt }),
  });
};
/** A power cut: what was answered is there. */
const restart = async (): Promise<void> => {
  const { now } = house.clock;
  const left = reopened(disks);
  await house.stop();
  await open(left, now);
};

beforeEach(() => open(freshDisks()));
afterEach(() => house.stop());

const operation = (name: string) => {
  const found = house.registry.operations.get(name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
};
const ask = async (who: MemberId, name: string, input: unknown = {}): Promise<void> => {
  asked += 1;
  const id = String((BigInt(house.clock.now - discordEpochMs) << 22n) + BigInt(asked));
  const deadlineMs = Number.MAX_SAFE_INTEGER;
  const request = { id, guild, member: who, permissions: 8n, operation: operation(name), input, deadlineMs };
  expect(await house.directory.ask(request)).toHaveProperty('done');
};
const tell = async (name: string, input: unknown = {}): Promise<void> => {
  expect(await house.directory.run({ guild, operation: operation(name), input })).toHaveProperty('done');
};
const pass = (ms: number): void => {
  house.clock.now = (house.clock.now + ms) as House['clock']['now'];
};
/** The market has jobs of its own, which are not looked at. */
const isDue = (): boolean => house.store.dueGuilds(house.clock.now, 10).includes(guild);
/** Works off what is due, with something in between, until nothing is. */
const fall = async (between: () => Promise<void> | void = () => undefined): Promise<void> => {
  for (let turns = 0; isDue(); turns += 1) {
    expect(turns).toBeLessThan(turnsMax);
    house.directory.runDue(guild);
    await house.directory.settled();
    await between();
  }
};
const rows = (): readonly string[] => {
  house.directory.evictIdle(0);
  return Object.entries(dumpGuild(house, guild)).flatMap(([name, dumped]) =>
    ((dumped as { readonly rows?: readonly unknown[] }).rows ?? []).map(
      (row) =>
        `${name} ${JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`,
    ),
  );
};
const inhabit = async (): Promise<void> => {
  for (const who of [alice, bob]) await ask(who, 'economy.daily');
  await ask(alice, 'core.settings.set', { key: 'core.timezone', value: 'Europe/Paris' });
  for (const [who, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    await ask(who, 'purse.give', { member: other, times: 450 });
  }
  await ask(alice, 'economy.pay', { member: { id: bob, bot: false, present: true }, amount: '50' });
};

const restarts = [
  ['in one life', () => undefined],
  ['with its actor let go between any two steps', () => void house.directory.evictIdle(0)],
  ['with a power cut between any two steps', restart],
] as const;

describe.each(restarts)('a member is erased %s', (_, between) => {
  test('and the others keep what they have', async () => {
    await inhabit();
    await tell('core.member-left', { member: alice });
    const kept = rows().filter((row) => row.startsWith('economy.account') && row.includes(`"${bob}"`));
    expect(kept).toHaveLength(1);
    pass(72 * hourMs);
    await fall(between);
    expect(rows().filter((row) => row.includes(alice))).toEqual([]);
    expect(rows().filter((row) => row.startsWith('purse.gift'))).toHaveLength(450);
  });
});

describe.each(restarts)('a server is erased %s', (_, between) => {
  test('and no row is left, nor anything that would run', async () => {
    await inhabit();
    await tell('core.member-left', { member: alice });
    pass(72 * hourMs);
    await fall();
    await tell('core.guild-left');
    pass(30 * dayMs);
    await fall(between);
    expect(rows()).toEqual([]);
    expect(house.store.dueGuilds(Number.MAX_SAFE_INTEGER as House['clock']['now'], 10)).not.toContain(guild);
  });
});

test('a member who left is on no board, and is where they were when they are back', async () => {
  await inhabit();
  const board = (): readonly (readonly [string, number])[] => {
    const dumped = dumpGuild(house, guild)['economy.account'] as { readonly boards: unknown };
    return (dumped.boards as readonly (readonly (readonly [string, number])[])[])[0] ?? [];
  };
  const names = (): readonly string[] => {
    house.directory.evictIdle(0);
    return board().map(([name]) => name);
  };
  const before = names();
  expect(before.toSorted()).toEqual([alice, bob]);
  await tell('core.member-left', { member: alice });
  expect(names()).toEqual([bob]);
  await tell('core.member-joined', { member: alice });
  expect(names()).toEqual(before);
});
