import { expect, test } from 'vitest';
import { measureCasinoDay } from '../../bench/casino-day/part.ts';
import { visit } from '../../bench/casino-day/visit.ts';
import { benchMember } from '../../bench/house.ts';
import { plans } from '../../bench/plan.ts';

test('a visit plays a hand on until it is over', () => {
  const acts = visit(benchMember(1), { purchases: 3, drinks: true });
  const names: string[] = [];
  let value: unknown;
  for (let act = acts.next(); act.done !== true; act = acts.next(value)) {
    names.push(act.value.operation);
    const moves = names.filter((name) => name === 'casino.blackjack.move').length;
    value =
      act.value.operation.startsWith('casino.blackjack') && moves < 2 ? { kind: 'dealt', round: 7, step: moves } : {};
  }
  expect(names).toEqual([
    'shop.buy',
    'items.use',
    'casino.coinflip',
    'casino.slots',
    'casino.roulette',
    'casino.blackjack',
    'casino.blackjack.move',
    'casino.blackjack.move',
  ]);
});

test('a day in casino and shop beside pays, by rows changed', { timeout: 60_000 }, async () => {
  const { results, ratios } = await measureCasinoDay({ ...plans.tiny, rounds: 2 }, () => undefined);
  const valueOf = (name: string): number => results.find((one) => one.name === name)?.value ?? Number.NaN;
  // Payer, receiver and the ledger.
  expect(valueOf('rows changed by economy.pay')).toBe(3);
  for (const name of ['shop.buy', 'casino.coinflip', 'casino.slots', 'casino.roulette', 'casino.blackjack.move']) {
    expect(valueOf(`rows changed by ${name}`), name).toBeGreaterThan(3);
  }
  expect(ratios?.['casino and shop / pay, rows changed a second']).toBeGreaterThan(0);
  expect(valueOf('casino and shop, rows changed')).toBeGreaterThan(valueOf('casino and shop, operations'));
});
