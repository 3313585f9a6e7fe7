import { describe, expect, test } from 'vitest';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { players } from '../../../src/features/casino/state.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { mutation, openOperation, query } from '../../../src/kernel/operation.ts';
import { options } from '../../../src/kernel/option.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { alice, bob, createTable, dayMs, hourMs, minuteMs, type Table } from '../table.ts';
import { casinoTable } from './gambler.ts';

describe('own limits', () => {
  const bet = (table: Table, coins: string) =>
    table.say(alice, 'casino coinflip', { bet: coins, side: 'tails' }).refused;

  test('a loss limit counts at once, by day; a looser one after a day', () => {
    const table = casinoTable(alice, 'coinflip', (draws) => [0, 1].every((nonce) => flip(draws(nonce)) === 'heads'));
    table.say(alice, 'casino limits', { loss: '100' });
    expect(bet(table, '101')).toBe('economy.casino.limits.reached');
    expect(bet(table, '60')).toBeUndefined();
    table.wait(minuteMs);
    expect(bet(table, '41')).toBe('economy.casino.limits.reached');
    expect(table.say(alice, 'casino limits', { loss: 'none' }).words).toContain('there is no limit');
    expect(bet(table, '41')).toBe('economy.casino.limits.reached');
    table.wait(dayMs);
    expect(bet(table, '1,000')).toBeUndefined();
  });

  test('time out cannot be shortened', () => {
    const table = casinoTable(alice, 'coinflip');
    table.say(alice, 'casino limits', { out: 48 });
    expect(bet(table, '10')).toBe('economy.casino.limits.out');
    expect(table.say(alice, 'casino limits', { out: 1 }).refused).toBe('economy.casino.limits.longer');
    table.wait(48 * hourMs);
    expect(bet(table, '10')).toBeUndefined();
  });

  test.each(['all', 'half', '-1', '0', '1e3'])('a limit is no %j', (loss) => {
    expect(createTable().say(alice, 'casino limits', { loss }).refused).toBe('economy.casino.limits.no-amount');
  });
});

describe('a member who is erased and comes back', () => {
  test('keeps the limits they set for themselves', () => {
    const table = casinoTable(alice, 'coinflip');
    table.say(alice, 'casino limits', { loss: '100', out: 48 });
    const [remembrance] = casino.remembrances ?? [];
    let kept: unknown;
    const remember = query({
      name: 'test.remember',
      version: 1,
      input: options({}),
      run: (q) => {
        kept = remembrance?.schema.parse(remembrance.keep(q, alice));
        return done();
      },
      view: () => ({ private: true }),
    });
    table.perform(alice, openOperation(remember), {});
    table.state.rows(players).delete(encodeKey(players.key, [alice]));
    const restore = mutation({
      name: 'test.restore',
      version: 1,
      input: options({}),
      run: (m) => {
        remembrance?.restore(m, alice, kept as never);
        return done();
      },
      view: () => ({ private: true }),
    });
    table.perform(bob, openOperation(restore), {});
    const bet = (coins: string) => table.say(alice, 'casino coinflip', { bet: coins, side: 'heads' }).refused;
    expect(bet('10')).toBe('economy.casino.limits.out');
    table.wait(48 * hourMs);
    expect(bet('101')).toBe('economy.casino.limits.reached');
  });
});
