// Crash rounds of a channel over the real actors and a real store: a power cut loses no coin and makes none.
import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { channelId, memberId } from '../../../src/kernel/ids.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../../house/people.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const channel = channelId('300000000000000001');
const someone = memberId('200000000000000001');

interface Stood {
  readonly kind: string;
  readonly shown: { readonly round: string; readonly phase: string; readonly ending?: string };
  readonly bet: { readonly end?: { readonly at: number; readonly paid: number } };
}
const doneOf = (answer: Answer): unknown => {
  if (!('done' in answer)) throw new Error(answer.refused);
  return answer.done;
};

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [wallet, casino, fairness] });
});

const held = async (): Promise<number> => {
  const look = doneOf(await it.ask('economy.balance')) as { wallet: number; bank: number };
  return look.wallet + look.bank;
};
let asked = 0;
/** Uses `/casino crash` in the channel. */
const open = (): Promise<Answer> => {
  const { directory, registry, clock } = it.house();
  const operation = registry.operations.get('casino.crash');
  if (!operation) throw new Error('no operation');
  asked += 1;
  return directory.ask({
    id: String((BigInt(clock.now - 1_420_070_400_000) << 22n) | BigInt(2_000 + asked)),
    guild: home,
    member: someone,
    permissions: 0n,
    channel,
    operation,
    input: { bet: '40' },
    deadlineMs: Number.MAX_SAFE_INTEGER,
  });
};
/** Has somebody in a round, on a channel whose first round it is; gives its key. */
const seat = async (): Promise<{ readonly at: string; readonly round: string }> => {
  const { shown } = doneOf(await open()) as Stood;
  const key = { at: channel, round: shown.round };
  doneOf(await it.ask('casino.crash.join', { ...key, amount: '40' }));
  return key;
};
const look = async (key: object): Promise<Stood> => doneOf(await it.ask('casino.crash.look', key)) as Stood;
/** Lets time go by in small steps, as it does. */
const pass = async (ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += secondMs) await it.wait(secondMs);
};

test('a round that takes bets when the power is cut starts at its time, and pays or does not, once', async () => {
  const key = await seat();
  expect(await held()).toBe(60);
  await it.crash();
  await pass(15 * secondMs);
  expect((await look(key)).shown.phase).not.toBe('open');
  await pass(70 * secondMs);
  const { bet, shown } = await look(key);
  expect(shown.ending).toBe('crashed');
  expect(await held()).toBe(60 + (bet.end?.paid ?? Number.NaN));
  await it.crash();
  await pass(minuteMs);
  expect(await held()).toBe(60 + (bet.end?.paid ?? Number.NaN));
});

test('a round that rose when the power was cut for minutes pays what the curve showed last, once', async () => {
  for (let tries = 0; tries < 20; tries += 1) {
    const before = await held();
    const key = await seat();
    await pass(18 * secondMs);
    const { shown } = await look(key);
    it.skip(5 * minuteMs);
    await it.crash();
    await it.fall();
    if (shown.phase !== 'rising') {
      // It had crashed by then: another channel's first round is another draw.
      expect(await held()).toBeLessThan(before);
      it = await inhabit({
        features: [wallet, casino, fairness],
        seeds: () => new Uint8Array(16).fill(tries + 1),
      });
      continue;
    }
    const { bet, shown: after } = await look(key);
    expect(after.ending).toBe('away');
    expect(bet.end?.at).toBeGreaterThan(100);
    expect(await held()).toBe(60 + (bet.end?.paid ?? Number.NaN));
    await it.crash();
    await pass(minuteMs);
    expect(await held()).toBe(60 + (bet.end?.paid ?? Number.NaN));
    return;
  }
  throw new Error('no round rose');
});

test('a round whose start was missed by minutes gives the stake back, once', async () => {
  await seat();
  it.skip(6 * minuteMs);
  await it.crash();
  await it.fall();
  expect(await held()).toBe(100);
  await it.crash();
  await it.fall();
  expect(await held()).toBe(100);
});

test('a round is none in another server', async () => {
  const key = await seat();
  expect(await it.ask('casino.crash.join', { ...key, amount: '40' }, elsewhere)).toMatchObject({
    refused: 'economy.casino.crash.long-past',
  });
});
