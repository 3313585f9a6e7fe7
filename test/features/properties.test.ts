import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Account } from '../../src/features/wallet/api.ts';
import { accounts, debts, ledger, vaults } from '../../src/features/wallet/state.ts';
import { type AnyOperation, openOperation } from '../../src/kernel/operation.ts';
import type { Option } from '../../src/kernel/option.ts';
import { answerRefused } from './limits.ts';
import { type Answered, administrator, createTable, dayMs, hourMs, member, person, type Table } from './table.ts';

const ceiling = 1_000_000_000_000_000;
const players = [1, 2, 3, 4].map(member);

const anybody = fc.constantFrom(...players);
const somebody = fc.record({
  id: fc.oneof({ weight: 9, arbitrary: anybody }, { weight: 1, arbitrary: fc.constant(member(50)) }),
  bot: fc.nat(9).map((one) => one === 0),
  present: fc.nat(9).map((one) => one !== 0),
});
const amount = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('all', 'half', '25%', '1', '50', '100', '1,000', String(ceiling)) },
  { weight: 2, arbitrary: fc.nat(2_000).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('1e3', '-5', '٣', `1${'0'.repeat(400)}`, ' ', '0x10', '½', '', 'NaN') },
);

type Step =
  | { readonly kind: 'say'; readonly who: string; readonly path: string; readonly input: Record<string, unknown> }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'fund'; readonly who: string; readonly wallet: number; readonly bank: number }
  | { readonly kind: 'wait'; readonly ms: number }
  /** One of the buttons of the requests so far, answered ones with them. */
  | { readonly kind: 'press'; readonly who: string; readonly which: number }
  | { readonly kind: 'night'; readonly missed: number };

const say = (path: string, input: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('say' as const), who: anybody, path: fc.constant(path), input });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: say('balance', fc.oneof(fc.constant({}), fc.record({ member: somebody }))) },
  { weight: 3, arbitrary: say('daily', fc.constant({})) },
  { weight: 6, arbitrary: say('pay', fc.record({ member: somebody, amount })) },
  { weight: 6, arbitrary: say('rob', fc.record({ member: somebody })) },
  { weight: 2, arbitrary: say('bank deposit', fc.record({ amount })) },
  { weight: 2, arbitrary: say('bank withdraw', fc.record({ amount })) },
  { weight: 1, arbitrary: say('bank open', fc.constant({})) },
  { weight: 1, arbitrary: say('bank history', fc.record({ page: fc.integer({ min: 1, max: 10 }) })) },
  { weight: 2, arbitrary: say('weekly', fc.constant({})) },
  { weight: 3, arbitrary: say('request', fc.record({ member: somebody, amount })) },
  { weight: 1, arbitrary: say('richest', fc.constant({})) },
  { weight: 1, arbitrary: say('profile', fc.oneof(fc.constant({}), fc.record({ member: somebody }))) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('press' as const), who: anybody, which: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('night' as const), missed: fc.nat(9) }) },
  { weight: 1, arbitrary: say('leaderboard', fc.record({ board: fc.constantFrom('coins', 'bank', 'richest') })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        ['rob.cooldown_min', '1'],
        ['rob.protect_min', '0'],
        ['rob.min_wallet', '1'],
        ['rob.success', '80%'],
        ['rob.success', '5%'],
        ['rob.fine', '50%'],
        ['pay.tax', '33.33%'],
        ['streak.enabled', 'on'],
        ['daily.amount', '1,000,000,000'],
        ['weekly.amount', '1,000,000,000'],
        ['bank.interest', '2%'],
        ['bank.interest_cap', '0'],
        ['request.deadline_h', '1'],
        ['rob.notice', 'off'],
        ['start.coins', '0'],
      )
      .map(([key = '', value = '']) => ({ kind: 'set' as const, key, value })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fund' as const),
      who: anybody,
      wallet: fc.oneof(fc.nat(5_000), fc.nat(ceiling / 4)),
      bank: fc.oneof(fc.nat(5_000), fc.nat(ceiling / 4)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(1, 60_000, hourMs, dayMs, -dayMs, 31 * dayMs)
      .map((ms) => ({ kind: 'wait' as const, ms })),
  },
);

const requestButtons = new WeakMap<Table, string[]>();
const rememberButtons = (table: Table, { reply }: Answered): void => {
  const ids = (reply.rows ?? []).flat().map(({ customId }) => customId);
  requestButtons.set(table, [...(requestButtons.get(table) ?? []), ...ids]);
};

const take = (table: Table, { ...one }: Step): void => {
  switch (one.kind) {
    case 'say': {
      const answered = table.say(one.who as never, one.path, one.input);
      expect(answerRefused(answered)).toEqual([]);
      if (one.path === 'request') rememberButtons(table, answered);
      return;
    }
    case 'press': {
      const buttons = requestButtons.get(table) ?? [];
      const id = buttons[one.which % Math.max(buttons.length, 1)];
      if (id !== undefined) expect(answerRefused(table.press(one.who as never, id))).toEqual([]);
      return;
    }
    case 'night': {
      const { now } = table.clock;
      const run = { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed: one.missed };
      for (const { operation, realm } of table.registry.jobs) {
        if (realm === 'guilds') table.runTask(operation.name, run);
      }
      table.fall();
      return;
    }
    case 'set':
      table.set(one.key, one.value);
      return;
    case 'wait':
      table.wait(one.ms);
      return;
    case 'fund': {
      const { wallet, bank } = table.account(one.who as never);
      if (Math.max(wallet + one.wallet, bank + one.bank) <= ceiling) {
        table.fund(one.who as never, one.wallet, one.bank);
      }
    }
  }
};

const checkMoney = (table: Table): void => {
  let held = 0n;
  let owed = 0;
  for (const row of table.state.rows(accounts).values()) {
    const { wallet, bank, debt, entries } = row as Account;
    for (const coins of [wallet, bank, debt]) {
      expect(Number.isSafeInteger(coins) && coins >= 0 && coins <= ceiling).toBe(true);
    }
    expect(entries).toBeGreaterThanOrEqual(0);
    held += BigInt(wallet) + BigInt(bank);
    owed += debt;
  }
  for (const row of table.state.rows(vaults).values()) held += BigInt((row as { readonly coins: number }).coins);
  const { minted, burned } = table.supply();
  expect(held).toBe(minted - burned);
  const items = [...table.state.rows(debts).values()] as { readonly coins: number }[];
  expect(items.reduce((sum, { coins }) => sum + coins, 0)).toBe(owed);
};

const checkLedger = (table: Table): void => {
  for (const [who, row] of table.state.rows(accounts)) {
    const account = row as Account;
    const mine = table.ledgerRows().filter((line) => line.member === who);
    expect(mine).toHaveLength(account.entries);
    const sum = (purse: 'wallet' | 'bank' | 'debt'): number => mine.reduce((total, entry) => total + entry[purse], 0);
    expect({ wallet: sum('wallet'), bank: sum('bank'), debt: sum('debt') }).toEqual({
      wallet: account.wallet,
      bank: account.bank,
      debt: account.debt,
    });
  }
};

describe('any operations in any order', () => {
  test.prop([fc.array(step, { maxLength: 60, size: 'max' }), fc.uint8Array({ minLength: 16, maxLength: 16 })], {
    numRuns: 150,
  })('conserve coins, owe what is owed, leave nothing negative, and account for every change', (steps, seed) => {
    const table = createTable();
    let drawn = 0;
    table.draw(() => {
      drawn += 1;
      return seed.map((byte, index) => (index === 0 ? byte + drawn : byte));
    });
    for (const one of steps) {
      take(table, one);
      checkMoney(table);
    }
    checkLedger(table);
  });

  test.prop([fc.array(step, { maxLength: 40, size: 'max' })], { numRuns: 50 })(
    'give the same rows when they run again',
    (steps) => {
      const rows = (): unknown => {
        const table = createTable();
        for (const one of steps) take(table, one);
        return [accounts, debts, ledger].map((collection) => Array.from(table.state.rows(collection)));
      };
      expect(rows()).toEqual(rows());
    },
  );

  test.prop([fc.array(step, { maxLength: 30, size: 'max' })], { numRuns: 50 })(
    'delivered a second time change nothing and are answered the same',
    (steps) => {
      const table = createTable();
      for (const one of steps) {
        if (one.kind !== 'say') take(table, one);
        else {
          const id = table.nextId();
          const first = table.say(one.who as never, one.path, one.input, { id });
          const { commits } = table.state;
          const again = table.say(one.who as never, one.path, one.input, { id });
          if (table.state.commits > commits) expect(first).toEqual(again);
          expect(table.state.commits).toBe(commits);
        }
      }
    },
  );
});

const absurd = fc.oneof(
  fc.constantFrom<unknown>(
    '1e3',
    '-5',
    '٣',
    `1${'0'.repeat(400)}`,
    ' ',
    '0x10',
    '½',
    '',
    '__proto__',
    'constructor',
    '@everyone',
    '\u202Eevil',
    '\u0000',
    -1,
    0,
    1.5,
    Number.NaN,
    Infinity,
    2 ** 53,
    null,
    undefined,
    true,
    [],
    {},
  ),
  fc.constantFrom<unknown>(
    'all',
    '10',
    'coins',
    'daily.amount',
    'pay',
    'economy',
    1,
    2,
    person(member(1)),
    person(member(2)),
  ),
  fc.record({ id: fc.constantFrom('1', '__proto__', member(1)), bot: fc.anything(), present: fc.anything() }),
  fc.anything(),
);

const namesOf = (operation: AnyOperation): readonly string[] =>
  'options' in operation.input ? Object.keys(operation.input.options as Record<string, Option<unknown>>) : [];

describe('arbitrary options', () => {
  const { registry } = createTable();
  const operations = [...registry.operations.values()].filter(({ name }) => !name.startsWith('test.'));
  const everyName = [...new Set(operations.flatMap(namesOf)), 'chosen', 'board', 'page', 'by', '__proto__', 'more'];

  test.each(operations)('$name throws nothing and answers what Discord takes', (operation) => {
    const names = namesOf(operation);
    const input = fc.oneof(
      fc.record(Object.fromEntries(names.map((name) => [name, absurd])), { requiredKeys: [] }),
      fc.dictionary(fc.constantFrom(...everyName), absurd, { maxKeys: 4 }),
      fc.anything(),
    );
    fc.assert(
      fc.property(anybody, fc.array(input, { maxLength: 5 }), (who, inputs) => {
        const table = createTable();
        table.fund(member(1), 1_000, 50);
        for (const one of inputs) {
          const answered = table.perform(who, operation, one, { permissions: administrator });
          expect(answerRefused(answered)).toEqual([]);
          expect(answered.words).not.toContain('core.bug');
        }
        checkMoney(table);
      }),
      { numRuns: 60 },
    );
  });

  test.prop([fc.constantFrom(...registry.commands.values()), fc.string({ unit: 'binary', maxLength: 120 })])(
    'suggestions for anything typed are at most what Discord shows, and throw nothing',
    (command, typed) => {
      const table = createTable();
      const { input } = openOperation(command.operation);
      const options = 'options' in input ? (input.options as Record<string, Option<unknown>>) : {};
      for (const [name, option] of Object.entries(options)) {
        if (!option.complete) continue;
        for (const { name: shown, value } of table.suggest(command.path, name, typed)) {
          expect(shown.length).toBeLessThanOrEqual(100);
          expect(value.length).toBeLessThanOrEqual(100);
        }
      }
    },
  );
});
