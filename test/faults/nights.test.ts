// What falls by itself, over real actors and disks that lose what was not written: deadlines of requests, the nightly
// interest and standings, and a notice to somebody who takes none.
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/actors/request.ts';
import { parseCustomId } from '../../src/kernel/component.ts';
import { epochMs, type MemberId } from '../../src/kernel/ids.ts';
import type { Button, Reply } from '../../src/kernel/reply.ts';
import { type Changes, type Disks, dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { testPerformer } from '../house/performer.ts';
import { fall } from '../house/time.ts';
import { expectMoneyConserved } from '../properties/money.ts';
import { alice, ask, bob, carol, funding, home, person, walletOf } from './people.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** A house whose power can be cut, with the market left out. */
const open = async (changes: Changes = {}) => {
  const all = { features: [funding], withoutMarket: true, ...changes };
  let disks: Disks = freshDisks();
  let house: House = await openHouse(disks, all);
  return {
    house: () => house,
    /** Moves the clock and has fall what is due. */
    wait: async (ms: number): Promise<void> => {
      house.clock.now = epochMs(house.clock.now + ms);
      await fall(house);
    },
    /** The power is cut; the house is opened again `ms` later. */
    crash: async (ms = 0): Promise<void> => {
      const startAt = epochMs(house.clock.now + ms);
      disks = reopened(disks);
      house = await openHouse(disks, { ...all, startAt });
      await house.store.snapshot();
    },
    fund: (who: MemberId, wallet: number) => ask(house, 'funding.fund', { who, wallet }),
    expectConserved: async (): Promise<void> => {
      await house.stop();
      house = await openHouse(reopened(disks), all);
      expectMoneyConserved(dumpGuild(house, home));
    },
  };
};
type Town = Awaited<ReturnType<typeof open>>;

const replyOf = (town: Town, operation: string, answer: Answer): Reply => {
  if (!('done' in answer)) throw new Error(answer.refused);
  const found = town.house().registry.operations.get(operation);
  return found?.view(answer.done as never, town.house().registry.text('en')) as Reply;
};

const requestButtons = async (town: Town, amount: string): Promise<readonly string[]> => {
  const answer = await ask(town.house(), 'economy.request', { member: person(bob), amount });
  return ((replyOf(town, 'economy.request', answer).rows ?? []).flat() as Button[]).map(({ customId }) => customId);
};
const press = (town: Town, who: MemberId, customId = '') => {
  const call = parseCustomId(customId);
  if (!call) throw new Error(`no control ${customId}`);
  return ask(town.house(), call.operation, call.input, { member: who });
};

describe('a request', () => {
  test('fault 26: can be answered after a restart', async () => {
    const town = await open();
    await town.fund(bob, 1_000);
    const [accept, decline] = await requestButtons(town, '250');
    await town.crash(hourMs);
    expect(await press(town, alice, accept)).toMatchObject({ refused: 'economy.request.not-yours' });
    expect(await press(town, bob, accept)).toMatchObject({ done: { received: 250 } });
    await town.crash();
    expect(await press(town, bob, accept)).toMatchObject({ refused: 'economy.request.answered' });
    expect(await press(town, bob, decline)).toMatchObject({ refused: 'economy.request.answered' });
    expect(await walletOf(town.house(), bob)).toBe(750);
    await town.expectConserved();
  });

  test('whose deadline fell while the bot was down is no more', async () => {
    const town = await open();
    await town.fund(bob, 1_000);
    const [accept] = await requestButtons(town, '250');
    await town.crash(3 * dayMs);
    await fall(town.house());
    const late = await press(town, bob, accept);
    expect(replyOf(town, 'economy.request.accept', late)).toMatchObject({ private: false, replaces: true });
    expect(await walletOf(town.house(), bob)).toBe(1_000);
    expect(await ask(town.house(), 'economy.request', { member: person(bob), amount: '1' })).toHaveProperty('done');
  });

  test('faults 20 and 27: accepted fifty times at once is paid once', async () => {
    const town = await open();
    await town.fund(bob, 1_000);
    const [accept] = await requestButtons(town, '20');
    const answers = await Promise.all(Array.from({ length: 50 }, () => press(town, bob, accept)));
    expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1);
    expect(await walletOf(town.house(), bob)).toBe(980);
    await town.expectConserved();
  });
});

describe('each night', () => {
  const bankOf = async (town: Town, who: MemberId): Promise<number> => {
    const answer = await ask(town.house(), 'economy.bank.open', {}, { member: who });
    if (!('done' in answer)) throw new Error(answer.refused);
    return (answer.done as { readonly account: { readonly bank: number } }).account.bank;
  };
  const saver = async (): Promise<Town> => {
    const town = await open();
    await town.fund(alice, 10_000);
    await ask(town.house(), 'economy.bank.deposit', { amount: 'all' });
    return town;
  };

  test('interest is paid, once a date, also over restarts', async () => {
    const town = await saver();
    await town.wait(12 * hourMs);
    expect(await bankOf(town, alice)).toBe(10_000);
    await town.wait(6 * 60_000);
    expect(await bankOf(town, alice)).toBe(10_050);
    await town.crash();
    await fall(town.house());
    await town.wait(hourMs);
    expect(await bankOf(town, alice)).toBe(10_050);
    await town.wait(dayMs);
    expect(await bankOf(town, alice)).toBe(10_100);
    await town.expectConserved();
  });

  test('fault 49: nights missed while the bot was down are made up for, a step each', async () => {
    const town = await saver();
    await town.wait(dayMs);
    expect(await bankOf(town, alice)).toBe(10_050);
    await town.crash(3 * dayMs);
    await fall(town.house());
    expect(await bankOf(town, alice)).toBe(10_200);
    await town.expectConserved();
  });

  test('the standings are reckoned, and asked for before at once', async () => {
    const town = await saver();
    const standings = async (): Promise<unknown> => {
      const answer = await ask(town.house(), 'economy.richest', {});
      return 'done' in answer ? (answer.done as { readonly standings: unknown }).standings : answer.refused;
    };
    expect(await standings()).toEqual([]);
    await fall(town.house());
    expect(await standings()).toEqual([{ member: alice, coins: 10_000 }]);
    await town.fund(carol, 20_000);
    await town.wait(dayMs);
    expect(await standings()).toEqual([
      { member: carol, coins: 20_000 },
      { member: alice, coins: 10_050 },
    ]);
  });
});

test.each(['forbidden', 'gone', 'unknown'] as const)(
  'a notice to a victim that ends as %s does no harm',
  async (failed) => {
    const performer = testPerformer(() => ({ failed }));
    const town = await open({ performer });
    await town.fund(alice, 5_000);
    await town.fund(bob, 5_000);
    const robbed = await ask(town.house(), 'economy.rob', { member: person(bob) });
    expect(robbed).toHaveProperty('done');
    await town.wait(dayMs);
    expect(performer.performed.map(({ kind }) => kind)).toEqual(['discord.direct-message']);
    expect(await ask(town.house(), 'economy.pay', { member: person(bob), amount: '1' })).toHaveProperty('done');
    await town.expectConserved();
  },
);
