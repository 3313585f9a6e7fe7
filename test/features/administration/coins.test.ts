import { describe, expect, test } from 'vitest';
import { outbox } from '../../../src/kernel/effect.ts';
import { guildId } from '../../../src/kernel/ids.ts';
import { answerRefused } from '../limits.ts';
import { alice, bob, createTable, field, member, person } from '../table.ts';
import { actions, control, eco, enabled, mod, press, preview, undo } from './staff.ts';

const ceiling = 1_000_000_000_000_000;
const funded = (wallet: number, bank = 0) => {
  const table = createTable();
  table.fund(alice, wallet, bank);
  return table;
};

const oddAmounts = [
  '0',
  '-5',
  '1e3',
  '1.5',
  '٣',
  '0x10',
  '½',
  '',
  ' ',
  'NaN',
  'all',
  'half',
  '25%',
  '1_000',
  '+5',
].concat(String(ceiling + 1), `1${'0'.repeat(400)}`);

describe('/eco give-coins', () => {
  test.each([
    { to: undefined, wallet: 350, bank: 50, shown: 'Wallet', now: '350 coins' },
    { to: 'wallet', wallet: 350, bank: 50, shown: 'Wallet', now: '350 coins' },
    { to: 'bank', wallet: 100, bank: 300, shown: 'Bank', now: '300 coins' },
  ])('250 to $to', ({ to, wallet, bank, shown, now }) => {
    const table = funded(100, 50);
    const before = table.supply();
    const answered = eco(table, 'give-coins', { member: person(alice), amount: '250', ...(to && { to }) });
    expect(answered.refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet, bank });
    expect(table.supply().minted - before.minted).toBe(250n);
    expect(answered.reply.private).toBe(false);
    expect(field(answered, shown)).toBe(now);
    expect(answerRefused(answered)).toEqual([]);
    expect(table.ledgerRows().at(-1)).toMatchObject({ member: alice, kind: 'staff-gift' });
  });

  test.each(oddAmounts)('%j is no amount', (amount) => {
    for (const path of ['give-coins', 'take-coins']) {
      const table = funded(100);
      const answered = eco(table, path, { member: person(alice), amount });
      expect(answered.refused).toBeDefined();
      expect(table.account(alice).wallet).toBe(100);
      expect(actions(table)).toEqual([]);
    }
  });

  test('is refused above what a purse holds, to bots, to strangers, and to nobody at all', () => {
    const table = funded(1);
    const give = (who: unknown, amount = String(ceiling)) => eco(table, 'give-coins', { member: who, amount });
    expect(give(person(alice)).refused).toBe('economy.money.full');
    expect(give(person(bob, { bot: true })).refused).toBe('economy.staff.bot');
    expect(give(person(bob, { present: false })).refused).toBe('economy.staff.absent');
    expect(give('x').refused).toBe('core.input.member');
    expect(give(undefined).refused).toBe('core.input.missing');
    expect(actions(table)).toEqual([]);
  });

  test('keeps who, whom, what, why and when', () => {
    const table = funded(100);
    eco(table, 'give-coins', { member: person(alice), amount: '1,000', reason: 'lost in a fault' });
    expect(actions(table)).toEqual([
      {
        at: table.clock.now,
        by: mod,
        target: alice,
        before: '100',
        after: '1100',
        reason: 'lost in a fault',
        deed: { kind: 'coins', how: 'given', corrections: [{ member: alice, wallet: 1_000, bank: 0 }] },
      },
    ]);
    const audit = press(table, control(eco(table, 'status'), 'Audit'));
    expect(audit.words).toContain('lost in a fault');
    expect(audit.words).toContain('100 → 1100');
    expect(answerRefused(audit)).toEqual([]);
  });
});

test('an action is posted where the server has a channel for it', () => {
  const table = funded(100);
  const posts = () => [...table.state.rows(outbox).values()] as (typeof outbox.initial)[];
  eco(table, 'give-coins', { member: person(alice), amount: '5' });
  expect(posts()).toEqual([]);
  table.set('economy.log_channel', '<#300000000000000001>');
  eco(table, 'give-coins', { member: person(alice), amount: '7', reason: 'won a quiz' });
  const [{ kind, payload } = outbox.initial] = posts();
  const { channel, card } = payload as { channel: string; card: { card: string; value: never } };
  expect([kind, channel, posts().length]).toEqual(['discord.post', '300000000000000001', 1]);
  const shown = table.registry.cards.get(card.card)?.view(card.value, table.registry.text('en'));
  expect(shown?.embeds?.[0]?.description).toContain('won a quiz');
});

describe('/eco take-coins', () => {
  test.each([
    { from: undefined, amount: '30', wallet: 70, bank: 50, less: false },
    { from: 'wallet', amount: '500', wallet: 0, bank: 50, less: true },
    { from: 'bank', amount: '20', wallet: 100, bank: 30, less: false },
    { from: 'bank', amount: '51', wallet: 100, bank: 0, less: true },
    { from: 'both', amount: '120', wallet: 0, bank: 30, less: false },
    { from: 'both', amount: '151', wallet: 0, bank: 0, less: true },
  ])('$amount from $from leaves $wallet and $bank', ({ from, amount, wallet, bank, less }) => {
    const table = funded(100, 50);
    const answered = eco(table, 'take-coins', { member: person(alice), amount, ...(from && { from }) });
    expect(answered.refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet, bank });
    expect(table.supply().burned).toBe(BigInt(150 - wallet - bank));
    expect(answered.words.includes('there was no more')).toBe(less);
    expect(undo(table, answered).refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 100, bank: 50 });
  });

  test('says so where there is nothing', () => {
    const table = funded(0, 50);
    expect(eco(table, 'take-coins', { member: person(alice), amount: '1' }).refused).toBe(
      'economy.staff.take-coins.nothing',
    );
  });
});

describe('undoing', () => {
  test('shows what it will do, does it, and does it once', () => {
    const table = funded(100);
    const given = eco(table, 'give-coins', { member: person(alice), amount: '250' });
    const shown = preview(table, given);
    expect(shown.words).toContain('wallet 350 → **100**');
    expect(shown.reply.private).toBe(true);
    expect(table.account(alice).wallet).toBe(350);
    const id = control(shown, 'Undo it');
    expect(press(table, id).refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(100);
    expect(press(table, id).refused).toBe('economy.staff.undo.twice');
    expect(preview(table, given).refused).toBe('economy.staff.undo.twice');
    expect(table.account(alice).wallet).toBe(100);
    expect(actions(table).map(({ deed }) => deed.kind)).toEqual(['coins', 'undo']);
  });

  test('takes from the other purse what was put there, and refuses what was spent', () => {
    const table = funded(0);
    const given = eco(table, 'give-coins', { member: person(alice), amount: '250' });
    table.say(alice, 'bank deposit', { amount: 'all' });
    expect(enabled(preview(table, given), 'Undo it')).toBe(true);
    table.say(alice, 'bank withdraw', { amount: '100' });
    table.say(alice, 'pay', { member: person(bob), amount: '70' });
    const shown = preview(table, given);
    expect(enabled(shown, 'Undo it')).toBe(false);
    expect(shown.words).toContain('lacks 70');
    const before = table.account(alice);
    const pressed = press(table, control(shown, 'Undo it'));
    expect(pressed).toMatchObject({ refused: 'economy.correction.spent', with: { member: alice, missing: 70 } });
    expect(table.account(alice)).toEqual(before);
  });

  test('is for the staff alone, whoever finds the button', () => {
    const table = funded(100);
    const given = eco(table, 'give-coins', { member: person(alice), amount: '250' });
    const shown = preview(table, given);
    for (const id of [control(given, 'Undo'), control(shown, 'Undo it'), control(given, 'Ledger')]) {
      expect(table.press(alice, id).refused).toBe('core.only.staff');
    }
    expect(table.account(alice).wallet).toBe(350);
  });

  test('in another server a button finds nothing', () => {
    const table = funded(100);
    const other = createTable(undefined, guildId('100000000000000002'));
    other.fund(alice, 100);
    const given = eco(table, 'give-coins', { member: person(alice), amount: '250' });
    expect(press(other, control(preview(table, given), 'Undo it')).refused).toBe('economy.staff.undo.gone');
    expect(other.account(alice).wallet).toBe(100);
  });

  test('works while the economy is frozen and by staff who are banned themselves', () => {
    const table = funded(100);
    eco(table, 'ban', { member: person(mod) });
    const given = eco(table, 'give-coins', { member: person(alice), amount: '250' });
    eco(table, 'freeze', { on: true });
    expect(undo(table, given).refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(100);
  });
});

test('every command of the staff is refused to members', () => {
  const table = funded(100);
  const paths = [...table.registry.commands.keys()].filter((path) => path.startsWith('eco '));
  expect(paths.length).toBeGreaterThanOrEqual(9);
  for (const path of paths) expect(table.say(bob, path).refused).toMatch(/^core\.only\./);
});

describe('rewards', () => {
  test.each([
    { path: 'set-daily', key: 'daily.amount', before: '150', reward: 'daily' },
    { path: 'set-weekly', key: 'weekly.amount', before: '1000', reward: 'weekly' },
  ])('/eco $path changes what is paid, and back', ({ path, key, before, reward }) => {
    const table = funded(100);
    const set = eco(table, path, { amount: 777 });
    expect(set.words).toContain(`\`${key}\`: ${before} → **777**`);
    table.say(alice, reward);
    expect(table.account(alice).wallet).toBe(877);
    expect(undo(table, set).refused).toBeUndefined();
    table.fund(bob, 0);
    table.say(bob, reward);
    expect(table.account(bob).wallet).toBe(Number(before));
  });

  test('a setting that was changed since is not put back', () => {
    const table = funded(100);
    const first = eco(table, 'set-daily', { amount: 10 });
    eco(table, 'set-daily', { amount: 20 });
    const shown = preview(table, first);
    expect(enabled(shown, 'Undo it')).toBe(false);
    expect(press(table, control(shown, 'Undo it')).refused).toBe('economy.staff.undo.changed');
  });

  test.each([-1, 1.5, 1_000_000_001, Number.NaN, '10', undefined])('%j is refused', (amount) => {
    const table = funded(100);
    expect(eco(table, 'set-daily', { amount }).refused).toBeDefined();
    expect(actions(table)).toEqual([]);
  });
});

test('the audit keeps no more than it may, the newest', () => {
  const table = funded(100);
  for (let index = 0; index < 25; index += 1) {
    eco(table, 'give-coins', { member: person(member(index + 1)), amount: String(index + 1) });
  }
  const first = press(table, control(eco(table, 'status'), 'Audit'));
  expect(first.words).toContain(`<@${member(25)}>`);
  expect(first.words).not.toContain(`<@${member(15)}>`);
  const second = press(table, control(first, 'Older'));
  expect(second.words).toContain(`<@${member(15)}>`);
  expect(second.words).not.toContain(`<@${member(16)}>`);
  const third = press(table, control(second, 'Older'));
  expect(third.words).toContain(`<@${member(1)}>`);
  expect(enabled(third, 'Older')).toBe(false);
});
