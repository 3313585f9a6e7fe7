import { describe, expect, test } from 'vitest';
import { heistReply } from '../../../src/features/heists/commands/heist.ts';
import type { ShownHeist } from '../../../src/features/heists/shown.ts';
import { records, targeted } from '../../../src/features/heists/state.ts';
import { bags } from '../../../src/features/items/state.ts';
import { preferences } from '../../../src/features/settings/preference.ts';
import { debts } from '../../../src/features/wallet/state.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { guildId, type MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { here, inChannel, shownIn } from '../casino/channel.ts';
import { clanOf, controls, done, forgetful, found, runJob, take, treasuryOf } from '../clans/ground.ts';
import { discordRefuses } from '../limits.ts';
import {
  type Answered,
  administrator,
  alice,
  bob,
  createTable,
  dayMs,
  hourMs,
  member,
  minuteMs,
  person,
  type Table,
} from '../table.ts';
import {
  askTeam,
  button,
  check,
  crew,
  heistOf,
  id,
  nextSundayAfter,
  openRows,
  pastRows,
  plan,
  playAlone,
  playTogether,
  rival,
  rivals,
  select,
  send,
  solve,
  startSolo,
  startTeam,
  sunday,
} from './ground.ts';

const [one, two, three, four, five] = crew as [MemberId, MemberId, MemberId, MemberId, MemberId];
const secondMs = 1_000;
const has = (table: Table, who: MemberId): number => table.account(who).wallet + table.account(who).bank;
const heistTimers = (table: Table): readonly string[] =>
  [...table.state.rows(timers).keys()].filter((key) => key.startsWith('heists.'));
const fallAfter = (table: Table, ms: number): void => {
  table.wait(ms);
  table.fall();
};

/** Has somebody wear and have drunk some things. */
const equip = (table: Table, who: MemberId, worn: object, drunk: readonly string[] = []): void =>
  table.state.apply({
    operation: 'test.equip',
    at: table.clock.now,
    sequence: table.state.sequence,
    changes: [
      {
        collection: bags,
        key: encodeKey(bags.key, [who]),
        before: undefined,
        after: { ...bags.initial, worn, active: Object.fromEntries(drunk.map((key) => [key, {}])) },
      },
    ],
    answered: undefined,
    seed: undefined,
  });
const drunkBy = (table: Table, who: MemberId): readonly string[] =>
  Object.keys((table.state.row(bags, who) as typeof bags.initial | undefined)?.active ?? {});

describe('a plan', () => {
  test('shows amount, share, difficulty, penalty and what one wears, and changes nothing', () => {
    const { table } = rivals();
    equip(table, alice, { feet: 'silent_shoes' });
    const { sequence } = table.state;
    const card = plan(table, 4_000);
    expect(table.state.sequence).toBe(sequence);
    expect(card.reply.private).toBe(true);
    for (const words of ['40%', '10,000', '4,000', '1,200', 'medium', '44%', '+20% stealth']) {
      expect(card.words).toContain(words);
    }
    expect(discordRefuses(card.reply)).toEqual([]);
  });

  test.each([
    { amount: undefined, shown: '5,000' },
    { amount: 0, shown: '5,000' },
    { amount: 100, shown: '100' },
    { amount: 7_500, shown: '7,500' },
    { amount: 999_999, shown: '7,500' },
  ])('of $amount is for $shown', ({ amount, shown }) => {
    const { table } = rivals();
    const card = done(table.say(alice, 'heist plan', { target: 'others', ...(amount !== undefined && { amount }) }));
    expect(card.reply.embeds?.[0]?.fields?.find(({ name }) => name === 'At stake')?.value).toContain(shown);
  });

  test.each<{ why: string; change: (table: Table) => void; who?: MemberId; input?: object }>([
    { why: 'off', change: (table) => table.set('heist.enabled', 'off') },
    { why: 'not-sunday', change: (table) => table.wait(6 * hourMs) },
    { why: 'not-sunday', change: (table) => table.wait(-18 * hourMs - 1) },
    { why: 'not-sunday', change: (table) => table.set('core.timezone', 'Pacific/Kiritimati') },
    { why: 'no-guild', change: () => undefined, who: bob },
    { why: 'not-owner', change: () => undefined, who: one },
    { why: 'unknown', change: () => undefined, input: { target: 'Nobody' } },
    { why: 'own', change: () => undefined, input: { target: 'ferrymen' } },
    { why: 'small', change: () => undefined, input: { target: 'Others', amount: 99 } },
    {
      why: 'poor',
      change: (table) => {
        found(table, bob, 'Thirds');
        table.fund(bob, 999);
        done(table.say(bob, 'guild deposit', { amount: '999' }));
      },
      input: { target: 'Thirds' },
    },
  ])('is refused: $why', ({ why, change, who = alice, input = { target: 'Others' } }) => {
    const { table } = rivals();
    change(table);
    const answered = table.say(who, 'heist plan', input as Record<string, unknown>);
    expect(answered.refused).toBe(`economy.heist.${why}`);
    if (why === 'not-owner') expect(answered.words).toContain(`<@${alice}>`);
  });

  test('is refused where the economy is frozen or who plans is banned', () => {
    const { table } = rivals();
    done(table.say(member(99), 'eco ban', { member: person(alice) }, { permissions: administrator }));
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.banned');
    table.set('economy.frozen', 'on');
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.frozen');
  });

  test('of an officer is for officers whose owner lets them', () => {
    const { table } = rivals();
    done(table.say(alice, 'guild promote', { member: person(one) }));
    expect(table.say(one, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.not-owner');
    done(table.say(alice, 'guild settings', { 'officers-plan': true }));
    done(table.say(one, 'heist plan', { target: 'Others' }));
  });

  test('does not unlock anybody’s treasury, one’s own least of all', () => {
    const { table, own, other } = rivals();
    table.set('levy.rate', '10%');
    table.set('levy.keep', '0');
    runJob(table, 'economy.clan.levy', '2026-08-01');
    plan(table);
    table.say(alice, 'heist plan', { target: 'Ferrymen' });
    expect([clanOf(table, own)?.lockedAt, clanOf(table, other)?.lockedAt]).toEqual([sunday, sunday]);
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.locked');
  });

  test('is good for a minute, checked again, and a dropped one is dropped', () => {
    const { table } = rivals();
    const card = plan(table);
    done(table.press(alice, button(card, 'Cancel')));
    table.wait(minuteMs - 1);
    expect(table.press(one, button(card, 'Alone')).refused).toBe('economy.heist.not-owner');
    table.wait(1);
    expect(table.press(alice, button(card, 'Alone')).refused).toBe('economy.heist.plan-late');
    expect(table.press(alice, button(card, 'With a team')).refused).toBe('economy.heist.plan-late');
    expect(openRows(table)).toEqual([]);
  });

  test('asks that the own treasury held a tenth for a day', () => {
    const { table } = rivals();
    const saturday = sunday - 18 * hourMs - dayMs;
    const young = found(table, bob, 'Thirds');
    table.fund(bob, 10_000);
    done(table.say(bob, 'guild deposit', { amount: 'all' }));
    expect(young).toBeDefined();
    expect(table.say(bob, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
    // Noted from Saturday on: alice's clan had 5,000 then, and takes most of it out on Sunday.
    table.runTask('heists.note', { date: '2026-08-01', dueAt: saturday, missed: 0 });
    table.fall();
    done(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }));
    done(table.say(alice, 'guild withdraw', { amount: '4601' }));
    expect(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
    done(table.say(alice, 'heist plan', { target: 'Others', amount: 3_990 }));
    table.runTask('heists.note', { date: '2026-08-02', dueAt: sunday, missed: 0 });
    table.fall();
    done(table.say(alice, 'guild deposit', { amount: '4000' }));
    expect(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
  });
});

describe('alone', () => {
  test('a heist without a mistake moves nine tenths to the treasury, one to who played, and mints nothing', () => {
    const { table, own, other } = rivals();
    const before = table.supply();
    const card = startSolo(table);
    expect(card.reply.private).toBe(false);
    expect(table.account(alice)).toMatchObject({ wallet: 800, bank: 0 });
    check(table);
    const end = playAlone(table, card);
    const [past] = pastRows(table);
    expect(past?.reason === 'done' || past?.reason === 'seen').toBe(true);
    if (past?.outcome !== 'won') throw new Error('the seed is one that is not seen');
    expect(end.reply.private).toBe(false);
    expect(end.words).toContain('They got away with it.');
    expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_000 + 3_600, 6_000]);
    expect(table.account(alice)).toMatchObject({ wallet: 2_000 + 400 });
    const after = table.supply();
    expect(after.minted - before.minted).toBe(1_200n);
    expect(after.burned - before.burned).toBe(1_200n);
    check(table);
    expect(heistTimers(table)).toEqual([]);
    expect(table.state.rows(targeted).size).toBe(0);
    expect(table.say(alice, 'stats').words).toContain('1 heist, 1 that went well, 400 coins');
  });

  test('is completed once: every control of it is over after that', () => {
    const { table, own } = rivals();
    const card = startSolo(table);
    const { id: h } = heistOf(table);
    let board = done(table.press(alice, button(card, 'Play')));
    const seen: { press: () => unknown }[] = [];
    while (openRows(table).length > 0) {
      const task = done(table.press(alice, button(board, 'Tiptoe')));
      const answer = heistOf(table).row.crew[0]?.task?.answer ?? '';
      const { customId } = select(task);
      seen.push({ press: () => table.press(alice, customId, { chosen: answer }) });
      board = solve(table, alice, task);
    }
    const after = treasuryOf(table, own);
    const { sequence } = table.state;
    const purse = table.account(alice);
    for (const { press } of seen) press();
    for (const operation of ['play', 'next', 'look', 'start', 'assign', 'cancel', 'accept']) {
      table.press(alice, id(operation, { h }));
    }
    table.press(alice, id('approach', { h, way: 'fast' }));
    fallAfter(table, hourMs);
    expect(treasuryOf(table, own)).toBe(after);
    expect(table.account(alice)).toEqual(purse);
    expect(pastRows(table)).toHaveLength(1);
    expect(table.state.sequence).toBe(sequence);
    check(table);
  });

  test('the same button twice takes one task, and the plan’s starts one heist', () => {
    const { table } = rivals();
    const planned = plan(table);
    const card = done(table.press(alice, button(planned, 'Alone')));
    expect(table.press(alice, button(planned, 'Alone')).refused).toBe('economy.heist.open');
    const board = done(table.press(alice, button(card, 'Play')));
    done(table.press(alice, button(board, 'Hurry')));
    const first = heistOf(table).row.crew[0]?.task;
    done(table.press(alice, button(board, 'Tiptoe')));
    done(table.press(alice, button(card, 'Play')));
    expect(heistOf(table).row.crew[0]?.task).toEqual(first);
    expect(table.account(alice).wallet).toBe(800);
  });

  test('a mistake ends it: the target gets the penalty, the rest is owed, its lock ends', () => {
    const { table, own, other } = rivals();
    table.set('levy.rate', '1%');
    table.set('levy.keep', '0');
    runJob(table, 'economy.clan.levy', '2026-08-01');
    const before = treasuryOf(table, other);
    done(table.say(alice, 'pay', { member: person(bob), amount: String(table.account(alice).wallet - 1_000) }));
    const card = startSolo(table, 4_000);
    expect(clanOf(table, other)?.lockedAt).toBeDefined();
    expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 0 });
    const board = done(table.press(alice, button(card, 'Play')));
    const end = solve(table, alice, done(table.press(alice, button(board, 'Hurry'))), false);
    expect(end.words).toContain('made a mistake too many');
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'mistakes', paid: 1_000, owed: 200 });
    expect(treasuryOf(table, other)).toBe(before + 1_000);
    expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 200 });
    expect([...table.state.rows(debts).values()]).toEqual([{ coins: 200, vault: other }]);
    expect(clanOf(table, other)?.lockedAt).toBeUndefined();
    expect(clanOf(table, own)?.lockedAt).toBeDefined();
    check(table);
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.tried');
    nextSundayAfter(table);
    done(table.say(alice, 'heist plan', { target: 'Others' }));
  });

  describe('what is owed of a penalty', () => {
    const owing = () => {
      const { table, other } = rivals();
      done(table.say(alice, 'pay', { member: person(bob), amount: String(table.account(alice).wallet - 1_000) }));
      const board = done(table.press(alice, button(startSolo(table, 4_000), 'Play')));
      solve(table, alice, done(table.press(alice, button(board, 'Hurry'))), false);
      expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 200 });
      return { table, other, before: treasuryOf(table, other) };
    };

    test('reaches the treasury when it is collected, from funds or from an income', () => {
      const { table, other, before } = owing();
      table.fund(alice, 30);
      const burned = table.supply().burned;
      table.say(alice, 'balance');
      expect(treasuryOf(table, other)).toBe(before + 30);
      table.say(alice, 'daily');
      expect(treasuryOf(table, other)).toBe(before + 180);
      table.fund(alice, 100);
      table.say(alice, 'balance');
      expect(treasuryOf(table, other)).toBe(before + 200);
      expect(table.account(alice)).toMatchObject({ wallet: 80, debt: 0 });
      expect(table.state.rows(debts).size).toBe(0);
      expect(table.supply().burned).toBe(burned);
      check(table);
    });

    test('is burned where the guild is no more', () => {
      const { table } = owing();
      done(table.say(rival, 'guild disband', { confirm: 'Others' }));
      table.fund(alice, 300);
      const burned = table.supply().burned;
      table.say(alice, 'balance');
      expect(table.account(alice)).toMatchObject({ wallet: 100, debt: 0 });
      expect(table.supply().burned - burned).toBe(200n);
      check(table);
    });
  });

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

  test('who does nothing for three minutes has failed', () => {
    const { table, other } = rivals();
    startSolo(table);
    fallAfter(table, 3 * minuteMs - 1);
    expect(openRows(table)).toHaveLength(1);
    fallAfter(table, 1);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'late' });
    expect(treasuryOf(table, other)).toBe(11_200);
    check(table);
  });

  test('others cannot press: neither members, nor the target, nor by an old or foreign id', () => {
    const { table } = rivals();
    const card = startSolo(table);
    const board = done(table.press(alice, button(card, 'Play')));
    const task = done(table.press(alice, button(board, 'Tiptoe')));
    for (const who of [one, rival, bob]) {
      expect(table.press(who, button(card, 'Play')).refused).toBe('economy.heist.not-in-it');
      expect(table.press(who, select(task).customId, { chosen: 'rrrr' }).refused).toBe('economy.heist.not-in-it');
    }
    expect(table.press(alice, id('look', { h: '00000000z' })).refused).toBe('economy.heist.gone');
    const elsewhere = createTable(undefined, guildId('100000000000000002'));
    expect(elsewhere.press(alice, button(card, 'Play')).refused).toBe('economy.heist.gone');
    expect(elsewhere.press(alice, select(task).customId, { chosen: 'rrrr' }).refused).toBe('economy.heist.gone');
    check(table);
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

  test('uses up potions when it starts, not when it is planned', () => {
    const { table } = rivals();
    equip(table, alice, {}, ['stealth_elixir', 'speed_potion', 'fortune_tonic']);
    plan(table);
    expect(drunkBy(table, alice)).toHaveLength(3);
    startSolo(table);
    expect(drunkBy(table, alice)).toEqual(['fortune_tonic']);
    expect(heistOf(table).row.crew[0]?.gear).toMatchObject({ stealth: 2_500, progress: 1_500 });
  });
});

describe('a team', () => {
  test('of five: asked, accepted, with roles, played to the end', () => {
    const { table, own, other } = rivals();
    const others = [one, two, three, four];
    const before = [alice, ...others].map((who) => has(table, who));
    const card = startTeam(table, others);
    expect(discordRefuses(card.reply)).toEqual([]);
    expect(new Set(heistOf(table).row.crew.map(({ role }) => role)).size).toBe(5);
    expect([alice, ...others].map((who) => has(table, who))).toEqual(before.map((held) => held - 240));
    check(table);
    const end = playTogether(table, card, [alice, ...others]);
    expect(end.reply.private).toBe(false);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'won', mode: 'team', size: 5, taken: 4_000, shared: 400 });
    expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_000 + 3_600, 6_000]);
    expect([alice, ...others].map((who) => has(table, who))).toEqual(before.map((held) => held + 80));
    check(table);
    expect(heistTimers(table)).toEqual([]);
  });

  test('gets roles one by one from whoever leads, each once, in at most five rows', () => {
    const { table } = rivals();
    const others = [one, two, three, four];
    const asked = askTeam(table, others);
    expect(asked.reply.mentions).toEqual(others);
    let card = asked;
    for (const who of others) card = done(table.press(who, button(asked, 'I am in')));
    expect(table.press(alice, button(card, 'Start')).refused).toBe('economy.heist.roles-missing');
    for (const role of ['muscle', 'leader', 'scout', 'driver', 'hacker']) {
      const choice = select(card);
      expect(choice.choices.map(({ value }) => value)).toContain(role);
      for (const who of [one, rival, bob]) {
        expect(table.press(who, choice.customId, { chosen: role }).refused).toBe('economy.heist.not-leader');
      }
      card = done(table.press(alice, choice.customId, { chosen: role }));
    }
    expect(controls(card).some(({ kind }) => kind === 'select')).toBe(false);
    const { id: h, row } = heistOf(table);
    expect(row.crew.map(({ role }) => role)).toEqual(['muscle', 'leader', 'scout', 'driver', 'hacker']);
    expect(table.press(alice, id('role', { h, w: alice }), { chosen: 'scout' }).refused).toBe(
      'economy.heist.role-taken',
    );
    for (const who of [one, rival, bob]) {
      for (const label of ['Start', 'Give all roles', 'Call off']) {
        expect(table.press(who, button(card, label)).refused).toBe('economy.heist.not-leader');
      }
    }
    done(table.press(alice, button(card, 'Start')));
    expect(heistOf(table).row.stage).toBe('playing');
  });

  test('is picked from the clan: others, a sixth, and nobody at all are refused; a second choice drops', () => {
    const { table } = rivals();
    let card = done(table.press(alice, button(plan(table), 'With a team')));
    expect(table.press(alice, button(card, 'Ask them')).refused).toBe('economy.heist.nobody-picked');
    const picker = select(card).customId;
    expect(table.press(alice, picker, { chosen: rival }).refused).toBe('economy.heist.cannot-play');
    expect(table.press(alice, picker, { chosen: alice }).refused).toBe('economy.heist.leader-is-in');
    expect(table.press(one, picker, { chosen: one }).refused).toBe('economy.heist.not-leader');
    for (const who of [one, two, three, four]) card = done(table.press(alice, picker, { chosen: who }));
    expect(table.press(alice, picker, { chosen: five }).refused).toBe('economy.heist.team-full');
    done(table.press(alice, picker, { chosen: four }));
    done(table.press(alice, picker, { chosen: five }));
    expect(heistOf(table).row.crew.map(({ member: who }) => who)).toEqual([alice, one, two, three, five]);
    expect(table.say(one, 'heist status').refused).toBe('economy.heist.quiet');
  });

  test('goes on with those who accepted in time; nobody can answer for another, or twice', () => {
    const { table } = rivals();
    const card = askTeam(table, [one, two, three]);
    for (const who of [alice, four, rival]) {
      expect(table.press(who, button(card, 'I am in')).refused).toBe('economy.heist.not-asked');
    }
    done(table.press(one, button(card, 'I am in')));
    expect(table.press(one, button(card, 'No, thanks')).refused).toBe('economy.heist.answered');
    done(table.press(two, button(card, 'No, thanks')));
    fallAfter(table, 2 * minuteMs);
    const { row } = heistOf(table);
    expect([row.stage, row.crew.map(({ member: who }) => who)]).toEqual(['roles', [alice, one]]);
    expect(done(table.press(three, button(card, 'I am in'))).words).toContain('The team is here.');
    expect(heistOf(table).row.crew).toHaveLength(2);
  });

  test.each(['picking', 'asking', 'roles'] as const)(
    'that comes no further than %s cost nothing, not the attempt',
    (stage) => {
      for (const how of ['deadline', 'call off'] as const) {
        const { table } = rivals();
        const supply = table.supply();
        equip(table, alice, {}, ['stealth_elixir']);
        if (stage === 'picking') done(table.press(alice, button(plan(table), 'With a team')));
        else {
          const card = askTeam(table, [one]);
          if (stage === 'roles') done(table.press(one, button(card, 'I am in')));
        }
        expect(heistOf(table).row.stage).toBe(stage);
        if (how === 'deadline') fallAfter(table, 2 * minuteMs);
        else done(table.press(alice, id('cancel', { h: heistOf(table).id })));
        expect(openRows(table)).toEqual([]);
        expect(heistTimers(table)).toEqual([]);
        expect(table.supply()).toEqual(supply);
        expect(drunkBy(table, alice)).toEqual(['stealth_elixir']);
        plan(table);
      }
    },
  );

  test('may make one mistake a phase, two where somebody drank a serum; it adds 20 noise', () => {
    for (const serum of [false, true]) {
      const { table } = rivals();
      if (serum) equip(table, one, {}, ['focus_serum']);
      const card = startTeam(table, [one, two, three]);
      const fail = () => solve(table, one, done(table.press(one, button(card, 'Play'))), false);
      const wrongs = () => {
        for (let tries = 0; tries < 3; tries += 1) {
          const { row } = heistOf(table);
          if (row.crew[1]?.task?.kind !== 'lock' || openRows(table).length === 0) break;
          solve(table, one, done(table.press(one, button(card, 'Play'))), false);
        }
      };
      for (let mistake = 0; mistake < (serum ? 2 : 1); mistake += 1) {
        expect(fail().words).toMatch(/A mistake\.|stays shut/);
        wrongs();
        expect(heistOf(table).row).toMatchObject({ mistakes: mistake + 1, noise: (mistake + 1) * 20 * 4 });
      }
      fail();
      if (openRows(table).length > 0) wrongs();
      expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'mistakes', paid: 1_200, owed: 0 });
      check(table);
    }
  });

  test('that is not done with a phase in ten minutes has failed', () => {
    const { table, other } = rivals();
    const before = [alice, one].map((who) => has(table, who));
    startTeam(table, [one]);
    fallAfter(table, 10 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'late', paid: 1_200 });
    expect(treasuryOf(table, other)).toBe(11_200);
    expect([alice, one].map((who) => has(table, who))).toEqual(before.map((held) => held - 600));
    check(table);
  });

  test('waits for nobody who left the guild, the server, or was banned; they get no share', () => {
    const { table } = rivals();
    const card = startTeam(table, [one, two, three]);
    const before = [one, two, three].map((who) => has(table, who));
    done(table.say(one, 'guild leave'));
    table.leave(two);
    done(table.say(member(99), 'eco ban', { member: person(three) }, { permissions: administrator }));
    expect(table.press(one, button(card, 'Play')).refused).toBe('economy.heist.not-in-it');
    expect(table.press(three, button(card, 'Play')).refused).toBe('economy.banned');
    playTogether(table, card, [alice]);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'won', size: 4, shared: 400 });
    expect([one, two, three].map((who) => has(table, who))).toEqual(before.map((held) => held + 300));
    expect(has(table, alice)).toBe(2_400);
    check(table);
  });

  test('of which nobody is left has failed', () => {
    const { table } = rivals();
    startTeam(table, [one]);
    table.leave(alice);
    table.leave(one);
    fallAfter(table, 10 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'alone' });
    check(table);
  });
});

describe('what comes in between', () => {
  test('a frozen economy: nobody plays, and the deadline gives everything back, the attempt as well', () => {
    const { table, other } = rivals();
    const card = startSolo(table);
    table.set('economy.frozen', 'on');
    expect(table.press(alice, button(card, 'Play')).refused).toBe('economy.frozen');
    fallAfter(table, 3 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'frozen' });
    expect([has(table, alice), treasuryOf(table, other)]).toEqual([2_000, 10_000]);
    table.set('economy.frozen', 'off');
    plan(table);
    check(table);
  });

  test('a bot that is away over a deadline by more than five minutes: nobody is blamed', () => {
    const { table } = rivals();
    startTeam(table, [one]);
    fallAfter(table, 15 * minuteMs + 1);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'down' });
    expect([has(table, alice), has(table, one)]).toEqual([2_000, 2_000]);
    check(table);
  });

  test('neither clan is disbanded before the end; one that is only planning is', () => {
    const { table } = rivals();
    askTeam(table, [one]);
    done(table.say(rival, 'guild disband', { confirm: 'Others' }));
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(openRows(table)).toEqual([]);
    expect(table.state.rows(records).size).toBe(0);
    const again = rivals();
    startSolo(again.table);
    for (const [who, confirm] of [
      [rival, 'Others'],
      [alice, 'Ferrymen'],
    ] as const) {
      expect(again.table.say(who, 'guild disband', { confirm }).refused).toBe('economy.heist.running');
    }
    check(again.table);
  });

  test('a leader who is erased is named nowhere any more; the heist goes to its deadline', () => {
    const { table } = rivals(forgetful());
    table.set('members.grace_hours', '0');
    startTeam(table, [one]);
    table.runTask('core.member-left', { member: alice });
    table.fall();
    expect(heistOf(table).row.crew.map(({ member: who }) => who)).toEqual([one]);
    expect(JSON.stringify(heistOf(table).row)).not.toContain(alice);
    check(table);
    fallAfter(table, 10 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'late', paid: 600 });
    check(table);
  });

  test('a clan that ends with its last member: what is at stake goes back to who is still there', () => {
    const { table, own } = rivals(forgetful());
    table.set('members.grace_hours', '0');
    startTeam(table, [one]);
    table.runTask('core.member-left', { member: rival });
    table.fall();
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'ended', target: 'Others' });
    expect([has(table, alice), has(table, one)]).toEqual([2_000, 2_000]);
    expect(table.state.rows(records).size).toBe(1);
    expect((table.state.row(records, own) as typeof records.initial).open).toBeUndefined();
    expect(heistTimers(table)).toEqual([]);
    check(table);
  });

  test('a treasury that is emptied meanwhile gives what is there', () => {
    const { table, own, other } = rivals();
    const card = startTeam(table, [one]);
    done(table.say(rival, 'guild withdraw', { amount: '9000' }));
    playTogether(table, card, [alice, one]);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'won', taken: 750, shared: 74 });
    expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_676, 250]);
    check(table);
  });

  test('all heists of a Sunday take three quarters of what a treasury held when it began', () => {
    const { table, other } = rivals();
    table.runTask('heists.note', { date: '2026-08-02', dueAt: sunday - 18 * hourMs, missed: 0 });
    table.fall();
    playTogether(table, startTeam(table, [one], 7_500), [alice, one]);
    expect(treasuryOf(table, other)).toBe(2_500);
    table.clock.now = sunday;
    found(table, bob, 'Thirds');
    take(table, bob, member(60));
    table.fund(rival, 10_000);
    done(table.say(rival, 'guild deposit', { amount: '10000' }));
    expect(table.say(bob, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.drained');
    check(table);
  });

  test('debts are served by a share; a tonic adds to it, which alone is minted', () => {
    const { table } = rivals();
    equip(table, one, {}, ['fortune_tonic']);
    const before = table.supply();
    const card = startTeam(table, [one]);
    playTogether(table, card, [alice, one]);
    const after = table.supply();
    expect([has(table, alice), has(table, one)]).toEqual([2_200, 2_260]);
    expect(after.minted - after.burned - (before.minted - before.burned)).toBe(60n);
    expect(drunkBy(table, one)).toEqual([]);
    check(table);
  });
});

describe('what is shown', () => {
  const channel = '300000000000000001';
  const message = '400000000000000001';

  test('a channel for heists gets the card, which follows everything to the end', () => {
    const { table } = rivals();
    table.set('heist.channel', channel);
    const asked = askTeam(table, [one]);
    expect(asked.words).toContain(`<#${channel}>`);
    const { id: h } = heistOf(table);
    const kinds = () => [...table.state.rows(outbox).values()].map((row) => (row as { kind: string }).kind);
    expect(kinds()).toEqual(['discord.post']);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel } });
    // What was just posted is the heist as it is.
    expect(kinds()).toEqual(['discord.post']);
    expect(heistOf(table).row.message).toBe(message);
    done(table.press(one, id('accept', { h })));
    expect(kinds()).toEqual(['discord.post', 'discord.edit']);
    const assigned = done(table.press(alice, id('assign', { h })));
    const card = done(table.press(alice, button(assigned, 'Start')));
    const edits = kinds().length;
    playTogether(table, card, [alice, one]);
    expect(kinds().length).toBeGreaterThan(edits + 10);
    const rows = [...table.state.rows(outbox).values()] as { payload: { card: { value: { state: string } } } }[];
    expect(rows.at(-1)?.payload.card.value.state).toBe('over');
    expect(JSON.stringify(rows)).not.toMatch(/"answer":"\d/);
  });

  /** Has alice ask one of her clan, in a channel. */
  const askHere = (table: Table, whom: MemberId): Answered => {
    const place = inChannel(table);
    const planned = place.say(alice, 'heist plan', { target: 'Others', amount: 1_000 });
    const picking = place.press(alice, button(planned, 'With a team'));
    const picked = place.press(alice, select(picking).customId, { chosen: whom });
    return place.press(alice, button(picked, 'Ask them'));
  };
  const posts = (table: Table) => shownIn<ShownHeist>(table, here);

  test('the channel in which it was planned gets the card where the server has none for heists', () => {
    const { table } = rivals();
    expect(askHere(table, one).words).toContain(`<#${here}>`);
    const { id: h } = heistOf(table);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel: here } });
    done(table.press(one, id('accept', { h })));
    const kinds = posts(table).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['discord.post', 'discord.edit']);
  });

  test('where the bot may not post there it goes on in answers', () => {
    const { table } = rivals();
    askHere(table, one);
    const { id: h } = heistOf(table);
    table.runTask('heists.posted', { end: { failed: 'forbidden' }, input: { h, channel: here } });
    expect(heistOf(table).row.channel).toBeUndefined();
    expect(done(table.press(one, id('accept', { h }))).reply.replaces).toBe(true);
    expect(posts(table)).toHaveLength(1);
  });

  test.each([true, false])('who is asked is named, and pinged where they want it: %s', (wanted) => {
    const { table } = rivals();
    if (!wanted) {
      const key = encodeKey(preferences.key, [one]);
      const after = { chosen: { ping: { on: false, at: table.clock.now } } };
      const changes = [{ collection: preferences, key, before: undefined, after }];
      const { sequence } = table.state;
      const commit = { operation: 'test.quiet' as const, at: table.clock.now, sequence, changes };
      table.state.apply({ ...commit, answered: undefined, seed: undefined });
    }
    askHere(table, one);
    const [post] = posts(table);
    if (!post) throw new Error('nothing was posted');
    const reply = heistReply(post.value, table.registry.text('en'));
    expect(reply.content).toContain(`<@${one}>`);
    expect(reply.mentions).toEqual(wanted ? [one] : []);
  });

  test('a message that was posted after somebody has answered shows that', () => {
    const { table } = rivals();
    askHere(table, one);
    const { id: h } = heistOf(table);
    done(table.press(one, id('accept', { h })));
    expect(posts(table)).toHaveLength(1);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel: here } });
    const [, edit, ...more] = posts(table);
    expect(more).toEqual([]);
    expect(edit).toMatchObject({ kind: 'discord.edit', value: { stage: 'roles' } });
    expect(heistOf(table).row.stale).toBeUndefined();
  });

  test('a message that was posted when all was over shows that', () => {
    const { table } = rivals();
    table.set('heist.channel', channel);
    startSolo(table);
    const { id: h } = heistOf(table);
    fallAfter(table, 3 * minuteMs);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel } });
    const rows = [...table.state.rows(outbox).values()] as { kind: string; payload: object }[];
    expect(rows.at(-1)).toMatchObject({ kind: 'discord.edit', payload: { message } });
  });

  test('status is for both guilds, and brings a lost card back', () => {
    const { table } = rivals();
    expect(table.say(alice, 'heist status').refused).toBe('economy.heist.quiet');
    startSolo(table);
    for (const who of [alice, one, rival]) {
      const seen = done(table.say(who, 'heist status'));
      expect(seen.reply.private).toBe(true);
      expect(seen.words).toContain('Ferrymen → Others');
    }
    expect(table.say(bob, 'heist status').refused).toBe('economy.heist.no-guild');
    done(table.press(alice, button(done(table.say(alice, 'heist status')), 'Play')));
  });

  test('the log has pages, the newest first, and forgets the oldest', () => {
    const { table } = rivals();
    expect(done(table.say(bob, 'heist log')).words).toContain('There were none yet.');
    for (let week = 0; week < 11; week += 1) {
      table.fund(alice, 5_000);
      startSolo(table, 100 + week);
      fallAfter(table, 3 * minuteMs);
      nextSundayAfter(table);
    }
    const first = done(table.say(bob, 'heist log'));
    expect(first.words).toContain('take 110 from');
    expect(first.words).not.toContain('take 100 from');
    const second = done(table.press(bob, button(first, 'Next')));
    expect(second.words).toContain('take 100 from');
    expect(discordRefuses(first.reply)).toEqual([]);
  });

  test('the wait for the next Sunday is on /cooldowns of who may plan', () => {
    const { table } = rivals();
    expect(done(table.say(alice, 'cooldowns')).words).toContain('**Heist of your guild**: ready now');
    expect(done(table.say(one, 'cooldowns')).words).not.toContain('Heist of your guild');
    startSolo(table);
    const next = Date.UTC(2026, 7, 9) / 1_000;
    expect(done(table.say(alice, 'cooldowns')).words).toContain(`**Heist of your guild**: <t:${next}:R>`);
  });
});
