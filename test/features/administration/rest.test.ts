// Freezing and banning, tried on every command there is: what moves coins in an open economy is refused in a frozen one.
import { describe, expect, test } from 'vitest';
import { accounts } from '../../../src/features/wallet/state.ts';
import { type AnyOperation, openOperation } from '../../../src/kernel/operation.ts';
import type { Option } from '../../../src/kernel/option.ts';
import { createMarket } from '../stocks/market.ts';
import { type Answered, alice, bob, carol, createTable, dayMs, minuteMs, person, type Table } from '../table.ts';
import { eco, undo } from './staff.ts';

const market = createMarket();
market.open();

/** Two members with funds, one of whom has seeds, shares and a request to answer. */
const prepare = (): Table => {
  const table = createTable();
  market.reach(table);
  table.fund(alice, 20_000, 20_000);
  table.fund(bob, 20_000, 20_000);
  table.fund(carol, 20_000, 20_000);
  table.say(alice, 'fair seed');
  return table;
};

const optionsOf = (operation: AnyOperation): Readonly<Record<string, Option<unknown>>> =>
  'options' in operation.input ? (operation.input.options as Record<string, Option<unknown>>) : {};

/** Values that make sense for an option. */
const valuesOf = (table: Table, path: string, name: string, option: Option<unknown>): readonly unknown[] => {
  switch (option.type) {
    case 'member':
      return [person(bob)];
    case 'integer':
      return [Math.max(option.min ?? 1, 1)];
    case 'boolean':
      return [true];
    case 'text': {
      if (option.choices) return option.choices.slice(0, 2).map(({ value }) => value);
      const suggested = option.complete ? table.suggest(path, name, '').slice(0, 2) : [];
      return [...suggested.map(({ value }) => value), '100', 'Somebody'];
    }
    default:
      return option.type satisfies never;
  }
};

const inputsMax = 6;

/** Inputs of a command, from the values of its required options, of all but the last, and of all. */
const inputsOf = (table: Table, path: string, operation: AnyOperation): readonly Record<string, unknown>[] => {
  const combine = (names: readonly string[]): readonly Record<string, unknown>[] =>
    names.reduce<readonly Record<string, unknown>[]>(
      (inputs, name) =>
        inputs
          .flatMap((input) =>
            valuesOf(table, path, name, optionsOf(operation)[name] as Option<unknown>).map((value) => ({
              ...input,
              [name]: value,
            })),
          )
          .slice(0, inputsMax),
      [{}],
    );
  const names = Object.keys(optionsOf(operation));
  const required = names.filter((name) => optionsOf(operation)[name]?.required);
  return [...combine(required), ...combine(names.slice(0, -1)), ...combine(names)];
};

/** One table for all that is tried, put back each time as it was prepared: making one anew takes longer than a play. */
const shared = prepare();
const prepared = new Map(
  [...shared.registry.collections.values()].map((one) => [one, new Map(shared.state.rows(one))] as const),
);
const putBack = (): Table => {
  for (const [collection, rows] of prepared) {
    const now = shared.state.rows(collection);
    if (now.size === 0 && rows.size === 0) continue;
    now.clear();
    for (const [key, row] of rows) now.set(key, row);
  }
  return shared;
};

interface Step {
  readonly say: readonly [path: string, input: Record<string, unknown>];
  /** Controls pressed after it, each of the answer before. */
  readonly press: readonly number[];
}

const controlsMax = 5;

const play = (table: Table, { say, press }: Step): Answered => {
  let answered = table.say(alice, ...say);
  for (const index of press) {
    const control = (answered.reply.rows ?? []).flat()[index];
    if (!control) break;
    const joined = control.kind === 'select' ? { chosen: control.choices[0]?.value } : {};
    answered = table.press(alice, control.customId, joined);
    // A form is sent with something typed into each line.
    if (!answered.modal) continue;
    const typed = Object.fromEntries(answered.modal.fields.map(({ name }) => [name, '100']));
    answered = table.press(alice, answered.modal.customId, typed);
  }
  return answered;
};

const moneyOf = (table: Table): unknown => [
  [...table.state.rows(accounts)].map(([key, row]) => {
    const { wallet, bank, debt } = row as typeof accounts.initial;
    return [key, wallet, bank, debt];
  }),
  table.supply(),
  table.ledgerRows().length,
];

/** Whether the last of the presses, or where there is none the command, moves coins; and what it answers. */
const movesMoney = (step: Step): { readonly moved: boolean; readonly answered: Answered } => {
  const table = putBack();
  if (step.press.length > 0) play(table, { ...step, press: step.press.slice(0, -1) });
  const before = JSON.stringify(moneyOf(table), big);
  const answered = play(putBack(), step);
  return { moved: before !== JSON.stringify(moneyOf(table), big), answered };
};
const big = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** The members' commands: those of the staff go on while all else rests. */
const paths = [...shared.registry.commands.values()]
  .filter(({ operation }) => openOperation(operation).who === 'anyone')
  .map(({ path }) => path);

const stepsOf = (path: string): readonly Step[] => {
  const table = shared;
  const operation = table.registry.operations.get(table.registry.commands.get(path)?.operation.name ?? '');
  if (!operation) throw new Error(path);
  return inputsOf(table, path, operation).flatMap((input) => {
    const first: Step = { say: [path, input], press: [] };
    const controls = (play(putBack(), first).reply.rows ?? []).flat().slice(0, controlsMax);
    return [first, ...controls.map((_, index) => ({ ...first, press: [index] }))];
  });
};

const rests = [
  { how: 'frozen', code: 'economy.frozen', begin: (table: Table) => eco(table, 'freeze', { on: true }) },
  { how: 'banned', code: 'economy.banned', begin: (table: Table) => eco(table, 'ban', { member: person(alice) }) },
];

const moving = new Set<string>();

describe.each(rests)('$how', ({ code, begin }) => {
  test.each(paths)('/%s moves nothing', (path) => {
    for (const step of stepsOf(path)) {
      const { moved, answered: open } = movesMoney(step);
      if (moved && open.refused === undefined) moving.add(path);
      const table = putBack();
      begin(table);
      const before = moneyOf(table);
      const answered = play(table, step);
      expect(moneyOf(table), JSON.stringify(step)).toEqual(before);
      // What is refused in an open economy has its own reason; what would have moved coins says that they rest.
      if (moved && open.refused === undefined && step.press.length === 0) expect(answered.refused).toBe(code);
    }
  });

  test('what was tried moves coins in an open economy', () => {
    expect([...moving].sort()).toEqual(
      expect.arrayContaining([
        'bank deposit',
        'bank open',
        'bank withdraw',
        'casino coinflip',
        'casino roulette',
        'casino slots',
        'daily',
        'pay',
        'rob',
        'stocks buy',
        'weekly',
      ]),
    );
  });
});

describe('frozen', () => {
  test('looking still works, and collects and grants nothing', () => {
    const table = createTable();
    eco(table, 'freeze', { on: true });
    for (const path of ['balance', 'bank open', 'profile', 'bank history']) {
      expect(table.say(alice, path).refused).toBeUndefined();
    }
    expect(table.account(alice).wallet).toBe(0);
    eco(table, 'freeze', { on: false });
    table.say(alice, 'balance');
    expect(table.account(alice).wallet).toBe(100);
  });

  test('is said once, and undone', () => {
    const table = prepare();
    const frozen = eco(table, 'freeze', { on: true });
    expect(eco(table, 'freeze', { on: true }).refused).toBe('economy.staff.freeze.already');
    expect(undo(table, frozen).refused).toBeUndefined();
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(eco(table, 'freeze', { on: false }).refused).toBe('economy.staff.freeze.not');
  });

  test('the runtime settles what is open at its deadline', () => {
    const table = prepare();
    const dealt = table.say(alice, 'casino crash', { bet: '100', auto: '1.01' });
    expect(dealt.refused).toBeUndefined();
    eco(table, 'freeze', { on: true });
    const held = table.ledgerRows().length;
    table.wait(60 * minuteMs);
    table.fall();
    const pays = table.ledgerRows().slice(held);
    for (const { member: owner } of pays) expect(owner).toBe(alice);
    eco(table, 'freeze', { on: false });
    expect(table.say(alice, 'casino crash', { bet: '100', auto: '1.01' }).refused).toBeUndefined();
  });

  const dateOf = (table: Table) => new Date(table.clock.now).toISOString().slice(0, 10);

  const night = (table: Table, missed = 0): void => {
    table.wait(dayMs);
    const run = { date: dateOf(table), dueAt: table.clock.now, missed };
    table.runTask('economy.interest', run);
  };

  test('interest pauses, and what was left out is not made up for', () => {
    const table = createTable();
    table.fund(alice, 0, 10_000);
    eco(table, 'freeze', { on: true });
    for (let days = 0; days < 3; days += 1) night(table);
    expect(table.account(alice).bank).toBe(10_000);
    eco(table, 'freeze', { on: false });
    // The next run stands for the frozen nights as well, as after an outage; they bring nothing all the same.
    night(table, 3);
    expect(table.account(alice).bank).toBe(10_050);
    table.wait(2 * dayMs);
    night(table, 2);
    expect(table.account(alice).bank).toBe(10_200);
  });

  test('no job of the economy moves a coin', () => {
    const table = prepare();
    table.set('decay.rate', '10%');
    table.set('decay.free', '0');
    eco(table, 'freeze', { on: true });
    const before = moneyOf(table);
    for (const feature of table.registry.jobs.filter(({ realm }) => realm === 'guilds')) {
      table.wait(dayMs);
      table.runTask(feature.operation.name, { date: dateOf(table), dueAt: table.clock.now, missed: 0 });
      table.fall();
    }
    expect(moneyOf(table)).toEqual(before);
  });
});

test.each(rests)('$how: nobody asks for coins they could not have', ({ code, begin }) => {
  const table = prepare();
  begin(table);
  expect(table.say(alice, 'request', { member: person(bob), amount: '5' }).refused).toBe(code);
});

describe('banned', () => {
  test('nobody robs a member who could not take their coins to the bank', () => {
    const table = prepare();
    eco(table, 'ban', { member: person(bob) });
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.banned');
  });

  test('the ban can be lifted, and lifting it undone', () => {
    const table = prepare();
    eco(table, 'ban', { member: person(alice), reason: 'cheating' });
    expect(table.say(alice, 'pay', { member: person(bob), amount: '1' }).refused).toBe('economy.banned');
    expect(table.say(bob, 'pay', { member: person(alice), amount: '1' }).refused).toBeUndefined();
    expect(eco(table, 'ban', { member: person(alice) }).refused).toBe('economy.staff.ban.already');
    const lifted = eco(table, 'unban', { member: person(alice) });
    expect(table.say(alice, 'pay', { member: person(bob), amount: '1' }).refused).toBeUndefined();
    expect(eco(table, 'unban', { member: person(alice) }).refused).toBe('economy.staff.ban.not');
    expect(undo(table, lifted).refused).toBeUndefined();
    expect(table.say(alice, 'pay', { member: person(bob), amount: '1' }).refused).toBe('economy.banned');
  });
});
