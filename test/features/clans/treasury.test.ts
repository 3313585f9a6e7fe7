import { describe, expect, test } from 'vitest';
import { outbox } from '../../../src/kernel/effect.ts';
import { alice, bob, carol, createTable, dayMs, field, person, type Table } from '../table.ts';
import { buttonOf, checkClans, done, found, membershipOf, runJob, take, treasuryOf } from './ground.ts';

const ceiling = 1_000_000_000_000_000;

/** Alice owns, Bob is an officer, Carol a member; each put something in. */
const guild = (): { readonly table: Table; readonly clan: string } => {
  const table = createTable();
  for (const who of [alice, bob, carol]) table.fund(who, 10_000);
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob, carol);
  done(table.say(alice, 'guild promote', { member: person(bob) }));
  done(table.say(alice, 'guild deposit', { amount: '1000' }));
  done(table.say(bob, 'guild deposit', { amount: '2000' }));
  done(table.say(carol, 'guild deposit', { amount: '1000' }));
  return { table, clan };
};

describe('founding', () => {
  test.each([
    { wallet: 1_500, bank: 0, left: [500, 0] },
    { wallet: 400, bank: 700, left: [0, 100] },
  ])('costs 1,000 from a wallet of $wallet and a bank of $bank, burned', ({ wallet, bank, left }) => {
    const table = createTable();
    table.fund(alice, wallet, bank);
    done(table.say(alice, 'guild create', { name: 'Ferrymen' }));
    expect([table.account(alice).wallet, table.account(alice).bank]).toEqual(left);
    expect(table.supply().burned).toBe(1_000n);
    expect(table.say(alice, 'bank history').words).toContain('Founding a guild');
    checkClans(table);
  });

  test('is refused without the funds, and for who is in a guild', () => {
    const table = createTable();
    table.fund(alice, 500, 499);
    const poor = table.say(alice, 'guild create', { name: 'Ferrymen' });
    expect([poor.refused, poor.with['missing']]).toEqual(['economy.clan.create.poor', 1]);
    found(table, alice, 'Ferrymen');
    expect(table.say(alice, 'guild create', { name: 'Others' }).refused).toBe('economy.clan.already');
    expect(table.account(alice).wallet).toBe(500);
  });
});

describe('deposits', () => {
  test.each([
    { amount: '250', moved: 250 },
    { amount: '1,000', moved: 1_000 },
    { amount: 'all', moved: 1_001 },
    { amount: 'half', moved: 500 },
    { amount: '25%', moved: 250 },
  ])('of $amount take $moved from the wallet alone', ({ amount, moved }) => {
    const table = createTable();
    table.fund(alice, 1_001, 5_000);
    const clan = found(table, alice, 'Ferrymen');
    done(table.say(alice, 'guild deposit', { amount }));
    expect(treasuryOf(table, clan)).toBe(moved);
    expect(membershipOf(table, alice)?.contribution).toBe(moved);
    expect(table.account(alice)).toMatchObject({ wallet: 1_001 - moved, bank: 5_000 });
    checkClans(table);
  });

  test.each(['-5', '+5', '1e3', '٣', '0', '1.5', '1_000', '½', '0x10', ' ', `1${'0'.repeat(400)}`, '²'])(
    'of %s are refused, by command and by form',
    (amount) => {
      const { table, clan } = guild();
      const before = treasuryOf(table, clan);
      expect(table.say(alice, 'guild deposit', { amount }).refused).toBeDefined();
      const form = table.press(alice, buttonOf(table.say(alice, 'guild bank'), 'Deposit'));
      const typed = table.press(alice, form.modal?.customId ?? '', { amount });
      expect(typed.refused).toBeDefined();
      expect(treasuryOf(table, clan)).toBe(before);
    },
  );

  test('beyond the wallet, without coins, without a guild, in debt and beyond the ceiling are refused', () => {
    const { table, clan } = guild();
    expect(table.say(carol, 'guild deposit', { amount: '9001' }).refused).toBe('economy.clan.deposit.poor');
    done(table.say(carol, 'guild deposit', { amount: 'all' }));
    expect(table.say(carol, 'guild deposit', { amount: 'all' }).refused).toBe('economy.clan.deposit.empty');
    done(table.say(carol, 'guild leave'));
    expect(table.say(carol, 'guild deposit', { amount: '1' }).refused).toBe('economy.clan.none');
    table.fund(alice, ceiling - table.account(alice).wallet);
    expect(table.say(alice, 'guild deposit', { amount: 'all' }).refused).toBe('economy.money.vault-full');
    expect(table.account(alice).wallet).toBe(ceiling);
    expect(treasuryOf(table, clan)).toBe(13_000);
    checkClans(table);
  });

  test('from a frozen economy are refused whole', () => {
    const { table, clan } = guild();
    table.set('economy.frozen', 'on');
    expect(table.say(alice, 'guild deposit', { amount: '1' }).refused).toBe('economy.frozen');
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.frozen');
    expect([treasuryOf(table, clan), membershipOf(table, alice)?.contribution]).toEqual([4_000, 1_000]);
  });
});

describe('withdrawals (faults 25 and 26)', () => {
  test('of a member reach as far as what they put in', () => {
    const { table, clan } = guild();
    const refused = table.say(carol, 'guild withdraw', { amount: '1001' });
    expect([refused.refused, refused.with['allowed']]).toEqual(['economy.clan.withdraw.limit', 1_000]);
    done(table.say(carol, 'guild withdraw', { amount: 'all' }));
    expect([treasuryOf(table, clan), membershipOf(table, carol)?.contribution]).toEqual([3_000, 0]);
    expect(table.account(carol).wallet).toBe(10_000);
    expect(table.say(carol, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.withdraw.limit');
    checkClans(table);
  });

  test('of the owner go a quarter of the treasury beyond that a UTC day', () => {
    const { table, clan } = guild();
    expect(table.say(alice, 'guild withdraw', { amount: '2001' }).refused).toBe('economy.clan.withdraw.limit');
    done(table.say(alice, 'guild withdraw', { amount: '1500' }));
    expect(membershipOf(table, alice)?.contribution).toBe(0);
    // 4,000 of which 1,500 went: own 1,000 and 500 beyond; a quarter of 2,500 + 500 is 750.
    const limit = table.say(alice, 'guild withdraw', { amount: '251' });
    expect([limit.refused, limit.with['allowed']]).toEqual(['economy.clan.withdraw.limit', 250]);
    done(table.say(alice, 'guild withdraw', { amount: 'all' }));
    expect(treasuryOf(table, clan)).toBe(2_250);
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.withdraw.limit');
    table.wait(dayMs);
    done(table.say(alice, 'guild withdraw', { amount: '562' }));
    checkClans(table);
  });

  test('of officers go beyond that only as the owner sets it, for all together', () => {
    const { table } = guild();
    expect(table.say(bob, 'guild withdraw', { amount: '2001' }).refused).toBe('economy.clan.withdraw.limit');
    expect(table.say(bob, 'guild settings', { 'officer-limit': 10 }).refused).toBe('economy.clan.owner-only');
    done(table.say(alice, 'guild settings', { 'officer-limit': 10 }));
    done(table.say(alice, 'guild promote', { member: person(carol) }));
    done(table.say(bob, 'guild withdraw', { amount: '2400' }));
    expect(table.say(carol, 'guild withdraw', { amount: '1001' }).refused).toBe('economy.clan.withdraw.limit');
  });

  test('a quarter is not had again by handing the guild to and fro', () => {
    const { table, clan } = guild();
    done(table.say(alice, 'guild withdraw', { amount: '2000' }));
    const before = treasuryOf(table, clan);
    const confirm = buttonOf(table.say(alice, 'guild transfer', { member: person(carol) }), 'Hand it over');
    done(table.press(alice, confirm));
    expect(table.say(carol, 'guild withdraw', { amount: '1001' }).refused).toBe('economy.clan.withdraw.limit');
    done(table.say(carol, 'guild withdraw', { amount: '1000' }));
    expect(treasuryOf(table, clan)).toBe(before - 1_000);
  });

  test('are told in the server’s channel', () => {
    const { table } = guild();
    table.set('guild.log_channel', '<#300000000000000003>');
    done(table.say(carol, 'guild withdraw', { amount: '7' }));
    const post = [...table.state.rows(outbox).values()].find(
      (row) => (row as { readonly kind: string }).kind === 'discord.post',
    );
    expect(post).toMatchObject({
      payload: { channel: '300000000000000003', card: { card: 'economy.clan-news', value: { coins: 7, by: carol } } },
    });
  });
});

describe('the treasury’s card', () => {
  test('moves coins by its forms, for members of its guild alone', () => {
    const { table, clan } = guild();
    const card = done(table.say(alice, 'guild bank'));
    expect(field(card, 'Treasury')).toBe('4,000 coins');
    const deposit = table.press(carol, buttonOf(card, 'Deposit')).modal?.customId ?? '';
    done(table.press(carol, deposit, { amount: '50%' }));
    expect(treasuryOf(table, clan)).toBe(8_500);
    const withdraw = table.press(carol, buttonOf(card, 'Withdraw')).modal?.customId ?? '';
    done(table.press(carol, withdraw, { amount: '1' }));
    expect(treasuryOf(table, clan)).toBe(8_499);
    done(table.say(carol, 'guild leave'));
    expect(table.press(carol, buttonOf(card, 'Deposit')).refused).toBe('economy.clan.none');
    expect(table.press(carol, withdraw, { amount: '1' }).refused).toBe('economy.clan.none');
    found(table, carol, 'Others');
    expect(table.press(carol, deposit, { amount: '1' }).refused).toBe('economy.clan.other');
    expect(done(table.press(carol, buttonOf(card, 'Info'))).words).toContain('Ferrymen');
    checkClans(table);
  });

  test('of a guild that is no more refuses', () => {
    const { table } = guild();
    const card = done(table.say(alice, 'guild bank'));
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(table.press(alice, buttonOf(card, 'Deposit')).refused).toBe('economy.clan.none');
    expect(table.press(alice, buttonOf(card, 'Info')).refused).toBe('economy.clan.gone');
  });
});

describe('disbanding', () => {
  test('pays the treasury out by contribution, the rest to the owner', () => {
    const { table } = guild();
    table.fund(alice, 0, 0);
    done(table.say(bob, 'guild withdraw', { amount: '1999' }));
    const refused = table.say(alice, 'guild disband', { confirm: 'Ferry' });
    expect(refused.refused).toBe('economy.clan.disband.unconfirmed');
    expect(table.say(bob, 'guild disband', { confirm: 'Ferrymen' }).refused).toBe('economy.clan.owner-only');
    done(table.say(alice, 'guild disband', { confirm: 'FERRYMEN' }));
    expect([alice, bob, carol].map((who) => table.account(who).wallet)).toEqual([10_000, 10_000, 10_000]);
    checkClans(table);
    expect(table.say(carol, 'guild info').refused).toBe('economy.clan.none');
    expect(table.say(alice, 'guild top').refused).toBe('economy.clan.no-clans');
  });

  test('leaves a full wallet’s part to the owner, and refuses where theirs is full', () => {
    const { table } = guild();
    table.fund(carol, ceiling - table.account(carol).wallet);
    table.fund(alice, ceiling - table.account(alice).wallet);
    expect(table.say(alice, 'guild disband', { confirm: 'ferrymen' }).refused).toBe('economy.clan.disband.full');
    done(table.say(alice, 'bank deposit', { amount: '2000' }));
    done(table.say(alice, 'guild disband', { confirm: 'ferrymen' }));
    expect(table.account(alice).wallet).toBe(ceiling);
    expect(table.account(carol).wallet).toBe(ceiling);
    checkClans(table);
  });
});

describe('leaving', () => {
  test('forfeits what was put in; coming back brings none of it back', () => {
    const { table, clan } = guild();
    done(table.say(carol, 'guild leave'));
    expect([table.account(carol).wallet, treasuryOf(table, clan)]).toEqual([9_000, 4_000]);
    take(table, bob, carol);
    expect(membershipOf(table, carol)?.contribution).toBe(0);
    expect(table.say(carol, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.withdraw.limit');
    checkClans(table);
  });

  test.each(['leave', 'kick'])('by %s brings it back where the server lets it', (how) => {
    const { table, clan } = guild();
    table.set('guild.leave_payout', 'on');
    if (how === 'leave') done(table.say(carol, 'guild leave'));
    else done(table.say(alice, 'guild kick', { member: person(carol) }));
    expect([table.account(carol).wallet, treasuryOf(table, clan)]).toEqual([10_000, 3_000]);
    checkClans(table);
  });

  test('is not for the owner', () => {
    const { table } = guild();
    expect(table.say(alice, 'guild leave').refused).toBe('economy.clan.leave.owner');
  });
});

test('/guild shares tells who put in what, and what it brings', () => {
  const { table } = guild();
  const words = (): string => done(table.say(carol, 'guild shares')).words;
  expect(words()).toContain(`1. <@${bob}> – 2,000 (50%), 0 on Monday, 0 more as the richest`);
  runJob(table, 'economy.clan.interest', '2026-08-03');
  expect(words()).toContain(`1. <@${bob}> – 2,000 (50%), 100 on Monday, 100 more as the richest`);
  expect(words()).toContain(`<@${carol}> – 1,000 (25%), 50 on Monday, 50 more as the richest`);
  table.set('guild.member_interest_cap', '60');
  expect(words()).toContain(`<@${carol}> – 1,000 (25%), 50 on Monday, 10 more as the richest`);
  done(table.say(carol, 'guild withdraw', { amount: '500' }));
  expect(words()).toContain(`<@${carol}> – 500 (14.28%), 25 on Monday, 25 more as the richest`);
  for (const [who, amount] of [
    [carol, '500'],
    [bob, '2000'],
    [alice, '1000'],
  ] as const) {
    done(table.say(who, 'guild withdraw', { amount }));
  }
  expect(table.say(carol, 'guild shares').refused).toBe('economy.clan.shares.none');
});
