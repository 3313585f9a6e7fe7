import { describe, expect, test } from 'vitest';
import { spinWheel } from '../../../src/features/casino/roulette/rules.ts';
import { drawSpin, spinPaid } from '../../../src/features/casino/slots/rules.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { type Coins } from '../../../src/kernel/ids.ts';
import { alice, type Table } from '../table.ts';
import { casinoTable, type Draws } from './gambler.ts';

describe('big wins', () => {
  const posts = (table: Table) =>
    [...table.state.rows(outbox).values()].map((row) => {
      const { payload } = row as { payload: { channel: string; card: { card: string; value: unknown } } };
      const reply = table.registry.cards
        .get(payload.card.card)
        ?.view(payload.card.value as never, table.registry.text('en'));
      return { channel: payload.channel, words: reply?.embeds?.[0]?.description };
    });
  const channel = '300000000000000001';
  const straight = (table: Table, bet: string): void => {
    table.say(alice, 'casino roulette', { bet, on: '17' });
  };
  const seventeen = (draws: Draws): boolean => spinWheel(draws(0)) === 17;

  test('are announced nowhere at first, and in the channel once one is set', () => {
    const silent = casinoTable(alice, 'roulette', seventeen);
    straight(silent, '1,000');
    expect(posts(silent)).toEqual([]);
    const table = casinoTable(alice, 'roulette', seventeen);
    table.set('casino.feed', `<#${channel}>`);
    straight(table, '1,000');
    expect(posts(table)).toEqual([{ channel, words: `<@${alice}> staked 1,000 at Roulette and was paid **36,000**.` }]);
  });

  test('are 25,000 coins or fifty stakes', () => {
    const small = casinoTable(alice, 'roulette', seventeen);
    small.set('casino.feed', channel);
    straight(small, '600');
    expect(posts(small)).toEqual([]);
    const jackpot = casinoTable(alice, 'slots', (draws) => spinPaid(1 as Coins, drawSpin(draws(0))) >= 50);
    jackpot.set('casino.feed', channel);
    jackpot.say(alice, 'casino slots');
    expect(posts(jackpot)).toHaveLength(1);
  });

  test('a channel that is closed is taken back, and the staff are told on the hub', () => {
    const table = casinoTable(alice, 'roulette');
    table.set('casino.feed', channel);
    table.runTask('casino.win-posted', { end: { failed: 'forbidden' }, input: { channel } });
    expect(table.say(alice, 'casino hub').words).not.toContain(channel);
    const hub = table.say(alice, 'casino hub', {}, { permissions: 8n });
    expect(hub.words).toContain(channel);
    table.runTask('casino.win-posted', { end: { done: { message: channel } }, input: { channel } });
    expect(table.say(alice, 'casino hub', {}, { permissions: 8n }).words).not.toContain(channel);
  });
});
