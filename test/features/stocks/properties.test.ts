import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { holdings, traders } from '../../../src/features/stocks/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../../../src/kernel/key.ts';
import { answerRefused } from '../limits.ts';
import { createTable, hourMs, member, type Table } from '../table.ts';
import { quote } from './market.ts';

const players = [member(1), member(2)];
const symbols = ['TECH', 'BANK', 'MINE'];
const shares = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(String),
  fc.constantFrom('all', 'half', '33%', '1', '1000000', '0', '1e3', '-5'),
);

type Step =
  | {
      readonly kind: 'say';
      readonly who: MemberId;
      readonly path: string;
      readonly symbol: string;
      readonly shares: string;
    }
  | {
      readonly kind: 'press';
      readonly who: MemberId;
      readonly side: string;
      readonly symbol: string;
      readonly shares: string;
      readonly behind: number;
      readonly trade: number | undefined;
    }
  | { readonly kind: 'prices'; readonly prices: readonly number[]; readonly listed: boolean }
  | { readonly kind: 'fee'; readonly fee: string }
  | { readonly kind: 'wait' };

const who = fc.constantFrom(...players);
const symbol = fc.constantFrom(...symbols, 'GONE');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      who,
      path: fc.constantFrom('stocks buy', 'stocks sell'),
      symbol,
      shares,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who,
      side: fc.constantFrom('buy', 'sell'),
      symbol,
      shares,
      behind: fc.constantFrom(0, 0, 1, -1),
      trade: fc.constantFrom(undefined, undefined, 0, 1, 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('prices' as const),
      prices: fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 3, maxLength: 3 }),
      listed: fc.nat(5).map((one) => one > 0),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('0%', '1%', '10%').map((fee) => ({ kind: 'fee' as const, fee })) },
  { weight: 2, arbitrary: fc.constant({ kind: 'wait' as const }) },
);

const start = () => {
  const table = createTable();
  for (const player of players) table.fund(player, 30_000, 5_000);
  let version = 1;
  quote(table, { TECH: 15_000, BANK: 8_050, MINE: 4_533 }, { version });
  return {
    table,
    take: (one: Step): void => {
      switch (one.kind) {
        case 'say':
          expect(answerRefused(table.say(one.who, one.path, { symbol: one.symbol, shares: one.shares }))).toEqual([]);
          return;
        case 'press': {
          const trade = one.trade === undefined ? '' : `,"trade":${one.trade}`;
          const id = `g1~stocks.${one.side}-at~1~{"symbol":"${one.symbol}","version":${version - one.behind}${trade}}`;
          expect(answerRefused(table.press(one.who, id, { shares: one.shares }))).toEqual([]);
          return;
        }
        case 'prices':
          version += 1;
          quote(table, Object.fromEntries(symbols.map((name, index) => [name, one.prices[index] ?? 1])), {
            version,
            listed: one.listed,
          });
          return;
        case 'fee':
          table.set('trade.fee', one.fee);
          return;
        default:
          table.wait(hourMs / 4);
      }
    },
  };
};

interface Holding {
  readonly shares: number;
  readonly cost: number;
}

const held = (table: Table, player: MemberId, name: string): Holding =>
  (table.state.row(holdings, encodeKey(holdings.key, [player, name])) as Holding | undefined) ?? { shares: 0, cost: 0 };

const cashOf = (table: Table, player: MemberId): number => {
  const { wallet, bank } = table.account(player);
  return wallet + bank;
};

describe('any trades at any versions', () => {
  test.prop([fc.array(step, { maxLength: 80 })], { numRuns: 100 })(
    'conserve coins; holdings, costs and trades are what came of them',
    (steps) => {
      const { table, take } = start();
      for (const one of steps) {
        const before = players.map((player) => ({
          cash: cashOf(table, player),
          held: symbols.map((name) => held(table, player, name)),
          trades: trades(table, player),
        }));
        take(one);
        const { minted, burned } = table.supply();
        expect(BigInt(players.reduce((sum, player) => sum + cashOf(table, player), 0))).toBe(minted - burned);
        for (const [index, player] of players.entries()) {
          const was = before[index];
          if (!was) continue;
          const cash = cashOf(table, player) - was.cash;
          const now = symbols.map((name) => held(table, player, name));
          const changed = symbols.filter((_, at) => now[at]?.shares !== was.held[at]?.shares);
          expect(changed.length).toBe(trades(table, player) - was.trades);
          expect(changed.length).toBeLessThanOrEqual(1);
          if (changed.length === 0) {
            expect(cash).toBe(0);
            expect(now).toEqual(was.held);
            continue;
          }
          const at = symbols.indexOf(changed[0] ?? '');
          const [old, fresh] = [was.held[at] as Holding, now[at] as Holding];
          if (fresh.shares > old.shares) expect(fresh.cost - old.cost).toBe(-cash);
          else {
            // What is left keeps its average, rounded up by less than a coin.
            const fair = (old.cost * fresh.shares) / old.shares;
            expect(fresh.cost).toBeGreaterThanOrEqual(Math.floor(fair));
            expect(fresh.cost).toBeLessThan(fair + 1);
            expect(cash).toBeGreaterThanOrEqual(0);
          }
        }
        for (const [key, row] of table.state.rows(holdings)) {
          const { shares: count, cost } = row as Holding;
          expect(count >= 1 && count <= 1_000_000 && cost >= 0).toBe(true);
          expect(symbols).toContain(decodeKey(holdings.key, key)[1]);
        }
      }
    },
  );

  test.prop([fc.array(step, { maxLength: 60 }), fc.tuple(...symbols.map(() => fc.integer({ min: 1, max: 60_000 })))], {
    numRuns: 100,
  })('gain nothing while the prices stand still', (steps, prices) => {
    const { table, take } = start();
    quote(table, Object.fromEntries(symbols.map((name, index) => [name, prices[index] ?? 1])), { version: 1 });
    const wealth = (): bigint =>
      players.reduce((sum, player) => {
        const worth = symbols.reduce(
          (part, name, at) => part + BigInt(held(table, player, name).shares) * BigInt(prices[at] ?? 1),
          0n,
        );
        return sum + BigInt(cashOf(table, player)) * 100n + worth;
      }, 0n);
    let before = wealth();
    const count = () => players.reduce((sum, player) => sum + trades(table, player), 0);
    let traded = count();
    for (const one of steps) {
      if (one.kind === 'prices') continue;
      take(one);
      // Each trade costs at least its fee of a coin, except where a sale brings less than that.
      if (count() > traded) expect(wealth()).toBeLessThan(before);
      else expect(wealth()).toBe(before);
      before = wealth();
      traded = count();
    }
  });
});

const trades = (table: Table, player: MemberId): number =>
  (table.state.row(traders, encodeKey(traders.key, [player])) as { trades: number } | undefined)?.trades ?? 0;
