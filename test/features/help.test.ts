import { describe, expect, test } from 'vitest';
import { features } from '../../src/features/index.ts';
import { openOperation } from '../../src/kernel/operation.ts';
import { administrator, alice, createTable, manager } from './table.ts';

const commands = features.flatMap((feature) => feature.commands);

describe('/help', () => {
  test('the overview names every command anybody may use, and none of the staff’s', () => {
    const { words, reply } = createTable().say(alice, 'help');
    for (const { path, operation } of commands) {
      const word = path.split(' ', 1)[0] ?? '';
      if (openOperation(operation).who === 'anyone') expect(words).toContain(`\`/${word}\``);
    }
    expect(words).not.toContain('`/eco`');
    expect(reply.private).toBe(true);
  });

  test.each([
    { permissions: 0n, view: false, set: false },
    { permissions: manager, view: true, set: false },
    { permissions: administrator, view: true, set: true },
  ])('with permissions $permissions a topic shows what can be used', ({ permissions, view, set }) => {
    const { words } = createTable().say(alice, 'help', { topic: 'shared' }, { permissions });
    expect(words.includes('/settings view')).toBe(view);
    expect(words.includes('/settings set')).toBe(set);
  });

  test('explains every command with its options', () => {
    const table = createTable();
    for (const { path, describe: key, operation } of commands) {
      const answered = table.say(alice, 'help', { command: path }, { permissions: administrator });
      expect(answered.refused).toBeUndefined();
      expect(answered.words).toContain(table.registry.text('en')(key));
      const { input } = openOperation(operation);
      for (const name of Object.keys('options' in input ? (input.options as object) : {})) {
        expect(answered.words).toContain(name);
      }
    }
  });

  test.each(['/pay', ' PAY ', 'pay'])('finds a command typed as %j', (command) => {
    expect(createTable().say(alice, 'help', { command }).reply.embeds?.[0]?.title).toBe('/pay');
  });

  test('one word stands for all commands that begin with it', () => {
    const { words } = createTable().say(alice, 'help', { command: 'bank' });
    expect(words.split('\n')).toHaveLength(5);
    expect(words).toContain('`/bank deposit` Put coins from your wallet into your bank');
  });

  test('figures are those in force', () => {
    const table = createTable();
    table.set('daily.amount', '12345');
    table.set('rob.success', '50%');
    expect(table.say(alice, 'help', { command: 'daily' }).words).toContain('12,345 coins');
    expect(table.say(alice, 'help', { command: 'daily' }).words).toContain('Streaks are off');
    table.set('streak.enabled', 'on');
    expect(table.say(alice, 'help', { command: 'daily' }).words).toContain('adds 5%, up to 50%');
    const rob = table.say(alice, 'help', { command: 'rob' }).words;
    expect(rob).toContain('The chance is 50%');
    expect(rob).toContain('you take 50 to 200');
    expect(rob).toContain('+12.50 coins');
    expect(table.say(alice, 'help', { command: 'pay' }).words).toContain('Nothing is taken from a payment');
    table.set('pay.tax', '2.5%');
    expect(table.say(alice, 'help', { command: 'pay' }).words).toContain('2.5% of a payment');
  });

  test.each(['setup', 'fairness', 'about', 'economy', 'Economy'])('has a topic %s', (topic) => {
    expect(createTable().say(alice, 'help', { topic }).refused).toBeUndefined();
  });

  test('the menu of topics leads to each of them, in place', () => {
    const table = createTable();
    const select = table.say(alice, 'help').reply.rows?.[0]?.[0];
    if (select?.kind !== 'select') throw new Error('no menu');
    for (const { value } of select.choices) {
      const answered = table.press(alice, select.customId, { chosen: value });
      expect(answered.refused).toBeUndefined();
      expect(answered.reply.replaces).toBe(true);
    }
    expect(table.press(alice, select.customId, { chosen: 'rpg' }).refused).toBe('core.help.no-topic');
    expect(table.press(alice, select.customId, {}).refused).toBe('core.input.options');
    expect(table.press(alice, select.customId, { chosen: undefined }).refused).toBe('core.input.options');
  });

  test.each([
    { input: { topic: '__proto__' }, refused: 'core.help.no-topic' },
    { input: { topic: 'rpg' }, refused: 'core.help.no-topic' },
    { input: { command: 'constructor' }, refused: 'core.help.no-command' },
    { input: { command: 'settings set' }, refused: 'core.help.no-command' },
    { input: { command: ' ' }, refused: 'core.help.no-command' },
    { input: { command: '/' }, refused: 'core.help.no-command' },
  ])('$input is refused', ({ input, refused }) => {
    expect(createTable().say(alice, 'help', input).refused).toBe(refused);
  });

  test('suggests only what the asker may use', () => {
    const table = createTable();
    const suggested = table.suggest('help', 'command', 'sett').map(({ value }) => value);
    for (const staffs of ['settings view', 'settings set', 'settings reset']) expect(suggested).not.toContain(staffs);
    expect(table.suggest('help', 'command', '/bank d')).toEqual([{ name: '/bank deposit', value: 'bank deposit' }]);
    expect(table.suggest('help', 'topic', 'eco')).toEqual([{ name: 'economy', value: 'economy' }]);
    expect(table.suggest('leaderboard', 'board', '').map(({ value }) => value)).toEqual([
      'coins',
      'bank',
      'stocks',
      'casino',
      'casinowins',
      'casinogames',
      'collectors',
      'richest',
      'guilds',
    ]);
  });
});
