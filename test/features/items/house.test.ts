// Items over the real actors and a real store: purchases and potions outlive a power cut, and happen once.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { chests } from '../../../src/features/chests/index.ts';
import { items } from '../../../src/features/items/index.ts';
import { shop } from '../../../src/features/shop/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { overriding } from '../../house/overriding.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../../house/people.ts';

const by = '200000000000000001';

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [wallet, casino, fairness, items, shop, chests, overriding] });
  await it.ask('test.override', { 'start.coins': '100000' });
  await it.ask('economy.balance');
});

/** What the button of a confirmation carries. */
const press = (number: number, key = 'energy_drink', price = 2_000) => ({ by, i: key, n: 1, p: price, t: number });
const refusedOf = (answer: Answer): string | undefined => ('refused' in answer ? answer.refused : undefined);

const owned = async (guild = home): Promise<Readonly<Record<string, number>>> => {
  const answer = await it.ask('items.inventory', {}, guild);
  if (!('done' in answer)) throw new Error(answer.refused);
  const { rows } = answer.done as { readonly rows: readonly { readonly key: string; readonly count: number }[] };
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
};
const active = async (): Promise<readonly string[]> => {
  const answer = await it.ask('items.inventory');
  if (!('done' in answer)) throw new Error(answer.refused);
  return (answer.done as { readonly active: readonly (readonly [string, unknown])[] }).active.map(([key]) => key);
};
const fundsIn = async (guild = home): Promise<number> => {
  const answer = await it.ask('economy.balance', {}, guild);
  if (!('done' in answer)) throw new Error(answer.refused);
  const { look } = answer.done as { readonly look?: { readonly wallet: number } };
  return look?.wallet ?? (answer.done as { readonly wallet: number }).wallet;
};

describe('a confirmation that was shown before the power is cut', () => {
  test('buys once, however often it is pressed', async () => {
    await it.crash();
    expect(refusedOf(await it.ask('shop.buy', press(0)))).toBeUndefined();
    await it.crash();
    expect(refusedOf(await it.ask('shop.buy', press(0)))).toBe('economy.shop.pressed');
    expect(await owned()).toEqual({ energy_drink: 1 });
    expect(await fundsIn()).toBe(98_000);
  });

  test('pressed fifty times at once it buys once, and nothing in another server', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => it.ask('shop.buy', press(0))));
    expect(answers.filter((answer) => 'done' in answer).length).toBe(1);
    expect(await owned()).toEqual({ energy_drink: 1 });
    expect(await fundsIn()).toBe(98_000);
    expect(await owned(elsewhere)).toEqual({});
    expect(refusedOf(await it.ask('shop.buy', press(0), elsewhere))).toBe('economy.shop.poor');
  });
});

test('a potion works on after the power is cut, until its time is over', async () => {
  await it.ask('shop.buy', press(0));
  await it.ask('items.use', { item: 'energy_drink' });
  await it.crash();
  await it.wait(59 * 60_000);
  expect(await active()).toEqual(['energy_drink']);
  await it.wait(60_000);
  expect(await active()).toEqual([]);
});

test('chests that were opened are gone after the power is cut, and what was in them is there', async () => {
  await it.ask('shop.buy', press(0, 'epic_chest', 15_000));
  const answer = await it.ask('chests.open', { chest: 'epic' });
  expect(refusedOf(answer)).toBeUndefined();
  const [things, funds] = [await owned(), await fundsIn()];
  expect(things).not.toHaveProperty('epic_chest');
  expect(funds !== 85_000 || Object.keys(things).length === 1).toBe(true);
  await it.crash();
  expect(await owned()).toEqual(things);
  expect(await fundsIn()).toBe(funds);
  expect(refusedOf(await it.ask('chests.open', { chest: 'epic' }))).toBe('economy.chest.none');
});
