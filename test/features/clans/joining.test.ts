import { describe, expect, test } from 'vitest';
import { applicants, applications, denials, invitations } from '../../../src/features/clans/state.ts';
import { directMessage, outbox } from '../../../src/kernel/effect.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { eco } from '../administration/staff.ts';
import { alice, bob, carol, createTable, dayMs, hourMs, member, person, type Table } from '../table.ts';
import { buttonOf, checkClans, clanOf, controls, done, found, membershipOf, take } from './ground.ts';

const dave = member(4);

const guild = (): { readonly table: Table; readonly clan: string } => {
  const table = createTable();
  return { table, clan: found(table, alice, 'Ferrymen') };
};

/** What was sent by direct message: to whom, and in words. */
const letters = (table: Table): readonly (readonly [string, string])[] =>
  [...table.state.rows(outbox).values()].flatMap((row) => {
    const { kind, payload } = row as Record<'kind' | 'payload', unknown>;
    if (kind !== directMessage.kind) return [];
    const { member: to, card } = directMessage.payload.parse(payload);
    const reply = table.registry.cards.get(card.card)?.view(card.value as never, table.registry.text('en'));
    return [[to, reply?.embeds?.[0]?.description?.split('\n')[0] ?? ''] as const];
  });

const open = (table: Table, who: typeof alice) => done(table.say(who, 'guild requests'));

describe('an invitation', () => {
  test('is a card that only the invited member accepts, once', () => {
    const { table, clan } = guild();
    const card = done(table.say(alice, 'guild invite', { member: person(bob) }));
    expect(card.reply.mentions).toEqual([bob]);
    expect(card.reply.private).toBe(false);
    const accept = buttonOf(card, 'Accept');
    expect(table.press(carol, accept).refused).toBe('economy.clan.invite.not-yours');
    expect(table.press(alice, accept).refused).toBe('economy.clan.invite.not-yours');
    expect(done(table.press(bob, accept)).reply).toMatchObject({ replaces: true, private: false });
    expect(membershipOf(table, bob)).toMatchObject({ clan, role: 'member' });
    expect(table.press(bob, accept).refused).toBe('economy.clan.invite.answered');
    expect(table.state.rows(timers).size).toBe(0);
    expect(clanOf(table, clan)?.members).toBe(2);
    checkClans(table);
  });

  test.each([
    { who: bob, words: 'has declined' },
    { who: alice, words: 'was taken back' },
  ])('is ended by its other button: $words', ({ who, words }) => {
    const { table } = guild();
    const card = done(table.say(alice, 'guild invite', { member: person(bob) }));
    expect(table.press(carol, buttonOf(card, 'Decline')).refused).toBe('economy.clan.invite.not-yours');
    expect(done(table.press(who, buttonOf(card, 'Decline'))).words).toContain(words);
    expect(table.press(bob, buttonOf(card, 'Accept')).refused).toBe('economy.clan.invite.answered');
    expect(table.state.rows(invitations).size + table.state.rows(timers).size).toBe(0);
  });

  test.each([true, false])('runs out after 24 hours (timer fell: %s)', (fell) => {
    const { table } = guild();
    const card = done(table.say(alice, 'guild invite', { member: person(bob) }));
    table.wait(dayMs - 1);
    table.fall();
    expect(table.state.rows(invitations).size).toBe(1);
    table.wait(1);
    if (fell) table.fall();
    expect(done(table.press(bob, buttonOf(card, 'Accept'))).words).toContain('has run out');
    expect(membershipOf(table, bob)).toBeUndefined();
    table.fall();
    expect(table.state.rows(invitations).size + table.state.rows(timers).size).toBe(0);
  });

  test('of before is not answered by the buttons of a later one', () => {
    const { table } = guild();
    const first = done(table.say(alice, 'guild invite', { member: person(bob) }));
    done(table.press(bob, buttonOf(first, 'Decline')));
    table.wait(1);
    done(table.say(alice, 'guild invite', { member: person(bob) }));
    expect(table.press(bob, buttonOf(first, 'Accept')).refused).toBe('economy.clan.invite.answered');
    expect(membershipOf(table, bob)).toBeUndefined();
  });

  test('holds no longer when whoever sent it may not invite any more', () => {
    const { table } = guild();
    take(table, alice, bob);
    expect(table.say(bob, 'guild invite', { member: person(carol) }).refused).toBe('economy.clan.no-right');
    done(table.say(alice, 'guild promote', { member: person(bob) }));
    const card = done(table.say(bob, 'guild invite', { member: person(carol) }));
    done(table.say(alice, 'guild demote', { member: person(bob) }));
    expect(table.press(carol, buttonOf(card, 'Accept')).refused).toBe('economy.clan.invite.void');
    done(table.say(alice, 'guild promote', { member: person(bob) }));
    done(table.press(carol, buttonOf(card, 'Accept')));
  });

  test('holds no longer when the guild is gone, full, or the member in another', () => {
    const { table } = guild();
    table.set('guild.max_members', '2');
    const cards = [bob, carol, dave].map((who) => done(table.say(alice, 'guild invite', { member: person(who) })));
    done(table.press(bob, buttonOf(cards[0] as never, 'Accept')));
    expect(table.press(carol, buttonOf(cards[1] as never, 'Accept')).refused).toBe('economy.clan.full');
    found(table, carol, 'Others');
    expect(table.press(carol, buttonOf(cards[1] as never, 'Accept')).refused).toBe('economy.clan.already');
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(table.press(dave, buttonOf(cards[2] as never, 'Accept')).refused).toBe('economy.clan.gone');
    expect(table.press(dave, buttonOf(cards[2] as never, 'Decline')).refused).toBe('economy.clan.gone');
    expect(table.state.rows(timers).size).toBe(0);
    checkClans(table);
  });

  test('is refused to oneself, to bots, to who is absent, in a guild, or invited already; and beyond 25', () => {
    const { table } = guild();
    found(table, carol, 'Others');
    const invite = (who: ReturnType<typeof person>) => table.say(alice, 'guild invite', { member: who }).refused;
    expect(invite(person(alice))).toBe('economy.clan.invite.self');
    expect(invite(person(bob, { bot: true }))).toBe('economy.clan.invite.bot');
    expect(invite(person(bob, { present: false }))).toBe('economy.clan.absent');
    expect(invite(person(carol))).toBe('economy.clan.already-other');
    expect(table.say(bob, 'guild invite', { member: person(dave) }).refused).toBe('economy.clan.none');
    expect(invite(person(bob))).toBeUndefined();
    expect(invite(person(bob))).toBe('economy.clan.invite.twice');
    for (let index = 100; index < 124; index += 1) expect(invite(person(member(index)))).toBeUndefined();
    expect(invite(person(member(200)))).toBe('economy.clan.invite.many');
    table.wait(dayMs);
    expect(invite(person(member(200)))).toBeUndefined();
  });

  test('lets the invited member in by /guild join as well', () => {
    const { table } = guild();
    done(table.say(alice, 'guild invite', { member: person(bob) }));
    expect(done(table.say(bob, 'guild join', { name: 'ferrymen' })).words).toContain('Welcome to **Ferrymen**');
    expect(table.state.rows(invitations).size).toBe(0);
  });
});

describe('a request to join', () => {
  test('is told to the owner by direct message, and approved by a button', () => {
    const { table, clan } = guild();
    done(table.say(bob, 'guild join', { name: 'FERRYMEN' }));
    expect(letters(table)).toEqual([
      [alice, `<@${bob}> asks to join your guild **Ferrymen**. Answer with /guild requests in the server.`],
    ]);
    const list = open(table, alice);
    expect(list.words).toContain(`1. <@${bob}>`);
    const approve = buttonOf(list, '✓ 1');
    expect(table.press(carol, approve).refused).toBe('economy.clan.none');
    const after = done(table.press(alice, approve));
    expect(after.words).toContain(`<@${bob}> is in the guild now.`);
    expect(after.words).toContain('Nobody asks to join.');
    expect(membershipOf(table, bob)).toMatchObject({ clan, role: 'member' });
    expect(table.press(alice, approve).refused).toBe('economy.clan.requests.gone');
    expect(letters(table).at(-1)).toEqual([bob, 'You were taken into the guild **Ferrymen**.']);
    expect(table.state.rows(timers).size).toBe(0);
    checkClans(table);
  });

  test('that is denied cannot be made again for 24 hours', () => {
    const { table } = guild();
    found(table, carol, 'Others');
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    done(table.press(alice, buttonOf(open(table, alice), '✗ 1')));
    expect(letters(table).at(-1)).toEqual([bob, 'The guild **Ferrymen** has denied your request to join.']);
    expect(table.say(bob, 'guild join', { name: 'Ferrymen' }).refused).toBe('economy.clan.join.denied');
    const other = done(table.say(bob, 'guild join', { name: 'Others' }));
    done(table.press(bob, buttonOf(other, 'Take it back')));
    expect(table.press(bob, buttonOf(other, 'Take it back')).refused).toBe('economy.clan.requests.gone');
    table.wait(dayMs - 1);
    table.fall();
    expect(table.say(bob, 'guild join', { name: 'Ferrymen' }).refused).toBe('economy.clan.join.denied');
    table.wait(1);
    table.fall();
    expect(table.state.rows(denials).size).toBe(0);
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
  });

  test.each([true, false])('runs out after 72 hours (timer fell: %s)', (fell) => {
    const { table } = guild();
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    const approve = buttonOf(open(table, alice), '✓ 1');
    table.wait(72 * hourMs);
    if (fell) table.fall();
    expect(table.press(alice, approve).refused).toBe('economy.clan.requests.gone');
    expect(open(table, alice).words).toContain('Nobody asks to join.');
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    expect(table.state.rows(applications).size).toBe(1);
    checkClans(table);
  });

  test('that was taken back and made again is not answered by the buttons of before', () => {
    const { table } = guild();
    const first = done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    const list = open(table, alice);
    done(table.press(bob, buttonOf(first, 'Take it back')));
    table.wait(1);
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    for (const label of ['✓ 1', '✗ 1']) {
      expect(table.press(alice, buttonOf(list, label)).refused).toBe('economy.clan.requests.gone');
    }
    expect(table.press(bob, buttonOf(first, 'Take it back')).refused).toBe('economy.clan.requests.gone');
    expect(table.state.rows(applications).size).toBe(1);
  });

  test('is one at a time, and ends when the member joins another guild', () => {
    const { table } = guild();
    found(table, carol, 'Others');
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    expect(table.say(bob, 'guild join', { name: 'Others' }).refused).toBe('economy.clan.join.asked');
    const approve = buttonOf(open(table, alice), '✓ 1');
    take(table, carol, bob);
    expect(table.state.rows(applicants).size).toBe(0);
    expect(table.press(alice, approve).refused).toBe('economy.clan.requests.gone');
    expect(membershipOf(table, bob)?.clan).toBe(membershipOf(table, carol)?.clan);
    checkClans(table);
  });

  test('is answered by owner and officers of its guild alone', () => {
    const { table } = guild();
    found(table, dave, 'Others');
    take(table, alice, carol);
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    const approve = buttonOf(open(table, alice), '✓ 1');
    expect(table.say(carol, 'guild requests').refused).toBe('economy.clan.no-right');
    expect(table.press(carol, approve).refused).toBe('economy.clan.no-right');
    expect(table.press(dave, approve).refused).toBe('economy.clan.other');
    done(table.say(alice, 'guild promote', { member: person(carol) }));
    done(table.press(carol, approve));
    expect(membershipOf(table, bob)?.role).toBe('member');
  });

  test('is not approved where the guild is full or the member has left the server', () => {
    const { table } = guild();
    table.set('guild.max_members', '2');
    for (const who of [bob, carol]) done(table.say(who, 'guild join', { name: 'Ferrymen' }));
    const list = open(table, alice);
    table.leave(bob);
    expect(table.press(alice, buttonOf(list, '✓ 1')).refused).toBe('economy.clan.absent');
    done(table.press(alice, buttonOf(list, '✓ 2')));
    expect(table.say(dave, 'guild join', { name: 'Ferrymen' }).refused).toBe('economy.clan.full');
  });

  test('to an open guild is not needed', () => {
    const { table } = guild();
    expect(done(table.say(alice, 'guild settings', { open: true })).words).toContain('Anybody may join.');
    expect(done(table.say(bob, 'guild join', { name: 'Ferrymen' })).words).toContain('Welcome');
    expect(letters(table)).toEqual([]);
  });

  test('ends with its guild', () => {
    const { table } = guild();
    done(table.say(bob, 'guild join', { name: 'Ferrymen' }));
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(table.state.rows(applications).size + table.state.rows(applicants).size).toBe(0);
    expect(table.state.rows(timers).size).toBe(0);
  });

  test('a hundred of them are shown in pages that Discord takes', () => {
    const { table } = guild();
    for (let index = 100; index < 200; index += 1) done(table.say(member(index), 'guild join', { name: 'Ferrymen' }));
    expect(table.say(bob, 'guild join', { name: 'Ferrymen' }).refused).toBe('economy.clan.join.busy');
    let page = open(table, alice);
    const seen = new Set<string>();
    for (let number = 1; number <= 13; number += 1) {
      for (const [mention] of page.words.matchAll(/<@\d+>/g)) seen.add(mention);
      if (number < 13) page = done(table.press(alice, buttonOf(page, 'Next')));
    }
    expect(seen.size).toBe(100);
  });
});

describe('who is banned from the economy, or all where it is frozen,', () => {
  test.each(['economy.banned', 'economy.frozen'])('founds, joins, leaves and leads nothing: %s', (refused) => {
    const { table } = guild();
    take(table, alice, bob);
    const asked = done(table.say(alice, 'guild invite', { member: person(carol) }));
    done(table.say(dave, 'guild join', { name: 'Ferrymen' }));
    const approve = buttonOf(open(table, alice), '✓ 1');
    if (refused === 'economy.frozen') table.set('economy.frozen', 'on');
    else for (const who of [alice, bob, carol, dave]) eco(table, 'ban', { member: person(who) });
    expect(table.say(member(9), 'guild create', { name: 'New' }).refused).toBe(
      refused === 'economy.frozen' ? refused : undefined,
    );
    expect(table.press(carol, buttonOf(asked, 'Accept')).refused).toBe(refused);
    expect(table.press(alice, approve).refused).toBe(refused);
    for (const [who, command, input] of [
      [carol, 'join', { name: 'Ferrymen' }],
      [carol, 'create', { name: 'Other' }],
      [bob, 'leave', {}],
      [alice, 'kick', { member: person(bob) }],
      [alice, 'promote', { member: person(bob) }],
      [alice, 'transfer', { member: person(bob) }],
      [alice, 'disband', { confirm: 'Ferrymen' }],
    ] as const) {
      expect(table.say(who, `guild ${command}`, input).refused).toBe(refused);
    }
    expect(table.say(bob, 'guild info').refused).toBeUndefined();
    checkClans(table);
  });
});

describe('/guild join without a name', () => {
  test('lists ten guilds and offers 25 of 26', () => {
    const table = createTable();
    expect(table.say(alice, 'guild join').refused).toBe('economy.clan.no-clans');
    for (let index = 0; index < 26; index += 1) {
      const who = member(100 + index);
      table.fund(who, 100 - index);
      found(table, who, `Guild ${String.fromCodePoint(65 + index)}x`);
      done(table.say(who, 'guild deposit', { amount: 'all' }));
    }
    const list = done(table.say(alice, 'guild join'));
    expect(list.words.match(/^\*\*Guild/gm)).toHaveLength(10);
    const [select] = controls(list);
    expect(select?.kind === 'select' && select.choices.map(({ label }) => label)).toHaveLength(25);
    expect(list.words).not.toContain('Guild Zx');
    const chosen = select?.kind === 'select' ? select.choices[0]?.value : undefined;
    const asked = done(table.press(alice, select?.customId ?? '', { chosen }));
    expect(asked.words).toContain('You have asked to join **Guild Ax**');
    expect(asked.reply.replaces).toBe(true);
    // The twenty-sixth is found by its name.
    expect(table.suggest('guild join', 'name', 'guild z')).toEqual([{ name: 'Guild Zx', value: 'Guild Zx' }]);
    expect(table.suggest('guild join', 'name', '')).toHaveLength(25);
    expect(table.suggest('guild join', 'name', 'guild')).toHaveLength(24);
    expect(table.suggest('guild join', 'name', 'guild ax')).toHaveLength(1);
    expect(done(table.say(bob, 'guild join', { name: 'guild_zx' })).words).toContain('Guild Zx');
    checkClans(table);
  });

  test('a chosen guild that is no more is refused', () => {
    const { table } = guild();
    const list = done(table.say(bob, 'guild join'));
    const [select] = controls(list);
    const chosen = select?.kind === 'select' ? select.choices[0]?.value : undefined;
    done(table.say(alice, 'guild disband', { confirm: 'ferrymen' }));
    expect(table.press(bob, select?.customId ?? '', { chosen }).refused).toBe('economy.clan.gone');
    expect(table.press(bob, select?.customId ?? '', { chosen: undefined }).refused).toBe('economy.clan.gone');
    expect(table.press(bob, select?.customId ?? '', { chosen: 'x' }).refused).toBe('core.input.options');
    expect(table.say(bob, 'guild join', { name: 'ferrymen' }).refused).toBe('economy.clan.unknown');
    expect(table.say(bob, 'guild join', { name: '\u0000' }).refused).toBe('economy.clan.unknown');
  });
});
