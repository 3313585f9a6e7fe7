// A heist of several: asked, with roles, and played together.
import { describe, expect, test } from 'vitest';
import { controls, done, treasuryOf } from '../clans/ground.ts';
import { discordRefuses } from '../limits.ts';
import { administrator, alice, bob, member, minuteMs, person } from '../table.ts';
import {
  askTeam,
  button,
  check,
  crew,
  drunkBy,
  equip,
  fallAfter,
  has,
  heistOf,
  heistTimers,
  id,
  openRows,
  pastRows,
  plan,
  playTogether,
  rival,
  rivals,
  select,
  solve,
  startTeam,
} from './ground.ts';

const [one, two, three, four, five] = crew;

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
