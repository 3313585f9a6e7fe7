import { describe, expect, test } from 'vitest';
import { keyOfName, keysOfName, readName } from '../../../src/features/clans/name.ts';
import { alice, bob, createTable } from '../table.ts';
import { done, found } from './ground.ts';

describe('a name', () => {
  test.each([
    { typed: 'Ferrymen', name: 'Ferrymen' },
    { typed: '  The   Iron  Wolves ', name: 'The Iron Wolves' },
    { typed: 'a-b_c 9', name: 'a-b_c 9' },
    { typed: 'Ｗｉｄｅ', name: 'Wide' },
    { typed: 'Cafe\u0301', name: 'Café' },
    { typed: 'Волки 7', name: 'Волки 7' },
    { typed: 'Λύκοι', name: 'Λύκοι' },
    { typed: 'ラーメン屋さん', name: 'ラーメン屋さん' },
    { typed: '늑대 부대', name: '늑대 부대' },
    { typed: 'भेड़िये', name: 'भेड़िये'.normalize('NFKC') },
    { typed: 'ذئاب', name: 'ذئاب' },
    { typed: '123', name: '123' },
    { typed: 'x'.repeat(32), name: 'x'.repeat(32) },
    { typed: '𠀀𠀁𠀂', name: '𠀀𠀁𠀂' },
  ])('$typed is taken', ({ typed, name }) => {
    expect(readName(typed)).toEqual({ name });
  });

  test.each([
    { typed: '', refused: 'length' },
    { typed: 'ab', refused: 'length' },
    { typed: 'a  b'.slice(0, 2), refused: 'length' },
    { typed: 'x'.repeat(33), refused: 'length' },
    { typed: '😀😀😀', refused: 'characters' },
    { typed: 'wolf 🐺', refused: 'characters' },
    { typed: 'abc\u202Edef', refused: 'characters' },
    { typed: 'abc\u2066def', refused: 'characters' },
    { typed: 'abc\u200Bdef', refused: 'characters' },
    { typed: 'abc\u200Ddef', refused: 'characters' },
    { typed: 'abc\uFEFF', refused: 'characters' },
    { typed: '\u3164\u3164\u3164', refused: 'characters' },
    { typed: 'a\u034Fbc', refused: 'characters' },
    { typed: 'abc\uFE0F', refused: 'characters' },
    { typed: 'abc\u0000', refused: 'characters' },
    { typed: 'abc\ndef', refused: 'characters' },
    { typed: 'abc\ud800', refused: 'characters' },
    { typed: 'a\u0335\u0336\u0337bc', refused: 'characters' },
    { typed: '_abc', refused: 'characters' },
    { typed: '---', refused: 'characters' },
    { typed: '@everyone', refused: 'characters' },
    { typed: '<@123>', refused: 'characters' },
    { typed: '**abc**', refused: 'characters' },
    { typed: 'abc٣', refused: 'characters' },
    { typed: 'Ferrymеn', refused: 'scripts' },
    { typed: 'Ferrуmen', refused: 'scripts' },
    { typed: 'Wοlves', refused: 'scripts' },
    { typed: 'abcдеж', refused: 'scripts' },
    { typed: 'ラーメンabc', refused: 'scripts' },
  ])('$typed is refused: $refused', ({ typed, refused }) => {
    expect(readName(typed)).toEqual({ refused: `economy.clan.name.${refused}` });
  });

  test.each([
    ['Ferrymen', 'FERRYMEN'],
    ['Iron Wolves', 'iron_wolves'],
    ['Iron Wolves', 'iron - wolves'],
    ['Café', 'cafe'],
    ['Straße', 'STRASSE'],
    ['Λύκοι', 'ΛΥΚΟΙ'],
    ['Волки', 'ВОЛКИ'],
    ['Istanbul', 'ISTANBUL'],
  ])('%s and %s are found as the same', (one, other) => {
    expect(keyOfName(one)).toBe(keyOfName(other));
  });

  test.each([
    ['PAX', 'РАХ'],
    ['cope', 'соре'],
    ['TOXO', 'ΤΟΧΟ'],
    ['Ill', 'lll'],
    ['B00M', 'BOOM'],
    ['Moon1', 'MOONl'],
  ])('%s and %s look alike', (one, other) => {
    expect(keysOfName(one).some((key) => keysOfName(other).includes(key))).toBe(true);
  });

  test.each([
    ['Mail', 'Mali'],
    ['Guild I', 'Guild L'],
    ['Wolf', 'Wolves'],
    ['Дом', 'Том'],
    ['कमल', 'किमल'],
  ])('%s and %s are two', (one, other) => {
    expect(keysOfName(one).some((key) => keysOfName(other).includes(key))).toBe(false);
  });
});

describe('/guild create', () => {
  test.each(['ferrymen', 'FERRYMEN', ' ferrymen ', 'Ｆｅｒｒｙｍｅｎ', 'Férrymen'])(
    'takes no second Ferrymen: %s',
    (name) => {
      const table = createTable();
      found(table, alice, 'Ferrymen');
      expect(table.say(bob, 'guild create', { name }).refused).toBe('economy.clan.name.taken');
    },
  );

  test('takes no look-alike of another script', () => {
    const table = createTable();
    found(table, alice, 'PAX');
    expect(table.say(bob, 'guild create', { name: 'РАХ' }).refused).toBe('economy.clan.name.taken');
  });

  test('a name is free again when its guild is no more', () => {
    const table = createTable();
    found(table, alice, 'Ferrymen');
    done(table.say(alice, 'guild disband', { confirm: 'ferrymen' }));
    found(table, bob, 'FERRYMEN');
  });

  test('a name is shown without taking effect as markings', () => {
    const table = createTable();
    found(table, alice, 'a_b_c');
    expect(table.say(alice, 'guild info').reply.embeds?.[0]?.title).toBe('a\\_b\\_c');
  });
});
