// Races over the real actors and a real store: a power cut in the lobby or in the race loses no coin and makes none.
import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { races } from '../../../src/features/races/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { elsewhere, type Inhabited, inhabit } from '../../house/people.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

interface Shown {
  readonly at: string;
  readonly race: string;
  readonly phase: string;
  readonly bets: readonly { readonly paid?: number }[];
}
const doneOf = (answer: Answer): unknown => {
  if (!('done' in answer)) throw new Error(answer.refused);
  return answer.done;
};

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [wallet, casino, fairness, races] });
});

const held = async (): Promise<number> => {
  const look = doneOf(await it.ask('economy.balance')) as { wallet: number; bank: number };
  return look.wallet + look.bank;
};
const lobby = async (): Promise<{ readonly at: string; readonly race: string }> => {
  const { race } = doneOf(await it.ask('races.open')) as { race: Shown };
  return { at: race.at, race: race.race };
};
const look = async (key: object): Promise<Shown> => doneOf(await it.ask('races.look', key)) as Shown;

test('a lobby that is open when the power is cut takes bets on, and its race is run', async () => {
  const key = await lobby();
  await it.crash();
  doneOf(await it.ask('races.bet', { ...key, rat: 0, amount: '50' }));
  await it.wait(30 * secondMs);
  expect((await look(key)).phase).toBe('running');
  await it.crash();
  await it.wait(5 * minuteMs);
  const over = await look(key);
  expect(over.phase).toBe('over');
  expect(await held()).toBe(50 + (over.bets[0]?.paid ?? Number.NaN));
  await it.crash();
  await it.wait(5 * minuteMs);
  expect(await held()).toBe(50 + (over.bets[0]?.paid ?? Number.NaN));
});

test('a lobby whose start was missed by a long while gives every stake back, once', async () => {
  const key = await lobby();
  doneOf(await it.ask('races.bet', { ...key, rat: 0, amount: '50' }));
  expect(await held()).toBe(50);
  it.skip(6 * minuteMs);
  await it.crash();
  await it.fall();
  expect(await held()).toBe(100);
  await it.crash();
  await it.fall();
  expect(await held()).toBe(100);
  expect((await look(key)).phase).toBe('cancelled');
});

test('a race is none in another server', async () => {
  const key = await lobby();
  expect(await it.ask('races.bet', { ...key, rat: 0, amount: '50' }, elsewhere)).toMatchObject({
    refused: 'economy.races.past',
  });
});
