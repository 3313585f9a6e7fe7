// The tasks of a heist: their time, what counts for an answer, and mistakes.
import { expect, test } from 'vitest';
import { done } from '../clans/ground.ts';
import { alice, minuteMs } from '../table.ts';
import {
  button,
  check,
  crew,
  equip,
  fallAfter,
  heistOf,
  heistTimers,
  openRows,
  pastRows,
  rivals,
  secondMs,
  send,
  solve,
  startSolo,
  startTeam,
} from './ground.ts';

const [one] = crew;

test.each([
  { way: 'Tiptoe', ms: minuteMs },
  { way: 'Hurry', ms: 8 * secondMs },
])('a task of $way that is not done in time is a mistake, by its timer or by who presses first', ({ way, ms }) => {
  for (const isPressed of [false, true]) {
    const { table } = rivals();
    const card = startSolo(table);
    const board = done(table.press(alice, button(card, 'Play')));
    const task = done(table.press(alice, button(board, way)));
    const answer = heistOf(table).row.crew[0]?.task?.answer ?? '';
    table.wait(ms - 1);
    table.fall();
    expect(openRows(table)).toHaveLength(1);
    table.wait(1);
    if (isPressed) expect(send(table, alice, task, answer).words).toContain('made a mistake too many');
    else table.fall();
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'mistakes', paid: 1_200 });
    table.fall();
    expect(heistTimers(table)).toEqual([]);
    check(table);
  }
});

test('a lock takes three tries and tells which digits are right; what is no code costs no try', () => {
  let tried = 0;
  for (let seed = 0; tried === 0; seed += 1) {
    const { table } = rivals();
    table.draw(() => new Uint8Array(16).fill(seed));
    const card = startSolo(table);
    const board = done(table.press(alice, button(card, 'Play')));
    const task = done(table.press(alice, button(board, 'Machines')));
    const open = heistOf(table).row.crew[0]?.task;
    if (open?.kind !== 'lock') continue;
    tried += 1;
    expect(send(table, alice, task, '12').refused).toBe('economy.heist.no-answer-lock');
    const wrong = `${open.answer.slice(0, 2)}${open.answer[2] === '1' ? '2' : '1'}`;
    const told = done(send(table, alice, task, wrong));
    expect(told.words).toContain(`${wrong[0]}✅ ${wrong[1]}✅ ${wrong[2]}❌`);
    expect(told.words).toContain('2 tries left');
    done(send(table, alice, told, wrong));
    expect(done(send(table, alice, told, wrong)).words).toContain('made a mistake too many');
  }
});

test('an answer counts for its own task alone, not for the next one', () => {
  const { table } = rivals();
  const card = startTeam(table, [one]);
  const first = done(table.press(alice, button(card, 'Play')));
  const form = done(table.press(alice, button(first, 'Answer'))).modal?.customId ?? '';
  solve(table, alice, first);
  const next = done(table.press(alice, button(card, 'Play')));
  const task = heistOf(table).row.crew[0]?.task;
  const { progress } = heistOf(table).row.crew[0] ?? {};
  for (const typed of [task?.answer ?? '', '9999']) {
    expect(done(table.press(alice, form, { typed })).words).toContain('That task is over.');
  }
  expect(heistOf(table).row.crew[0]).toMatchObject({ task, progress });
  expect(heistOf(table).row.mistakes).toBe(0);
  expect(table.press(one, button(next, 'Answer')).refused).toBe('economy.heist.task-past');
  expect(table.press(alice, button(first, 'Answer')).refused).toBe('economy.heist.task-past');
});

test('a form that is closed and opened again has the same task, and its time goes on', () => {
  const { table } = rivals();
  const card = startTeam(table, [one]);
  const board = done(table.press(alice, button(card, 'Play')));
  const before = heistOf(table).row.crew[0]?.task;
  for (let time = 0; time < 3; time += 1) {
    done(table.press(alice, button(board, 'Answer')));
    table.wait(10 * secondMs);
    done(table.press(alice, button(card, 'Play')));
  }
  expect(heistOf(table).row.crew[0]?.task).toEqual(before);
  fallAfter(table, 30 * secondMs);
  expect(heistOf(table).row).toMatchObject({ mistakes: 1, noise: 40 });
});

test('a focus serum forgives a mistake now and then, and gives a tenth more time', () => {
  let forgiven = 0;
  const tries = 60;
  for (let seed = 0; seed < tries; seed += 1) {
    const { table } = rivals();
    equip(table, alice, {}, ['focus_serum']);
    const card = startSolo(table);
    const board = done(table.press(alice, button(card, 'Play')));
    const task = done(table.press(alice, button(board, 'Tiptoe')));
    expect(heistOf(table).row.crew[0]?.task?.expiresAt).toBe(table.clock.now + 66 * secondMs);
    table.draw(() => new Uint8Array(16).fill(seed));
    const after = solve(table, alice, task, false);
    const isForgiven = openRows(table).length > 0;
    expect(after.words).toContain(isForgiven ? 'nobody noticed' : 'made a mistake too many');
    forgiven += Number(isForgiven);
  }
  expect(forgiven).toBeGreaterThan(0);
  expect(forgiven).toBeLessThan(tries / 4);
});
