import type { Dotted } from '../../kernel/ids.ts';
import { nameCharactersMax, nameCharactersMin } from './tuning.ts';

/** Scripts in present use. Source: Unicode Standard Annex 31, table 5, recommended scripts. */
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Armenian',
  'Bengali',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Gujarati',
  'Gurmukhi',
  'Hebrew',
  'Kannada',
  'Khmer',
  'Lao',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
];

/** Scripts that are written together. Source: Unicode Technical Standard 39, highly restrictive, without Latin. */
const mixtures = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
];

/** What may stand in a name besides ASCII digits, blanks, hyphens and underscores: letters of one script alone. */
const alphabets: readonly RegExp[] = [...scripts.map((script) => [script]), ...mixtures].map(
  (together) =>
    new RegExp(
      `^[${together.map((script) => `\\p{Script_Extensions=${script}}`).join('')}\\p{Script=Inherited}]*$`,
      'u',
    ),
);

/** Letters, marks that stand on a letter (two at most), the two Japanese marks that count as letters; then the rest. */
const formPattern = /^(?:[\p{Lu}\p{Ll}\p{Lt}\p{Lo}ー々]\p{M}{0,2}|[0-9 _-])+$/u;
/** Fillers, selectors and joiners show nothing, and yet some of them are letters or marks. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const outsideAlphabets = /[0-9 _-]/g;

/** A name as it is shown, or why it can be none. */
export type ReadName = { readonly name: string } | { readonly refused: Dotted };

/**
 * Reads a name that somebody typed: wide and composed forms as NFKC has them, blanks in a row as one, none at the ends.
 * Refused when it is too short or long, holds anything but letters, ASCII digits, blanks, hyphens and underscores,
 * begins with none of the first two, or mixes scripts, which is how one name is made to look like another.
 */
export const readName = (typed: string): ReadName => {
  const name = typed.normalize('NFKC').replace(/ +/g, ' ').replace(/^ | $/g, '');
  const characters = Array.from(name).length;
  if (characters < nameCharactersMin || characters > nameCharactersMax) return { refused: 'economy.clan.name.length' };
  if (!formPattern.test(name) || invisible.test(name) || /^[ _-]/.test(name)) {
    return { refused: 'economy.clan.name.characters' };
  }
  const letters = name.replaceAll(outsideAlphabets, '');
  return alphabets.some((alphabet) => alphabet.test(letters)) ? { name } : { refused: 'economy.clan.name.scripts' };
};

/**
 * Letters of other scripts, and digits, that look like Latin letters in common typefaces. One-script names leave only
 * whole words that look alike, such as the Cyrillic `РАХ`; these are what such words are made of.
 */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic
    ['АВЕЅІЈКМНОРСТУХԚԜӀ', 'ABESIJKMHOPCTYXQWI'],
    ['авеѕіјкмнорстухԛԝӏһԁьпг', 'abesijkmhopctyxqwlhdbnr'],
    // Greek
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['αβγικνορτυχηω', 'abyikvoptuxnw'],
    // Armenian
    ['ՍՏՕԼսոօհցզ', 'USOLunohgq'],
    // The zero, and what a small l is taken for
    ['0Il', 'o11'],
  ].flatMap(([from = '', to = '']) => Array.from(from, (letter, place) => [letter, to[place] ?? letter] as const)),
);

const looksLike = (letter: string): string => {
  const first = lookAlikes.get(letter) ?? letter;
  return lookAlikes.get(first) ?? first;
};

/** A name without accents, case and what kind of gap there is between words. */
const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{Script=Inherited}/gu, '')
    .normalize('NFC')
    .replace(/[ _-]+/g, ' ')
    .trim();

const folded = (name: string): string => bare(name).toUpperCase().toLowerCase();

/** The key under which a clan is found by its name: without case, accents and kinds of gaps. */
export const keyOfName = (name: string): string => `name ${folded(name.normalize('NFKC'))}`;

/** The keys that a name takes: no other clan has one of them. The second is the same for names that look alike. */
export const keysOfName = (name: string): readonly [string, string] => [
  keyOfName(name),
  `look ${Array.from(bare(name), looksLike).join('').toLowerCase()}`,
];

/** A name as it stands in a text, where Discord would take underscores for markings. */
export const shownName = (name: string): string => name.replaceAll('_', '\\_');
