import { describe, expect, test } from 'vitest';
import { flows } from '../../../src/features/wallet/state.ts';
import { flowDays } from '../../../src/features/wallet/tuning.ts';
import { answerRefused } from '../limits.ts';
import { alice, bob, createTable, dayMs, person, type Table } from '../table.ts';
import { eco } from './staff.ts';

const pictureOf = (table: Table) => {
  const picture = eco(table, 'status').reply.embeds?.[0]?.picture;
  if (!picture) throw new Error('no picture');
  return picture;
};

describe('/eco status', () => {
  test('tells what made and unmade coins, by command', () => {
    const table = createTable();
    table.set('pay.tax', '50%');
    table.say(alice, 'daily');
    table.say(alice, 'pay', { member: person(bob), amount: '100' });
    const status = eco(table, 'status');
    expect(answerRefused(status)).toEqual([]);
    expect(status.words).toContain('A start in life: +100 −0');
    expect(status.words).toContain('Daily reward: +150 −0');
    expect(status.words).toMatch(/Paid to .*: \+0 −50/);
    expect(status.reply.private).toBe(true);
  });

  test('draws the coins there were at the end of each of thirty days', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.wait(10 * dayMs);
    table.fund(alice, 500);
    table.wait(3 * dayMs);
    eco(table, 'take-coins', { member: person(alice), amount: '200' });
    const { points } = pictureOf(table);
    expect(points).toHaveLength(flowDays);
    const values = points.map(([, value]) => value);
    expect(values.slice(-15)).toEqual([0, ...Array<number>(10).fill(1_000), 1_500, 1_500, 1_500, 1_300]);
    for (const [index, [at]] of points.entries()) expect(at - (points[0]?.[0] ?? 0)).toBe(index * dayMs);
  });

  test('flows that the chart does not reach go, with or without a bot that runs each day', () => {
    const table = createTable();
    table.fund(alice, 10_000_000);
    for (let day = 0; day < 100; day += 1) {
      table.wait(day === 50 ? 40 * dayMs : dayMs);
      table.say(alice, 'daily');
      eco(table, 'take-coins', { member: person(alice), amount: '1' });
    }
    const days = [...table.state.rows(flows).keys()];
    expect(days.length).toBeLessThanOrEqual(2 * flowDays);
    expect(days.length).toBeGreaterThan(flowDays);
    const { points } = pictureOf(table);
    expect(points.at(-1)?.[1]).toBe(Number(table.supply().minted - table.supply().burned));
  });

  test('a payment that makes and unmakes nothing writes no flow', () => {
    const table = createTable();
    table.fund(alice, 100);
    table.fund(bob, 100);
    const before = JSON.stringify([...table.state.rows(flows).keys()]);
    table.say(alice, 'pay', { member: person(bob), amount: '10' });
    expect(JSON.stringify([...table.state.rows(flows).keys()])).toBe(before);
  });
});

describe('decay', () => {
  test.each([
    { wallet: 1_000, bank: 0, rate: '10%', free: '0', left: [900, 0] },
    { wallet: 1_000, bank: 500, rate: '10%', free: '0', left: [1_000, 350] },
    { wallet: 1_000, bank: 50, rate: '10%', free: '0', left: [945, 0] },
    { wallet: 1_000, bank: 500, rate: '20%', free: '1,000', left: [1_000, 400] },
    { wallet: 1_000, bank: 0, rate: '20%', free: '1,000', left: [1_000, 0] },
    { wallet: 1_009, bank: 0, rate: '10%', free: '0', left: [909, 0] },
    { wallet: 1_000, bank: 500, rate: '0%', free: '0', left: [1_000, 500] },
    { wallet: 1e15, bank: 1e15, rate: '20%', free: '0', left: [1e15, 6e14] },
  ])('$rate of $wallet and $bank above $free', ({ wallet, bank, rate, free, left }) => {
    const table = createTable();
    table.fund(alice, wallet);
    table.fund(bob, 0);
    if (bank > 0) table.fund(alice, 0, bank);
    table.set('decay.rate', rate);
    table.set('decay.free', free);
    const burned = table.supply().burned;
    table.runTask('economy.decay', { date: '2026-08-03', dueAt: table.clock.now, missed: 0 });
    expect([table.account(alice).wallet, table.account(alice).bank]).toEqual(left);
    expect(table.supply().burned - burned).toBe(BigInt(wallet + bank) - BigInt(left[0] ?? 0) - BigInt(left[1] ?? 0));
  });
});
