// Crash rounds of two channels under anything that members do: every coin is accounted for, and all comes to an end.
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  type CrashTable,
  crashSeats,
  crashTables,
  pastCurves,
} from '../../../src/features/casino/crash/channel/state.ts';
import { epochMs } from '../../../src/kernel/ids.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { discordRefuses } from '../limits.ts';
import { createTable, member, minuteMs, type Table } from '../table.ts';
import { here, inChannel, there } from './channel.ts';

const people = [1, 2, 3, 4].map((number) => member(number));
const who = fc.constantFrom(...people);
const where = fc.constantFrom(here, there);
const amount = fc.constantFrom('10', '250', 'all', 'half', '0', '99999999');
const auto = fc.constantFrom('', '1.01', '1.5', '3', '100');

type Step =
  | {
      readonly do: 'play';
      readonly who: string;
      readonly where: string;
      readonly amount: string;
      readonly auto: string;
    }
  | {
      readonly do: 'press';
      readonly who: string;
      readonly where: string;
      readonly press: string;
      readonly amount: string;
    }
  | { readonly do: 'wait'; readonly ms: number; readonly falls: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('play' as const), who, where, amount, auto }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      who,
      where,
      press: fc.constantFrom('join', 'cash-out', 'look', 'another'),
      amount,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(500, 2_000, 5_000, 15_000, 5 * minuteMs),
      falls: fc.boolean(),
    }),
  },
);

const roundsOf = (table: Table): readonly NonNullable<CrashTable['round']>[] =>
  [...table.state.rows(crashTables).values()].flatMap((row) => (row as CrashTable).round ?? []);

const check = (table: Table): void => {
  const held = people.reduce((sum, one) => sum + table.account(one).wallet + table.account(one).bank, 0);
  const { minted, burned } = table.supply();
  expect(BigInt(held)).toBe(minted - burned);
  const seated = roundsOf(table).flatMap(({ bets }) => bets.filter(({ end }) => end === undefined));
  expect(new Set(seated.map((bet) => bet.member)).size).toBe(seated.length);
  expect([...table.state.rows(crashSeats).keys()].toSorted()).toEqual(seated.map((bet) => bet.member).toSorted());
  // Each round on its way has its timer, and nothing else has.
  const waiting = [...table.state.rows(timers).keys()].filter((key) => key.includes('casino.crash.turn'));
  expect(waiting).toHaveLength(roundsOf(table).length);
};

/** The command or control of a step, with its input. */
const askedBy = (
  one: Exclude<Step, { readonly do: 'wait' }>,
  key: object,
): readonly [string, Record<string, unknown>] => {
  if (one.do === 'play') return ['casino crash', { bet: one.amount, ...(one.auto !== '' && { auto: one.auto }) }];
  switch (one.press) {
    case 'join':
      return ['casino.crash.join', { ...key, amount: one.amount, auto: '' }];
    case 'another':
      return ['casino.crash.another', { offered: 999_999_999_999_999 }];
    default:
      return [`casino.crash.${one.press}`, { ...key }];
  }
};

const take = (table: Table, one: Step): void => {
  if (one.do === 'wait') {
    // Where nothing falls meanwhile the bot was away.
    const end = table.clock.now + one.ms;
    while (one.falls && table.clock.now < end) {
      table.clock.now = epochMs(Math.min(table.clock.now + 500, end));
      table.fall();
    }
    table.clock.now = epochMs(end);
    table.fall();
    return;
  }
  const place = inChannel(table, one.where as typeof here);
  const { round } = (table.state.rows(crashTables).get(one.where) ?? {}) as CrashTable;
  const lastPast = [...table.state.rows(pastCurves).keys()].at(-1) ?? '000000001';
  const key = { at: one.where, round: round?.id ?? lastPast };
  const [operation, input] = askedBy(one, key);
  const { reply } = place.say(one.who as (typeof people)[number], operation, input);
  expect(discordRefuses(reply)).toEqual([]);
};

test.prop([fc.array(step, { minLength: 5, maxLength: 60 })], { numRuns: 40 })(
  'no coin is lost or made, nobody sits twice, and every round ends',
  (steps) => {
    const table = createTable();
    for (const one of people) table.fund(one, 1_000, 500);
    for (const one of steps) {
      take(table, one);
      check(table);
    }
    for (let seconds = 0; seconds < 100; seconds += 1) take(table, { do: 'wait', ms: 1_000, falls: true });
    check(table);
    expect(roundsOf(table)).toEqual([]);
    expect(table.state.rows(pastCurves).size).toBeLessThanOrEqual(200);
  },
);
