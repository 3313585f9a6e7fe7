import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/actors/request.ts';
import { coins } from '../../src/kernel/money.ts';
import { dumpGuild, freshDisks, type House, openHouse, reopened } from '../house/house.ts';
import { expectMoneyConserved } from '../properties/money.ts';
import { alice, ask, bob, carol, funding, home, pay, person, walletOf } from './people.ts';

// Faults of money through real actors, store and journal; what `/pay` itself refuses is in test/features.

const ceiling = 1_000_000_000_000_000;

const seat = async (wallets: readonly (readonly [typeof alice, number])[]) => {
  const disks = freshDisks();
  const house = await openHouse(disks, { features: [funding] });
  for (const [who, wallet] of wallets) await ask(house, 'funding.fund', { who, wallet: coins(wallet) });
  return { disks, house };
};

const isDone = (answer: Answer): boolean => 'done' in answer;

const expectConserved = async (house: House): Promise<void> => {
  house.directory.evictIdle(0);
  expectMoneyConserved(dumpGuild(house, home));
};

describe('money', () => {
  test('fault 8: a receiver at the ceiling takes nothing, also after a restart, and nothing was cut to fit', async () => {
    const { disks, house } = await seat([
      [alice, 1_000],
      [bob, ceiling - 999],
    ]);
    const refused = { refused: 'economy.money.full', with: { member: bob } };
    expect(await Promise.all([pay(house, '1000'), pay(house, 'all')])).toEqual([refused, refused]);
    await expectConserved(house);
    await house.stop();
    const again = await openHouse(reopened(disks), { features: [funding] });
    expect(await walletOf(again, alice)).toBe(1_000);
    expect(await walletOf(again, bob)).toBe(ceiling - 999);
    expect(await pay(again, '999')).toMatchObject({ done: { wallet: 1 } });
    expect(await pay(again, '1')).toEqual(refused);
    expect(await walletOf(again, bob)).toBe(ceiling);
    await expectConserved(again);
    await again.stop();
  });

  test('faults 1, 2 and 12: negative, self and bot pays change no row', async () => {
    const { house } = await seat([
      [alice, 1_000],
      [bob, 1_000],
    ]);
    const answers = [
      await pay(house, '-5'),
      await pay(house, '-1000'),
      await pay(house, 'all', home, person(alice)),
      await pay(house, '5', home, person(bob, true)),
      await ask(house, 'economy.rob', { member: person(bob, true) }),
      await ask(house, 'economy.rob', { member: person(alice) }),
    ];
    expect(answers.map((answer) => 'refused' in answer && answer.refused)).toEqual([
      'core.input.amount',
      'core.input.amount',
      'economy.pay.self',
      'economy.pay.bot',
      'economy.rob.bot',
      'economy.rob.self',
    ]);
    expect([await walletOf(house, alice), await walletOf(house, bob)]).toEqual([1_000, 1_000]);
    await expectConserved(house);
    await house.stop();
  });

  test('faults 10 and 11: paying, robbing and moving away at once, the wallet is spent once', async () => {
    const { house } = await seat([
      [alice, 1_000],
      [bob, 1_000],
      [carol, 1_000],
    ]);
    const answers = await Promise.all([
      ...Array.from({ length: 100 }, () => pay(house, '1000')),
      ask(house, 'economy.bank.deposit', { amount: '1000' }),
      ask(house, 'economy.rob', { member: person(alice) }, { member: carol }),
      ask(house, 'economy.rob', { member: person(carol) }),
      ...Array.from({ length: 100 }, () => pay(house, '1000', home, person(carol))),
    ]);
    expect(answers.filter(isDone).length).toBeGreaterThan(0);
    expect(answers.slice(0, 101).filter(isDone)).toHaveLength(1);
    await expectConserved(house);
    await house.stop();
  });

  test('fault 14: shares asked for at once are each of what is there when their turn comes', async () => {
    const { house } = await seat([[alice, 1_000]]);
    const shares = ['half', 'half', '25%', '10%', 'all', 'max'];
    const answers = await Promise.all(shares.map((share) => pay(house, share)));
    expect(answers.map((answer) => ('done' in answer ? answer.done : answer.refused))).toMatchObject([
      { wallet: 500 },
      { wallet: 250 },
      { wallet: 188 },
      { wallet: 170 },
      { wallet: 0 },
      'economy.pay.empty',
    ]);
    await house.stop();
  });

  test('fault 16: of 50 claims of the day at once one is granted', async () => {
    const { house } = await seat([]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(house, 'economy.daily')));
    expect(answers.filter(isDone)).toHaveLength(1);
    expect(await walletOf(house, alice)).toBe(250);
    await expectConserved(house);
    await house.stop();
  });
});
