import { describe, expect, test } from 'vitest';
import type { Button } from '../../src/kernel/reply.ts';
import { type Answered, alice, bob, carol, createTable, member, person } from './table.ts';

const lines = (answered: Answered): readonly string[] => answered.reply.embeds?.[0]?.description?.split('\n') ?? [];
const turns = (answered: Answered): readonly Button[] =>
  (answered.reply.rows ?? []).flat().filter((part): part is Button => part.kind === 'button');

describe('/leaderboard', () => {
  const seated = () => {
    const table = createTable();
    table.fund(alice, 300, 5);
    table.fund(bob, 1_000_000);
    table.fund(carol, 20, 900);
    return table;
  };

  test('shows the fullest wallets first, with medals, mentions and one’s own place', () => {
    const answered = seated().say(alice, 'leaderboard');
    expect(answered.reply.embeds?.[0]?.title).toBe('Fullest wallets');
    expect(lines(answered)).toEqual([
      `🥇 <@${bob}> – 1,000,000 coins`,
      `🥈 <@${alice}> – 300 coins`,
      `🥉 <@${carol}> – 20 coins`,
      '',
      `Asked by: 🥈 <@${alice}> – 300 coins`,
    ]);
    expect(answered.reply.mentions).toBeUndefined();
  });

  test('has a board of banks; whoever has nothing is on no board', () => {
    const answered = seated().say(bob, 'leaderboard', { board: 'bank' });
    expect(lines(answered)).toEqual([
      `🥇 <@${carol}> – 900 coins`,
      `🥈 <@${alice}> – 5 coins`,
      '',
      `<@${bob}> is not on this board yet.`,
    ]);
  });

  test('a board follows every change of a wallet', () => {
    const table = seated();
    table.say(bob, 'pay', { member: person(carol), amount: 'all' });
    expect(lines(table.say(alice, 'leaderboard'))[0]).toBe(`🥇 <@${carol}> – 1,000,020 coins`);
    expect(lines(table.say(alice, 'leaderboard'))).toHaveLength(4);
  });

  test('is private unless it is asked to be public', () => {
    const table = seated();
    expect(table.say(alice, 'leaderboard').reply.private).toBe(true);
    expect(table.say(alice, 'leaderboard', { public: false }).reply.private).toBe(true);
    expect(table.say(alice, 'leaderboard', { public: true }).reply.private).toBe(false);
  });

  test.each([
    { members: 0, page: 1, standings: 0, previous: undefined, next: undefined },
    { members: 10, page: 1, standings: 10, previous: undefined, next: undefined },
    { members: 11, page: 1, standings: 10, previous: false, next: true },
    { members: 11, page: 2, standings: 1, previous: true, next: false },
    { members: 30, page: 2, standings: 10, previous: true, next: true },
  ])('page $page of $members members', ({ members, page, standings, previous, next }) => {
    const table = createTable();
    for (let count = 0; count < members; count += 1) table.fund(member(count + 10), 1_000 - count);
    const answered = table.say(alice, 'leaderboard', { page });
    const shown = lines(answered).filter((line) => line.includes(' – '));
    expect(shown).toHaveLength(standings);
    if (standings > 0 && page > 1) expect(shown[0]).toContain(`#${(page - 1) * 10 + 1} <@${member(page * 10)}>`);
    expect(turns(answered).map((button) => !button.disabled)).toEqual(previous === undefined ? [] : [previous, next]);
  });

  test('its buttons turn the page in place', () => {
    const table = createTable();
    for (let count = 0; count < 25; count += 1) table.fund(member(count + 10), 1_000 - count);
    const [, next] = turns(table.say(alice, 'leaderboard', { public: true }));
    const second = table.press(alice, next?.customId ?? '');
    expect(second.reply.replaces).toBe(true);
    expect(lines(second)[0]).toBe(`#11 <@${member(20)}> – 990 coins`);
    const [previous] = turns(second);
    expect(lines(table.press(alice, previous?.customId ?? ''))[0]).toContain('🥇');
  });

  test('fault 24: only whoever opened a board turns its pages', () => {
    const table = createTable();
    for (let count = 0; count < 25; count += 1) table.fund(member(count + 10), 1_000);
    const [, next] = turns(table.say(alice, 'leaderboard', { public: true }));
    const refused = table.press(bob, next?.customId ?? '');
    expect(refused.refused).toBe('core.leaderboard.not-yours');
    expect(refused.reply.private).toBe(true);
  });

  test.each([
    '{"board":"coins","page":0,"by":"1"}',
    '{"board":"coins","page":1.5,"by":"1"}',
    '{"board":"coins"}',
    '{"board":7,"page":1,"by":"1"}',
    '{"board":"coins","page":1,"by":"1","more":1}',
    '{}',
  ])('fault 25: the forged input %s is a refusal', (input) => {
    expect(createTable().press(alice, `g1~core.leaderboard.turn~1~${input}`).refused).toBe('core.input.options');
  });

  test.each(['nobody', '__proto__', 'constructor', ' '])(
    'fault 41: a board called %s is refused, naming those there are',
    (board) => {
      const answered = createTable().say(alice, 'leaderboard', { board });
      expect(answered.refused).toBe('core.leaderboard.no-board');
      expect(answered.words).toContain('coins, bank');
    },
  );

  test('a page that is not there is refused', () => {
    const table = seated();
    expect(table.say(alice, 'leaderboard', { page: 2 }).refused).toBe('core.leaderboard.no-page');
    expect(table.say(alice, 'leaderboard', { page: 1_001 }).refused).toBe('core.input.integer');
  });
});
