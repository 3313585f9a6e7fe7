// Two in-game guilds on a Sunday, and people who play heists as they do: by what their cards show.
import { expect } from 'vitest';
import { type HeistRow, heistRows, type PastHeist, pastHeists } from '../../../src/features/heists/state.ts';
import { bags } from '../../../src/features/items/state.ts';
import { epochMs, type MemberId } from '../../../src/kernel/ids.ts';
import type { Button, Select } from '../../../src/kernel/reply.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { checkClans, controls, done, found, take } from '../clans/ground.ts';
import { type Answered, alice, bob, createTable, dayMs, member, person, type Table } from '../table.ts';

export const sunday = epochMs(Date.UTC(2026, 7, 2, 18));
export const rival = member(50);
/** Members of the attackers' clan besides alice, its owner. */
export const crew = [member(11), member(12), member(13), member(14), member(15), member(16)] as const;

export interface Rivals {
  readonly table: Table;
  readonly own: string;
  readonly other: string;
}

/** Ferrymen (alice's, six more) with 5,000, and Others with 10,000 in their treasury; each member has 2,000. */
export const rivals = (made: Table = createTable()): Rivals => {
  const table = made;
  const own = found(table, alice, 'Ferrymen');
  const other = found(table, rival, 'Others');
  take(table, alice, ...crew);
  table.fund(alice, 7_000);
  table.fund(rival, 12_000);
  for (const who of crew) table.fund(who, 1_500, 500);
  done(table.say(alice, 'guild deposit', { amount: '5000' }));
  done(table.say(rival, 'guild deposit', { amount: '10000' }));
  table.clock.now = sunday;
  return { table, own, other };
};

export const nextSundayAfter = (table: Table): void => {
  table.clock.now = epochMs(table.clock.now + 7 * dayMs);
};

export const openRows = (table: Table): readonly HeistRow[] => [...table.state.rows(heistRows).values()] as HeistRow[];
export const pastRows = (table: Table): readonly PastHeist[] =>
  [...table.state.rows(pastHeists)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row as PastHeist);
export const heistOf = (table: Table): { readonly id: string; readonly row: HeistRow } => {
  const [first] = [...table.state.rows(heistRows)];
  if (first === undefined) throw new Error('no heist');
  return { id: first[0], row: first[1] as HeistRow };
};

/** The id of a control for an operation, with an input. */
export const id = (operation: string, input: object): string => `g1~heists.${operation}~1~${JSON.stringify(input)}`;

export const button = (answered: Answered, label: string): string => {
  const one = controls(answered).find((control) => control.kind === 'button' && control.label === label);
  if (one === undefined) throw new Error(`no button ${label} in ${answered.words}`);
  return one.customId;
};
export const select = (answered: Answered): Select => {
  const one = controls(answered).find((control): control is Select => control.kind === 'select');
  if (one === undefined) throw new Error(`no select in ${answered.words}`);
  return one;
};
const buttons = (answered: Answered): readonly Button[] =>
  controls(answered).filter((control): control is Button => control.kind === 'button');

export const plan = (table: Table, amount = 4_000): Answered =>
  done(table.say(alice, 'heist plan', { target: 'Others', amount }));

/** Starts a heist that alice plays alone. */
export const startSolo = (table: Table, amount = 4_000): Answered =>
  done(table.press(alice, button(plan(table, amount), 'Alone')));

/** Has alice pick some and ask them. */
export const askTeam = (table: Table, others: readonly MemberId[], amount = 4_000): Answered => {
  let card = done(table.press(alice, button(plan(table, amount), 'With a team')));
  for (const who of others) card = done(table.press(alice, select(card).customId, { chosen: who }));
  return done(table.press(alice, button(card, 'Ask them')));
};

/** Starts a heist of alice and some others, all of whom accept. */
export const startTeam = (table: Table, others: readonly MemberId[], amount = 4_000): Answered => {
  const card = askTeam(table, others, amount);
  let last = card;
  for (const who of others) last = done(table.press(who, button(card, 'I am in')));
  const assigned = done(table.press(alice, button(last, 'Give all roles')));
  return done(table.press(alice, button(assigned, 'Start')));
};

/** The right answer to somebody's open task, as the row has it. */
const rightAnswer = (table: Table, who: MemberId): string =>
  heistOf(table).row.crew.find((one) => one.member === who)?.task?.answer ?? '';

const wrongFor = (table: Table, who: MemberId): string => {
  const task = heistOf(table).row.crew.find((one) => one.member === who)?.task;
  if (task === undefined) throw new Error('no task');
  if (task.choices.length > 0) return task.choices.find((choice) => choice !== task.answer) ?? '';
  return task.kind === 'lock' ? (task.answer === '111' ? '222' : '111') : '9999';
};

/** Sends an answer the way the card asks for it: by a button, a select, or a form. */
export const send = (table: Table, who: MemberId, card: Answered, value: string): Answered => {
  const picks = controls(card).find((control) => control.kind === 'select');
  if (picks) return table.press(who, picks.customId, { chosen: value });
  const pressed = buttons(card).find(({ customId }) => customId.includes(`"v":"${value}"`));
  if (pressed) return table.press(who, pressed.customId);
  const form = done(table.press(who, button(card, 'Answer')));
  if (!form.modal) throw new Error('no form');
  return table.press(who, form.modal.customId, { typed: value });
};

/** Answers the task of a card rightly, or not. */
export const solve = (table: Table, who: MemberId, card: Answered, right = true): Answered =>
  done(send(table, who, card, right ? rightAnswer(table, who) : wrongFor(table, who)));

/** Plays alone to the end without a mistake. */
export const playAlone = (table: Table, card: Answered, way = 'Tiptoe'): Answered => {
  let board = done(table.press(alice, button(card, 'Play')));
  while (openRows(table).length > 0) {
    const task = done(table.press(alice, button(board, way)));
    board = solve(table, alice, task);
  }
  return board;
};

/** Alice has 1,000 and fails alone: of the penalty, 1,200, she owes 200 to the treasury of Others. */
export const owing = (): Rivals => {
  const made = rivals();
  const { table } = made;
  done(table.say(alice, 'pay', { member: person(bob), amount: String(table.account(alice).wallet - 1_000) }));
  const board = done(table.press(alice, button(startSolo(table, 4_000), 'Play')));
  solve(table, alice, done(table.press(alice, button(board, 'Hurry'))), false);
  expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 200 });
  return made;
};

/** Has everybody play without a mistake, in turn; `while` says how long. */
export const playTogether = (
  table: Table,
  card: Answered,
  members: readonly MemberId[],
  goesOn: () => boolean = () => true,
): Answered => {
  let last = card;
  for (let turn = 0; openRows(table).length > 0 && goesOn(); turn += 1) {
    if (turn > 1_000) throw new Error('it comes to an end');
    const who = members[turn % members.length] as MemberId;
    const board = done(table.press(who, button(card, 'Play')));
    if (heistOf(table).row.crew.find((one) => one.member === who)?.task) last = solve(table, who, board);
  }
  return last;
};

/** Every coin accounted for: what lies at stake is burned until it comes back. */
export const check = (table: Table): void => {
  checkClans(table);
  for (const { crew: members, amount } of openRows(table)) {
    expect(members.length).toBeLessThanOrEqual(5);
    expect(amount).toBeGreaterThanOrEqual(100);
  }
};

export const secondMs = 1_000;
export const has = (table: Table, who: MemberId): number => table.account(who).wallet + table.account(who).bank;
export const heistTimers = (table: Table): readonly string[] =>
  [...table.state.rows(timers).keys()].filter((key) => key.startsWith('heists.'));
export const fallAfter = (table: Table, ms: number): void => {
  table.wait(ms);
  table.fall();
};

/** Has somebody wear and have drunk some things. */
export const equip = (table: Table, who: MemberId, worn: object, drunk: readonly string[] = []): void =>
  table.put(bags, [who], { ...bags.initial, worn, active: Object.fromEntries(drunk.map((key) => [key, {}])) });
export const drunkBy = (table: Table, who: MemberId): readonly string[] =>
  Object.keys((table.state.row(bags, who) as typeof bags.initial | undefined)?.active ?? {});
