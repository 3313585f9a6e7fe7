// Loans over the real actors and a real store: what is due falls after a power cut as well, and once.
import { expect, test } from 'vitest';
import type { Answer } from '../../../src/actors/request.ts';
import { loans } from '../../../src/features/loans/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { elsewhere, inhabit } from '../../house/people.ts';

const dayMs = 24 * 60 * 60_000;

const doneOf = (answer: Answer): unknown => {
  if (!('done' in answer)) throw new Error(answer.refused);
  return answer.done;
};

test('a loan outlives power cuts: missed weeks cost once, and too many make a debt of it, once', async () => {
  const it = await inhabit({ features: [wallet, loans] });
  const look = async () => doneOf(await it.ask('economy.balance')) as { wallet: number; debt: number };
  await look();
  await it.wait(8 * dayMs);
  doneOf(await it.ask('loans.take', { amount: '100' }));
  for (const [days, outstanding] of [
    [13, 100],
    [1, 115],
    [7, 132],
  ] as const) {
    await it.crash();
    await it.wait(days * dayMs);
    await it.crash();
    await it.fall();
    expect(doneOf(await it.ask('loans.status'))).toMatchObject({ outstanding });
  }
  expect(await it.ask('loans.status', {}, elsewhere)).toEqual({ done: undefined });
  await it.crash();
  await it.wait(7 * dayMs);
  await it.crash();
  await it.wait(dayMs);
  // 151 were collected from what there was: 200 and eight nights without interest.
  expect(await look()).toMatchObject({ wallet: 200 - 151, debt: 0 });
  expect(doneOf(await it.ask('loans.status'))).toBeUndefined();
  await it.house().stop();
});
