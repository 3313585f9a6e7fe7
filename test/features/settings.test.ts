import { describe, expect, test } from 'vitest';
import { features, featuresWith } from '../../src/features/index.ts';
import { settings } from '../../src/features/settings/index.ts';
import { settings as walletSettings } from '../../src/features/wallet/settings.ts';
import type { Button } from '../../src/kernel/reply.ts';
import { integerSetting, settingOverrides } from '../../src/kernel/setting.ts';
import { featureWith } from '../house/feature.ts';
import { type Answered, administrator, alice, bob, carol, createTable, field, manager, type Table } from './table.ts';

const set = (table: Table, key: string, value: string, permissions = administrator) =>
  table.say(alice, 'settings set', { key, value }, { permissions });

const nextButton = ({ reply }: Answered): Button | undefined => (reply.rows ?? []).flat()[1] as Button | undefined;

describe('/settings', () => {
  test.each([
    { key: 'start.coins', initial: '100', bounds: '0 – 1,000,000' },
    { key: 'daily.amount', initial: '150', bounds: '0 – 1,000,000,000' },
    { key: 'streak.enabled', initial: 'off', bounds: 'on, off' },
    { key: 'pay.tax', initial: '0%', bounds: '0% – 50%' },
    { key: 'rob.enabled', initial: 'on', bounds: 'on, off' },
    { key: 'rob.success', initial: '30%', bounds: '5% – 80%' },
    { key: 'rob.max_steal', initial: '20%', bounds: '1% – 50%' },
    { key: 'rob.fine', initial: '10%', bounds: '0% – 50%' },
    { key: 'rob.cooldown_min', initial: '60', bounds: '1 – 1,440' },
    { key: 'rob.min_wallet', initial: '250', bounds: '1 – 1,000,000,000' },
    { key: 'rob.protect_min', initial: '30', bounds: '0 – 1,440' },
    { key: 'rob.notice', initial: 'on', bounds: 'on, off' },
    { key: 'weekly.amount', initial: '1000', bounds: '0 – 1,000,000,000' },
    { key: 'request.deadline_h', initial: '24', bounds: '1 – 168' },
    { key: 'bank.interest', initial: '0.5%', bounds: '0% – 2%' },
    { key: 'bank.interest_cap', initial: '5000', bounds: '0 – 1,000,000,000' },
  ])('view $key shows $initial and $bounds', ({ key, initial, bounds }) => {
    const table = createTable();
    const answered = table.say(alice, 'settings view', { key }, { permissions: manager });
    expect(field(answered, 'Value')).toBe(initial);
    expect(field(answered, 'Default')).toBe(initial);
    expect(field(answered, 'Takes')).toBe(bounds);
    expect(answered.reply.private).toBe(true);
  });

  test('the list names every setting and marks what the server set itself', () => {
    const table = createTable();
    set(table, 'daily.amount', '200');
    let page = table.say(alice, 'settings view', {}, { permissions: manager });
    let { words } = page;
    for (let next = nextButton(page); next && !next.disabled; next = nextButton(page)) {
      page = table.press(alice, next.customId, {}, { permissions: manager });
      words += page.words;
    }
    for (const { key } of walletSettings) expect(words).toContain(`\`${key}\``);
    expect(words).toContain('`daily.amount` 200 (set here)');
    expect(words).toContain('`rob.success` 30% –');
  });

  test('set shows old and new, takes effect at once, and reset takes it back', () => {
    const table = createTable();
    expect(set(table, 'daily.amount', '1,500').words).toBe('`daily.amount`: 150 → **1500**');
    table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(1_600);
    const reset = table.say(alice, 'settings reset', { key: 'daily.amount' }, { permissions: administrator });
    expect(reset.words).toBe('`daily.amount`: 1500 → **150**');
    expect([...table.state.rows(settingOverrides).values()]).toEqual([{ texts: {} }]);
  });

  test('setting what is set, and resetting what is not, write nothing', () => {
    const table = createTable();
    set(table, 'rob.success', '50%');
    const { commits } = table.state;
    set(table, 'rob.success', '0.5');
    table.say(alice, 'settings reset', { key: 'pay.tax' }, { permissions: administrator });
    expect(table.state.commits).toBe(commits);
  });

  test.each([
    { key: 'daily.amount', value: '-1', bounds: '0 – 1,000,000,000' },
    { key: 'daily.amount', value: '1000000001', bounds: '0 – 1,000,000,000' },
    { key: 'daily.amount', value: '1e3', bounds: '0 – 1,000,000,000' },
    { key: 'daily.amount', value: '٣', bounds: '0 – 1,000,000,000' },
    { key: 'daily.amount', value: `1${'0'.repeat(100)}`, bounds: '0 – 1,000,000,000' },
    { key: 'rob.success', value: '4.99%', bounds: '5% – 80%' },
    { key: 'rob.success', value: '81%', bounds: '5% – 80%' },
    { key: 'rob.success', value: '30', bounds: '5% – 80%' },
    { key: 'rob.enabled', value: 'maybe', bounds: 'on, off' },
    { key: 'rob.enabled', value: '@everyone', bounds: 'on, off' },
  ])('$key $value is refused, naming the bounds', ({ key, value, bounds }) => {
    const table = createTable();
    const answered = set(table, key, value);
    expect(answered.refused).toBe('core.settings.bad-value');
    expect(answered.words).toBe(`\`${key}\` takes ${bounds}. Nothing was changed.`);
    expect(table.state.rows(settingOverrides).size).toBe(0);
  });

  test.each(['Mars/Olympus', 'GMT+25', 'utc; drop', '', '⏰', 'Europe', `Europe/${'x'.repeat(80)}`])(
    'fault 51: the time zone %j is refused when it is set',
    (zone) => {
      const table = createTable();
      expect(['core.settings.bad-value', 'core.input.text']).toContain(set(table, 'core.timezone', zone).refused);
      expect(table.state.rows(settingOverrides).size).toBe(0);
    },
  );

  test.each([
    { typed: 'Europe/Paris', shown: 'Europe/Paris' },
    { typed: 'america/new_york', shown: 'America/New_York' },
    { typed: 'utc', shown: 'UTC' },
  ])('the time zone $typed is taken', ({ typed, shown }) => {
    const table = createTable();
    expect(set(table, 'core.timezone', typed).refused).toBeUndefined();
    expect(table.say(alice, 'settings view', { key: 'core.timezone' }, { permissions: manager }).words).toContain(
      shown,
    );
  });

  test.each(['__proto__', 'constructor', 'toString', 'daily', '@everyone', ' '])(
    'fault 41: the key %s is none',
    (key) => {
      const table = createTable();
      expect(set(table, key, '1').refused).toBe('core.settings.no-key');
      expect(table.say(alice, 'settings view', { key }, { permissions: manager }).refused).toBe('core.settings.no-key');
      expect(table.say(alice, 'settings reset', { key }, { permissions: administrator }).refused).toBe(
        'core.settings.no-key',
      );
    },
  );

  test.each([
    { path: 'settings view', input: {}, permissions: 0n, refused: 'core.only.staff' },
    { path: 'settings view', input: {}, permissions: manager, refused: undefined },
    { path: 'settings view', input: {}, permissions: administrator, refused: undefined },
    {
      path: 'settings set',
      input: { key: 'pay.tax', value: '1%' },
      permissions: 0n,
      refused: 'core.only.administrator',
    },
    {
      path: 'settings set',
      input: { key: 'pay.tax', value: '1%' },
      permissions: manager,
      refused: 'core.only.administrator',
    },
    { path: 'settings set', input: { key: 'pay.tax', value: '1%' }, permissions: administrator, refused: undefined },
    { path: 'settings reset', input: { key: 'pay.tax' }, permissions: manager, refused: 'core.only.administrator' },
  ])('fault 42: /$path with permissions $permissions', ({ path, input, permissions, refused }) => {
    expect(createTable().say(alice, path, input, { permissions }).refused).toBe(refused);
  });

  test('every setting shows a text that it takes back as the same value', () => {
    for (const setting of features.flatMap((feature) => feature.settings)) {
      const text = setting.show(setting.initial as never);
      expect(setting.parse(text)).toEqual(setting.initial);
    }
  });

  test('keys complete by any part, with the value in force', () => {
    const table = createTable();
    set(table, 'rob.fine', '5%');
    const complete = table.suggest('settings set', 'key', 'FINE');
    expect(complete).toEqual([{ name: 'rob.fine = 5%', value: 'rob.fine' }]);
    expect(table.suggest('settings set', 'key', '')).toHaveLength(
      features.flatMap((feature) => feature.settings).length,
    );
  });

  test('many settings come in pages', () => {
    const many = featureWith('many', {
      settings: Array.from({ length: 30 }, (_, index) =>
        integerSetting({ key: `many.number-${index}`, describe: 'many.describe', initial: index, min: 0, max: 99 }),
      ),
      messages: { 'many.describe': 'One of many' },
    });
    const table = createTable([settings(() => [many]), many]);
    const first = table.say(alice, 'settings view', {}, { permissions: manager });
    const [, next] = first.reply.rows?.[0] ?? [];
    const second = table.press(alice, next?.customId ?? '', {}, { permissions: manager });
    expect(second.words).toContain('`many.number-12` 12 – One of many');
    expect(second.reply.replaces).toBe(true);
    expect(table.press(alice, next?.customId ?? '').refused).toBe('core.only.staff');
    const forged = (page: number) =>
      table.press(alice, `g1~core.settings.turn~1~{"page":${page}}`, {}, { permissions: manager }).refused;
    expect(forged(3)).toBeUndefined();
    expect(forged(4)).toBe('core.settings.no-page');
    expect(forged(0)).toBe('core.input.options');
  });
});

describe("the owner's defaults", () => {
  test('hold where a server has set nothing, and come back with /settings reset', () => {
    const table = createTable(featuresWith([], new Map([['daily.amount', '200']])));
    expect(field(table.say(alice, 'settings view', { key: 'daily.amount' }, { permissions: manager }), 'Default')).toBe(
      '200',
    );
    table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(100 + 200);
    set(table, 'daily.amount', '5');
    table.say(bob, 'daily');
    expect(table.account(bob).wallet).toBe(100 + 5);
    table.say(alice, 'settings reset', { key: 'daily.amount' }, { permissions: administrator });
    table.say(carol, 'daily');
    expect(table.account(carol).wallet).toBe(100 + 200);
  });

  test.each([
    { key: 'daily.amout', text: '200', says: 'there is no setting daily.amout' },
    { key: 'daily.amount', text: '-1', says: 'daily.amount takes 0 – 1,000,000,000, not -1' },
    { key: '__proto__', text: '1', says: 'there is no setting __proto__' },
  ])('$key = $text is none', ({ key, text, says }) => {
    expect(() => featuresWith([], new Map([[key, text]]))).toThrow(says);
  });
});
