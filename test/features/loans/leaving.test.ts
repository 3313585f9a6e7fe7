// Borrowers who leave: what they owe is not forgotten with them, and nothing else of theirs is kept.
import { describe, expect, test } from 'vitest';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { loans, records } from '../../../src/features/loans/state.ts';
import { races } from '../../../src/features/races/state.ts';
import { reminders } from '../../../src/features/statistics/state.ts';
import { accounts } from '../../../src/features/wallet/state.ts';
import type { Button } from '../../../src/kernel/reply.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { endow } from '../casino/gambler.ts';
import { forgetful, leaveForGood, rowsNaming } from '../forgetful.ts';
import { alice, dayMs, type Table } from '../table.ts';

const conserved = (table: Table): boolean => {
  const { minted, burned } = table.supply();
  return table.state.total(accounts, 'held') === minted - burned;
};

/** Alice has borrowed 1,000, and has lost so much of what she had that this is left. */
const borrowed = (left: number): Table => {
  const table = forgetful();
  table.fund(alice, 1_000);
  table.wait(8 * dayMs);
  table.say(alice, 'loan take', { amount: '1,000' });
  endow(table, alice, 'coinflip', (draws) => flip(draws(0)) === 'heads');
  if (left < 2_000) table.say(alice, 'casino coinflip', { bet: String(2_000 - left), side: 'tails' });
  expect(table.account(alice).wallet).toBe(left);
  return table;
};

describe('a borrower who is erased', () => {
  test.each([
    { left: 2_000, owed: 0 },
    { left: 1_000, owed: 0 },
    { left: 400, owed: 600 },
    { left: 0, owed: 1_000 },
  ])('with $left left owes $owed when they are back', ({ left, owed }) => {
    const table = borrowed(left);
    leaveForGood(table, alice);
    expect(rowsNaming(table, alice)).toEqual([]);
    expect(table.state.count(loans)).toBe(0);
    expect(conserved(table)).toBe(true);
    const back = table.say(alice, 'loan limit');
    expect(table.account(alice).debt).toBe(owed);
    expect(back.words.includes('nothing is lent to you for a while')).toBe(owed > 0);
    expect(conserved(table)).toBe(true);
  });

  test('has no loan, no record, no reminder and no timer left', () => {
    const table = forgetful();
    table.fund(alice, 1_000);
    table.wait(8 * dayMs);
    table.say(alice, 'loan take', { amount: '1,000' });
    table.say(alice, 'weekly');
    const buttons = (table.say(alice, 'cooldowns').reply.rows ?? []).flat() as Button[];
    table.press(alice, buttons[0]?.customId ?? '');
    expect(table.state.count(reminders)).toBe(1);
    leaveForGood(table, alice);
    for (const rows of [loans, records, reminders]) expect(table.state.count(rows)).toBe(0);
    expect([...table.state.rows(timers).keys()].filter((key) => key.includes(alice))).toEqual([]);
  });
});

test('a bet of a member who is erased is in no race any more', () => {
  const table = forgetful();
  table.fund(alice, 1_000);
  const lobby = table.say(alice, 'ratrace');
  const form = table.press(alice, (lobby.reply.rows ?? [])[0]?.[0]?.customId ?? '', { chosen: '0' }).modal?.customId;
  table.press(alice, form ?? '', { amount: '100' });
  table.set('ratrace.betting_s', '600');
  leaveForGood(table, alice);
  expect(rowsNaming(table, alice)).toEqual([]);
  expect(table.state.count(races)).toBe(1);
  expect(conserved(table)).toBe(true);
});
