// Games over the real actors and a real store: they outlive a power cut, and the deadline settles them.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { elsewhere, type Inhabited, inhabit } from '../../house/people.ts';

const by = '200000000000000001';
const minuteMs = 60_000;

interface Done {
  readonly done: {
    readonly kind: string;
    readonly round: number;
    readonly wallet?: number;
    readonly played?: readonly { readonly counters: { readonly played: number } }[];
  };
}
const doneOf = (answer: Answer): Done['done'] => {
  if (!('done' in answer)) throw new Error(answer.refused);
  return (answer as unknown as Done).done;
};

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [wallet, casino, fairness] });
});

const played = async (): Promise<number> =>
  (doneOf(await it.ask('casino.stats')).played ?? []).reduce((sum, { counters }) => sum + counters.played, 0);

/** Deals until a hand is open, and gives its round. */
const openHand = async (): Promise<number> => {
  await it.ask('fair.seed');
  for (let tries = 0; tries < 20; tries += 1) {
    const { kind, round } = doneOf(await it.ask('casino.blackjack', { bet: '10' }));
    if (kind === 'dealt') return round;
    await it.wait(minuteMs);
  }
  throw new Error('no hand went on');
};

describe('a hand that is open when the power is cut', () => {
  test('is played on with the buttons that were shown before', async () => {
    const round = await openHand();
    const before = await played();
    await it.crash();
    const stood = doneOf(await it.ask('casino.blackjack.move', { by, round, step: 0, move: 'S' }));
    expect(stood.kind).toBe('ended');
    expect(await played()).toBe(before + 1);
  });

  test('stands by itself at its deadline, once', async () => {
    const round = await openHand();
    const before = await played();
    await it.crash();
    await it.wait(5 * minuteMs);
    expect(await played()).toBe(before + 1);
    await it.crash();
    await it.wait(5 * minuteMs);
    expect(await played()).toBe(before + 1);
    expect(doneOf(await it.ask('casino.blackjack.move', { by, round, step: 0, move: 'S' })).kind).toBe('past');
  });

  test('is no hand in another server', async () => {
    const round = await openHand();
    const answer = await it.ask('casino.blackjack.move', { by, round, step: 0, move: 'S' }, elsewhere);
    expect(doneOf(answer).kind).toBe('past');
    expect(doneOf(await it.ask('casino.blackjack.move', { by, round, step: 0, move: 'S' })).kind).toBe('ended');
  });
});

test('a curve that is open when the power is cut ends at its time', async () => {
  await it.ask('fair.seed');
  for (let tries = 0; tries < 20; tries += 1) {
    const { kind } = doneOf(await it.ask('casino.crash', { bet: '10' }));
    if (kind === 'flying') break;
    await it.wait(minuteMs);
  }
  const before = await played();
  await it.crash();
  await it.wait(2 * minuteMs);
  expect(await played()).toBe(before + 1);
});
