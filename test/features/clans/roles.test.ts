import { describe, expect, test } from 'vitest';
import { alice, bob, carol, createTable, member, person, type Table } from '../table.ts';
import { buttonOf, checkClans, controls, done, found, membershipOf, take } from './ground.ts';

const dave = member(4);
const erin = member(5);

/** Alice owns, Bob and Carol are officers, Dave a member; Erin owns another. */
const guild = (): { readonly table: Table; readonly clan: string } => {
  const table = createTable();
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob, carol, dave);
  for (const who of [bob, carol]) done(table.say(alice, 'guild promote', { member: person(who) }));
  found(table, erin, 'Others');
  return { table, clan };
};

const who = { alice, bob, carol, dave, erin, frank: member(6) };

describe('roles', () => {
  test.each([
    { command: 'promote', by: 'alice', target: 'dave', refused: undefined },
    { command: 'promote', by: 'alice', target: 'bob', refused: 'economy.clan.roles.same' },
    { command: 'promote', by: 'alice', target: 'alice', refused: 'economy.clan.roles.self' },
    { command: 'promote', by: 'alice', target: 'erin', refused: 'economy.clan.not-member' },
    { command: 'promote', by: 'alice', target: 'frank', refused: 'economy.clan.not-member' },
    { command: 'promote', by: 'bob', target: 'dave', refused: 'economy.clan.owner-only' },
    { command: 'promote', by: 'dave', target: 'dave', refused: 'economy.clan.no-right' },
    { command: 'promote', by: 'frank', target: 'dave', refused: 'economy.clan.none' },
    { command: 'demote', by: 'alice', target: 'bob', refused: undefined },
    { command: 'demote', by: 'alice', target: 'dave', refused: 'economy.clan.roles.same' },
    { command: 'demote', by: 'bob', target: 'carol', refused: 'economy.clan.owner-only' },
    { command: 'demote', by: 'bob', target: 'alice', refused: 'economy.clan.owner-only' },
    { command: 'kick', by: 'alice', target: 'bob', refused: undefined },
    { command: 'kick', by: 'alice', target: 'dave', refused: undefined },
    { command: 'kick', by: 'alice', target: 'alice', refused: 'economy.clan.roles.self' },
    { command: 'kick', by: 'bob', target: 'dave', refused: undefined },
    { command: 'kick', by: 'bob', target: 'carol', refused: 'economy.clan.roles.above' },
    { command: 'kick', by: 'bob', target: 'alice', refused: 'economy.clan.roles.above' },
    { command: 'kick', by: 'dave', target: 'bob', refused: 'economy.clan.no-right' },
    { command: 'kick', by: 'erin', target: 'dave', refused: 'economy.clan.not-member' },
  ] as const)('/guild $command by $by of $target: $refused', ({ command, by, target, refused }) => {
    const { table } = guild();
    const before = membershipOf(table, who[target]);
    expect(table.say(who[by], `guild ${command}`, { member: person(who[target]) }).refused).toBe(refused);
    const after = membershipOf(table, who[target]);
    if (refused !== undefined) expect(after).toEqual(before);
    else if (command === 'kick') expect(after).toBeUndefined();
    else expect(after?.role).toBe(command === 'promote' ? 'officer' : 'member');
    checkClans(table);
  });
});

describe('handing over', () => {
  test('asks first, by name (fault 35), and makes the old owner an officer', () => {
    const { table, clan } = guild();
    const card = done(table.say(alice, 'guild transfer', { member: person(dave) }));
    expect(card.words).toContain(`Hand **Ferrymen** over to <@${dave}>?`);
    expect(membershipOf(table, alice)?.role).toBe('owner');
    const confirm = buttonOf(card, 'Hand it over');
    for (const other of [bob, dave]) expect(table.press(other, confirm).refused).toBe('economy.clan.owner-only');
    expect(table.press(erin, confirm).refused).toBe('economy.clan.other');
    done(table.press(alice, confirm));
    expect(membershipOf(table, dave)).toMatchObject({ clan, role: 'owner' });
    expect(membershipOf(table, alice)?.role).toBe('officer');
    expect(table.press(alice, confirm).refused).toBe('economy.clan.owner-only');
    done(table.say(alice, 'guild leave'));
    checkClans(table);
  });

  test('offers a list that shows who is who, of at most 25', () => {
    const { table } = guild();
    const list = done(table.say(alice, 'guild transfer'));
    const [select] = controls(list);
    if (select?.kind !== 'select') throw new Error('no list');
    expect(select.choices.map(({ label, value }) => [label, value])).toEqual([
      ['1 – officer', bob],
      ['2 – officer', carol],
      ['3 – member', dave],
    ]);
    expect(list.words).toContain(`3. <@${dave}> – member`);
    const sure = done(table.press(alice, select.customId, { chosen: dave }));
    expect(done(table.press(alice, buttonOf(sure, 'Keep it'))).words).toContain('Nothing was changed');
    expect(membershipOf(table, alice)?.role).toBe('owner');
    expect(table.press(alice, select.customId, { chosen: erin }).refused).toBe('economy.clan.not-member');
    for (let index = 100; index < 130; index += 1) take(table, alice, member(index));
    const long = done(table.say(alice, 'guild transfer'));
    const [offered] = controls(long);
    expect(offered?.kind === 'select' && offered.choices).toHaveLength(25);
  });

  test('to who has left the guild meanwhile is refused', () => {
    const { table } = guild();
    const confirm = buttonOf(table.say(alice, 'guild transfer', { member: person(dave) }), 'Hand it over');
    done(table.say(dave, 'guild leave'));
    expect(table.press(alice, confirm).refused).toBe('economy.clan.not-member');
  });

  test.each([
    { by: 'bob', target: 'dave', refused: 'economy.clan.owner-only' },
    { by: 'alice', target: 'erin', refused: 'economy.clan.not-member' },
    { by: 'alice', target: 'alice', refused: 'economy.clan.transfer.self' },
    { by: 'frank', target: 'dave', refused: 'economy.clan.none' },
  ] as const)('by $by to $target is refused', ({ by, target, refused }) => {
    expect(guild().table.say(who[by], 'guild transfer', { member: person(who[target]) }).refused).toBe(refused);
  });

  test('needs somebody else', () => {
    expect(guild().table.say(erin, 'guild transfer').refused).toBe('economy.clan.transfer.alone');
  });
});

describe('/guild settings', () => {
  test('shows to members, changes for the owner', () => {
    const { table } = guild();
    expect(done(table.say(dave, 'guild settings')).words).toContain('the owner may take 25% of the treasury a day');
    expect(table.say(bob, 'guild settings', { open: true }).refused).toBe('economy.clan.owner-only');
    const changed = done(
      table.say(alice, 'guild settings', { open: true, 'owner-limit': 0, 'officer-limit': 100, 'officers-plan': true }),
    );
    expect(changed.words.split('\n').slice(1)).toEqual([
      'Anybody may join.',
      'Beyond what they put in, the owner may take 0% of the treasury a day, and the officers together 100%.',
      'Officers may plan heists.',
    ]);
    expect(table.say(alice, 'guild settings', { 'owner-limit': 101 }).refused).toBe('core.input.integer');
  });
});

describe('what is shown', () => {
  test('members in order of role and joining, in pages that the opener turns', () => {
    const { table } = guild();
    for (let index = 100; index < 140; index += 1) take(table, alice, member(index));
    const page = done(table.say(dave, 'guild members'));
    expect(page.words).toContain(`1. <@${alice}> – owner\n2. <@${bob}> – officer`);
    const next = done(table.press(dave, buttonOf(page, 'Next')));
    expect(next.words).toContain('21. ');
    expect(next.reply.replaces).toBe(true);
    expect(table.press(bob, buttonOf(page, 'Next')).refused).toBe('economy.clan.not-your-card');
    expect(table.say(dave, 'guild members', { page: 4 }).refused).toBe('economy.clan.members.no-page');
    expect(done(table.say(dave, 'guild members', { page: 3 })).words).toContain('44 in all · page 3 of 3');
  });

  test('a guild, to members with their role and to others', () => {
    const { table } = guild();
    const own = done(table.say(bob, 'guild info'));
    expect(own.words).toContain('Role\nofficer');
    expect(own.words).toContain('Place by treasury\n#1');
    const other = done(table.say(bob, 'guild info', { name: 'OTHERS' }));
    expect(other.words).not.toContain('Role');
    expect(table.say(who.frank, 'guild info').refused).toBe('economy.clan.none');
    expect(done(table.say(who.frank, 'guild info', { name: 'others' })).words).toContain('Others');
    expect(table.say(bob, 'guild info', { name: 'nobody' }).refused).toBe('economy.clan.unknown');
  });

  test('the richest: on /guild top, the board and the profile; of equal ones the oldest first', () => {
    const { table } = guild();
    table.fund(erin, 10);
    table.fund(dave, 10);
    done(table.say(erin, 'guild deposit', { amount: '10' }));
    const top = done(table.say(bob, 'guild top'));
    expect(top.words).toContain(`🥇 **Others** – 10 coins, 1 member, owned by <@${erin}>\n🥈 **Ferrymen**`);
    expect(top.words).toContain('Your guild, Ferrymen, is #2.');
    done(table.say(dave, 'guild deposit', { amount: '10' }));
    expect(done(table.say(bob, 'guild top')).words).toContain('🥇 **Ferrymen** – 10 coins, 4 members');
    const board = done(table.say(dave, 'leaderboard', { board: 'guilds' }));
    expect(board.words).toContain('🥇 Ferrymen – 10 coins\n🥈 Others – 10 coins');
    expect(board.words).toContain('Asked by: 🥇 Ferrymen – 10 coins');
    expect(done(table.say(who.frank, 'leaderboard', { board: 'guilds' })).words).toContain('is not on this board');
    expect(done(table.say(bob, 'profile', { section: 'guild' })).words).toContain('Ferrymen');
  });
});
