import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { customId, parseCustomId } from '../../src/kernel/component.ts';
import { rowId, snowflakeTime } from '../../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../../src/kernel/key.ts';
import { mutation } from '../../src/kernel/operation.ts';
import { InputError, integerOption, optional, options, textOption } from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { seededRandom, systemSeed } from '../../src/kernel/random.ts';
import { booleanSetting, integerSetting, shareSetting } from '../../src/kernel/setting.ts';
import { textCatalogue } from '../../src/kernel/text.ts';

describe('keys', () => {
  const part = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
    .filter((text) => !/\p{Cc}/u.test(text));
  const int = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });

  property.prop([part, int])('come back as they were', (text, number) => {
    expect(decodeKey(['text', 'int'], encodeKey(['text', 'int'], [text, number]))).toEqual([text, number]);
  });
  property.prop([int, int])('keep the order of numbers', (left, right) => {
    expect(encodeKey(['int'], [left]) < encodeKey(['int'], [right])).toBe(left < right);
  });
  test.each(['', 'a\u001fb', 'a\u0000', 'x'.repeat(201)])('%j is no part of a key', (bad) => {
    expect(() => encodeKey(['text'], [bad])).toThrow('broken rule');
  });
  test('row ids sort as they were drawn', () => {
    expect(rowId(35) < rowId(36)).toBe(true);
    expect(rowId(36 ** 5 - 1) < rowId(36 ** 5)).toBe(true);
  });
});

test('a snowflake tells its time', () => {
  // Source: the example in Discord's documentation, 175928847299117063 is 2016-04-30T11:18:25.796Z.
  expect(snowflakeTime('175928847299117063')).toBe(Date.parse('2016-04-30T11:18:25.796Z'));
});

describe('randomness', () => {
  test('a seed gives the same draws, another seed others', () => {
    const draws = (seed: Uint8Array): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.int(1_000_000));
    };
    const seed = systemSeed();
    expect(draws(seed)).toEqual(draws(seed));
    expect(draws(seed)).not.toEqual(draws(systemSeed()));
  });
  property.prop([fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 1, max: 2 ** 48 })])(
    'a draw is below its bound',
    (seed, below) => {
      const value = seededRandom(seed).int(below);
      expect(Number.isSafeInteger(value) && value >= 0 && value < below).toBe(true);
    },
  );
  test('each of ten numbers comes up about equally often', () => {
    const random = seededRandom(new Uint8Array(16));
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const value = random.int(10);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // Nine degrees of freedom: 27.88 is passed by one fair seed in a thousand, and this seed is fixed.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.88);
  });
});

describe('component ids', () => {
  const press = mutation({
    name: 'test.press',
    version: 3,
    input: options({}),
    run: () => done(),
    view: () => ({ private: true }),
  });
  test('carry an operation, its version and its input', () => {
    expect(parseCustomId(customId(press, { page: 2 }))).toEqual({
      operation: 'test.press',
      version: 3,
      input: { page: 2 },
    });
  });
  test('over 100 characters are a bug of the feature', () => {
    expect(() => customId(press, { text: 'x'.repeat(90) })).toThrow('broken rule');
  });
  test.each([
    '',
    'x',
    'g1~a.b',
    'g1~a.b~1~',
    'g1~a.b~1~[]',
    'g1~a.b~1~null',
    'g1~a.b~1~{',
    'g0~a.b~1~{}',
    'g1~a.b~1~{"a":true}',
    'g1~a.b~1~{"a":null}',
    'g1~a.b~1~{"a":{}}',
    'g1~a.b~1~{"__proto__":{}}',
    // A person is what Discord resolved, so nobody can bring their own: not in the server, or no bot.
    'g1~a.b~1~{"member":{"id":"200000000000000001","bot":false,"present":true}}',
    `g1~a.b~1~{"a":"${'x'.repeat(100)}"}`,
  ])('fault 25: the forged id %j says nothing', (id) => {
    expect(parseCustomId(id)).toBeUndefined();
  });
  property.prop([fc.string({ unit: 'binary', maxLength: 120 })])('no text makes the reader throw', (id) => {
    parseCustomId(id);
  });
});

describe('options', () => {
  const schema = options({ count: optional(integerOption({ describe: 'test.count', min: 1, max: 5 })) });
  test('take what is declared', () => {
    expect(schema.parse({ count: 3 })).toEqual({ count: 3 });
    expect(schema.parse({})).toEqual({ count: undefined });
  });
  test.each([
    [null],
    ['x'],
    [{ count: '3' }],
    [{ count: 0 }],
    [{ count: 1.5 }],
    [{ other: 1 }],
    [{ constructor: 1 }],
    [JSON.parse('{"__proto__": 1}')],
  ])('faults 30 and 41: %j is refused', (input) => {
    expect(() => schema.parse(input)).toThrow(InputError);
  });
  test('a text is what it will be after it was stored', () => {
    const words = options({ text: textOption({ describe: 'test.text', charactersMax: 10 }) });
    expect(words.parse({ text: 'half \ud83e' })).toEqual({ text: 'half \ufffd' });
    expect(words.parse({ text: 'whole 🥮' })).toEqual({ text: 'whole 🥮' });
  });
});

describe('settings', () => {
  const share = shareSetting({ key: 'test.share', describe: 'test.share', initial: 3000, min: 500, max: 8000 });
  const number = integerSetting({ key: 'test.number', describe: 'test.number', initial: 5, min: 0, max: 1_000_000 });
  const flag = booleanSetting({ key: 'test.flag', describe: 'test.flag', initial: true });
  test.each([
    ['20%', 2000],
    ['12.5%', 1250],
    ['0.2', 2000],
    ['4%', undefined],
    ['81%', undefined],
    ['1e-1', undefined],
    ['-20%', undefined],
  ])('the share %j is %j ten-thousandths', (text, expected) => {
    expect(share.parse(text)).toBe(expected);
  });
  test.each([
    ['1,000', 1000],
    ['0', 0],
    ['1000001', undefined],
    ['-1', undefined],
    ['1.0', undefined],
  ])('the number %j is %j', (text, expected) => {
    expect(number.parse(text)).toBe(expected);
  });
  test('what is shown can be typed', () => {
    expect(share.parse(share.show(1250))).toBe(1250);
    expect(flag.parse(flag.show(false))).toBe(false);
    expect(flag.parse('maybe')).toBeUndefined();
  });
});

describe('words', () => {
  const text = textCatalogue([{ 'test.coins': '{n, plural, one {# coin} other {# coins}}' }]);
  test('follow the language', () => {
    expect(text('en-GB')('test.coins', { n: 1234 })).toBe('1,234 coins');
    expect(text('de')('test.coins', { n: 1234 })).toBe('1.234 coins');
    expect(text('not a locale')('test.coins', { n: 1 })).toBe('1 coin');
  });
  test('fault 40: what people wrote is put in as it is, and nothing in it is worked out', () => {
    const said = textCatalogue([{ 'test.said': '{who}: {what}' }])('en');
    const what = "{n, plural, other {#}} {who} ${1 + 1} <b>'{'</b> <%= 1 %> {{who}}";
    expect(said('test.said', { who: 'Ann', what })).toBe(`Ann: ${what}`);
  });
  test('count, order, measure and date as the language does', () => {
    const messages = {
      'test.place': '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
      'test.share': '{n, number, ::percent .00}',
      'test.whole': '{n, number, integer}',
      'test.day': '{at, date, short}',
    } as const;
    const english = textCatalogue([messages])('en-US');
    expect([1, 2, 3, 4, 11].map((n) => english('test.place', { n }))).toEqual(['1st', '2nd', '3rd', '4th', '11th']);
    expect(english('test.share', { n: 0.125 })).toBe('12.50%');
    expect(english('test.whole', { n: 1234.6 })).toBe('1,235');
    expect(english('test.day', { at: Date.UTC(2026, 0, 15, 12) })).toBe('1/15/26');
    expect(textCatalogue([messages])('de')('test.day', { at: Date.UTC(2026, 0, 15, 12) })).toBe('15.1.26');
  });
  const numbers = fc.oneof(
    fc.integer({ min: -3, max: 1_003 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  );
  property.prop([fc.constantFrom('en', 'fr', 'pl', 'hi'), numbers])(
    'say a number as the language does',
    (locale, n) => {
      const said = textCatalogue([
        { 'test.number': '{n, number} {n, plural, one {one} few {few} many {many} other {other}}' },
      ]);
      const expected = `${new Intl.NumberFormat(locale).format(n)} ${new Intl.PluralRules(locale).select(Number(n))}`;
      expect(said(locale)('test.number', { n })).toBe(expected);
      expect(said(locale)('test.number', { n })).toBe(expected);
    },
  );
  test('say zero as zero, whatever its sign was', () => {
    const said = textCatalogue([{ 'test.number': '{n, number}' }])('en');
    expect([-0, 0].map((n) => said('test.number', { n }))).toEqual(['0', '0']);
  });
  test('a missing text or one written twice is a bug', () => {
    expect(() => text('en')('test.none')).toThrow('no text test.none');
    expect(() => textCatalogue([{ 'a.b': '' }, { 'a.b': '' }])).toThrow('twice');
  });
});
