// Whatever people press, and whatever befalls them meanwhile: every coin is accounted for, and a heist is settled once.
import { expect, test } from 'vitest';
import { heistRows, pastHeists, records, targeted } from '../../../src/features/heists/state.ts';
import { accounts } from '../../../src/features/wallet/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { type Random, seededRandom } from '../../../src/kernel/random.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { controls, forgetful, found } from '../clans/ground.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, administrator, alice, bob, member, minuteMs, person, type Table } from '../table.ts';
import { check, crew, openRows, pastRows, rival, rivals, sunday } from './ground.ts';

const steps = 220;
const runs = 24;
const people: readonly MemberId[] = [alice, alice, alice, ...crew.slice(0, 4), rival, bob];
const staff = member(99);

/** What hangs on a card: its controls, with what can be sent by them. */
interface Control {
  readonly customId: string;
  readonly chosen?: readonly string[];
}

const controlsOf = (answered: Answered): readonly Control[] => [
  ...controls(answered).map((control) =>
    control.kind === 'select'
      ? { customId: control.customId, chosen: control.choices.map(({ value }) => value) }
      : { customId: control.customId },
  ),
  ...(answered.modal ? [{ customId: answered.modal.customId }] : []),
];

const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.int(all.length)] as T;

/** What somebody types: mostly what is right for a task that is open. */
const typed = (table: Table, random: Random): string => {
  const tasks = openRows(table).flatMap((heist) => heist.crew.flatMap(({ task }) => (task ? [task.answer] : [])));
  return tasks.length > 0 && random.int(10) > 0 ? oneOf(random, tasks) : oneOf(random, ['1', '111', 'x', '']);
};

/** The task that a control answers, and whose it is. */
const taskOf = (table: Table, { customId }: Control) => {
  for (const { crew: members } of openRows(table)) {
    for (const one of members)
      if (one.task && customId.includes(`"k":"${one.task.id}"`)) return { ...one, task: one.task };
  }
  return undefined;
};

const press = (table: Table, random: Random, pool: Control[]): void => {
  // Mostly what hangs on the newest cards.
  const newest = pool.slice(-12);
  const control = random.int(8) > 0 ? oneOf(random, newest) : oneOf(random, pool);
  const own = taskOf(table, control);
  const isPressed = control.customId.includes('heists.press');
  if (own && isPressed && !control.customId.includes(`"v":"${own.task.answer}"`) && random.int(20) > 0) return;
  const who = own && random.int(10) > 0 ? own.member : oneOf(random, people);
  const answer = typed(table, random);
  const chosen = control.chosen && (own && random.int(20) > 0 ? own.task.answer : oneOf(random, control.chosen));
  const isForm = control.customId.includes('heists.type');
  const joined = chosen === undefined ? (isForm ? { typed: own?.task.answer ?? answer } : {}) : { chosen };
  keep(pool, table.press(who, control.customId, joined));
};

const keep = (pool: Control[], answered: Answered): void => {
  if (answered.refused !== undefined) return;
  expect(discordRefuses(answered.reply)).toEqual([]);
  pool.push(...controlsOf(answered));
};

const befall = (table: Table, random: Random, pool: Control[]): void => {
  const who = oneOf(random, people);
  const acts: readonly (() => unknown)[] = [
    () =>
      keep(
        pool,
        table.say(oneOf(random, [alice, rival, bob]), 'heist plan', {
          target: oneOf(random, ['Others', 'Ferrymen', 'Thirds']),
        }),
      ),
    () => keep(pool, table.say(alice, 'heist plan', { target: 'Others', amount: 100 + random.int(9_000) })),
    () => keep(pool, table.say(who, 'heist status')),
    () => keep(pool, table.say(who, 'heist log')),
    () => table.wait(random.int(30_000)),
    () => table.wait(random.int(4 * minuteMs)),
    () => table.fall(),
    () => table.fall(),
    () => table.say(who, 'guild withdraw', { amount: oneOf(random, ['all', '100', 'half']) }),
    () => table.say(who, 'guild deposit', { amount: oneOf(random, ['all', '100', 'half']) }),
    () => random.int(3) === 0 && table.say(oneOf(random, crew), 'guild leave'),
    () => random.int(3) === 0 && table.set('economy.frozen', oneOf(random, ['on', 'off', 'off'])),
    () => random.int(3) === 0 && table.say(staff, 'eco ban', { member: person(who) }, { permissions: administrator }),
    () => table.say(staff, 'eco unban', { member: person(who) }, { permissions: administrator }),
    () => random.int(8) === 0 && table.runTask('core.member-left', { member: who }),
    () => random.int(8) === 0 && table.say(who, 'guild disband', { confirm: oneOf(random, ['Others', 'Ferrymen']) }),
  ];
  oneOf(random, acts)();
};

/** What must hold at any time. */
const inspect = (table: Table): void => {
  check(table);
  const open = openRows(table);
  expect(new Set(open.map(({ attacker }) => attacker)).size).toBe(open.length);
  const playing = open.filter(({ stage }) => stage === 'playing').length;
  expect(table.state.rows(targeted).size).toBe(playing);
  const alarms = [...table.state.rows(timers).keys()].filter((key) => key.startsWith('heists.end-stage'));
  expect(alarms).toHaveLength(open.length);
  for (const [heist] of table.state.rows(heistRows)) expect(table.state.row(pastHeists, heist)).toBeUndefined();
  for (const row of table.state.rows(accounts).values()) {
    const { wallet, bank, debt } = row as typeof accounts.initial;
    expect(Math.min(wallet, bank, debt)).toBeGreaterThanOrEqual(0);
  }
};

test('random presses over random days keep every coin and settle each heist once', () => {
  const seen = new Map<string, number>();
  for (let run = 0; run < runs; run += 1) {
    const random = seededRandom(new Uint8Array(16).fill(run + 1));
    const { table } = rivals(forgetful());
    table.draw(() => Uint8Array.from({ length: 16 }, () => random.int(256)));
    table.set('members.grace_hours', '0');
    found(table, bob, 'Thirds');
    table.clock.now = sunday;
    const pool: Control[] = [];
    keep(pool, table.say(alice, 'heist plan', { target: 'Others' }));
    for (let step = 0; step < steps; step += 1) {
      if (pool.length > 0 && random.int(5) > 0) press(table, random, pool);
      else befall(table, random, pool);
      inspect(table);
    }
    table.set('economy.frozen', 'off');
    for (let wait = 0; wait < 40; wait += 1) {
      table.wait(minuteMs);
      table.fall();
    }
    inspect(table);
    expect(openRows(table)).toEqual([]);
    for (const row of table.state.rows(records).values()) {
      expect((row as typeof records.initial).open).toBeUndefined();
    }
    // An attempt is one of a Sunday, unless it came to nothing.
    const counted = pastRows(table).filter(({ outcome }) => outcome !== 'void');
    expect(new Set(counted.map(({ attacker }) => attacker)).size).toBe(counted.length);
    for (const { outcome, reason } of pastRows(table)) {
      const key = `${outcome} ${reason}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  // That little is refused at once: games are played, and come to several ends.
  expect(seen.size).toBeGreaterThan(3);
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(runs / 2);
}, 60_000);
