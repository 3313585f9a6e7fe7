import { describe, expect, test } from 'vitest';
import { stocks } from '../../../src/features/stocks/index.ts';
import { outbox, postMessage } from '../../../src/kernel/effect.ts';
import type { Picture } from '../../../src/kernel/picture.ts';
import { settingOverrides } from '../../../src/kernel/setting.ts';
import { discordRefuses } from '../limits.ts';
import { administrator, alice, createTable, hourMs, manager, startOfTime, type Table } from '../table.ts';
import { createMarket, quote } from './market.ts';

const channel = '300000000000000001';
const other = '300000000000000002';
const run = { date: '2026-08-01', dueAt: startOfTime, missed: 0 };

const wanted = (table: Table) =>
  [...table.state.rows(outbox).values()].map(
    (row) =>
      row as { kind: string; payload: { channel: string; card: { card: string; value: never } }; following: unknown },
  );
const ended = (table: Table, end: object, of = channel): void =>
  table.runTask('stocks.feed-posted', { end, input: { channel: of } });
const open = (): Table => {
  const table = createTable();
  table.set('market.feed', `<#${channel}>`);
  const market = createMarket();
  market.open();
  for (let count = 0; count < 3; count += 1) market.tick();
  market.reach(table);
  return table;
};
const notice = 'not posted any more';
const staffSee = (table: Table, permissions = manager): string =>
  table.say(alice, 'stocks market', {}, { permissions }).words;

describe('the post of the day', () => {
  test('is wanted once, in the channel that was set, with the movers in order and the chart of the first', () => {
    const table = open();
    table.runTask('stocks.post-day', run);
    const [post, ...more] = wanted(table);
    expect(more).toEqual([]);
    expect(post).toMatchObject({
      kind: postMessage.kind,
      payload: { channel },
      following: { operation: 'stocks.feed-posted', input: { channel } },
    });
    const { card, value } = post?.payload.card ?? { card: '', value: undefined as never };
    const reply = table.registry.cards.get(card)?.view(value, table.registry.text('en'));
    if (!reply) throw new Error('no card');
    expect(reply.private).toBe(false);
    expect(discordRefuses(reply)).toEqual([]);
    const [embed] = reply.embeds ?? [];
    const lines = embed?.description?.split('\n') ?? [];
    const changes = lines.map((line) => Math.abs(Number(/([+-][\d.]+)%/.exec(line)?.[1])));
    expect(changes).toHaveLength(8);
    expect(changes).toEqual(changes.toSorted((left, right) => right - left));
    const picture = embed?.picture as Picture;
    expect(lines[0]).toContain(picture.title.split(',')[0]);
    expect(picture.points).toHaveLength(4);
  });

  test('is not wanted without a channel, nor before the market opened', () => {
    const without = open();
    without.set('market.feed', 'none');
    without.runTask('stocks.post-day', run);
    expect(wanted(without)).toEqual([]);
    const early = createTable();
    early.set('market.feed', channel);
    early.runTask('stocks.post-day', run);
    expect(wanted(early)).toEqual([]);
  });

  test('is at six in the evening of the server, once a day, and left out when it is six hours late', () => {
    expect(stocks.jobs?.find(({ realm }) => realm === 'guilds')).toMatchObject({
      pattern: '0 18 * * *',
      zone: 'guild',
      once: 'a day',
      missed: { skip: { lateMs: 6 * hourMs } },
    });
  });
});

describe('a channel that cannot be posted in', () => {
  test.each(['gone', 'forbidden'])('that is %s: the setting is taken back, and the staff read why', (failed) => {
    const table = open();
    ended(table, { failed });
    expect(staffSee(table)).toContain(notice);
    expect(staffSee(table)).toContain(channel);
    expect(staffSee(table, 0n)).not.toContain(notice);
    expect(
      table.say(alice, 'settings view', { key: 'market.feed' }, { permissions: administrator }).words,
    ).not.toContain(channel);
    table.runTask('stocks.post-day', run);
    expect(wanted(table)).toEqual([]);
  });

  test('other settings stay as they are', () => {
    const table = open();
    table.set('trade.fee', '2%');
    ended(table, { failed: 'gone' });
    expect([...table.state.rows(settingOverrides).values()]).toEqual([{ texts: { 'trade.fee': '2%' } }]);
  });

  test.each(['rejected', 'gave up', 'unknown'])('that failed otherwise (%s) is tried again tomorrow', (failed) => {
    const table = open();
    ended(table, { failed });
    expect(staffSee(table)).not.toContain(notice);
    table.runTask('stocks.post-day', run);
    expect(wanted(table)).toHaveLength(1);
  });

  test('does not take back a channel that was set meanwhile', () => {
    const table = open();
    table.set('market.feed', other);
    ended(table, { failed: 'gone' });
    expect(staffSee(table)).not.toContain(notice);
    table.runTask('stocks.post-day', run);
    expect(wanted(table)[0]?.payload.channel).toBe(other);
  });

  test.each([other, 'none'])('is spoken of no more when the staff set %s', (value) => {
    const table = open();
    ended(table, { failed: 'forbidden' });
    table.set('market.feed', value);
    expect(staffSee(table)).not.toContain(notice);
  });

  test('is forgotten once a post got through', () => {
    const table = open();
    ended(table, { failed: 'forbidden' });
    table.set('market.feed', other);
    ended(table, { done: { message: '400000000000000001' } }, other);
    table.perform(
      alice,
      table.registry.operations.get('core.settings.reset') as never,
      { key: 'market.feed' },
      {
        permissions: administrator,
      },
    );
    expect(staffSee(table)).not.toContain(notice);
  });
});

test('a market with one company that never moved can be posted', () => {
  const table = createTable();
  table.set('market.feed', channel);
  quote(table, { TECH: 10_000 });
  table.runTask('stocks.post-day', run);
  const { card, value } = wanted(table)[0]?.payload.card ?? { card: '', value: undefined as never };
  const reply = table.registry.cards.get(card)?.view(value, table.registry.text('en'));
  expect(reply?.embeds?.[0]?.description).toBe('■ **TECH** 100.00 · +0.00%');
  expect(reply?.embeds?.[0]?.picture).toBeUndefined();
});
