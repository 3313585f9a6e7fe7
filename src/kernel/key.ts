import { assert } from './assert.ts';
import type { KeyKinds, Kinds } from './collection.ts';

/** A row's key as stored: its parts in an order-preserving text form, joined. */
export type EncodedKey = string;

/** The unit separator of ASCII stands between the parts of a key; no part may hold a control character. */
export const keySeparator = '\u001f';

/** Longest text part of a key, in characters. */
export const keyTextMax = 200;

const intOffset = 2 ** 52;
const intDigits = 14;
const hasControlCharacter = /\p{Cc}/u;

const encodeInt = (value: number): string => {
  assert(Number.isSafeInteger(value) && Math.abs(value) < intOffset, 'a key number is a whole number below 2^52');
  return (value + intOffset).toString(16).padStart(intDigits, '0');
};

const encodePart = (kind: keyof KeyKinds, part: string | number): string => {
  if (kind === 'int') return encodeInt(part as number);
  const text = part as string;
  // Discord's ids and our own are made of digits and letters by those who brand them.
  if (kind !== 'text') return text;
  assert(text.length > 0 && text.length <= keyTextMax, 'a key text has 1 to 200 characters');
  assert(!hasControlCharacter.test(text), 'a key text holds no control character');
  return text;
};

/** Encodes a key, or its first parts, so that text order is the order of the parts. Throws on a part out of bounds. */
export const encodeKey = (kinds: Kinds, parts: readonly (string | number)[]): EncodedKey => {
  if (parts.length === 1) return encodePart(kinds[0] as keyof KeyKinds, parts[0] as string | number);
  return parts.map((part, index) => encodePart(kinds[index] as keyof KeyKinds, part)).join(keySeparator);
};

/** Whether an encoded key's first parts are those of `first`, also encoded; the empty text starts every key. */
export const startsWithParts = (key: EncodedKey, first: EncodedKey): boolean =>
  first === '' || key === first || key.startsWith(first + keySeparator);

/** The parts of an encoded key. */
export const decodeKey = (kinds: Kinds, key: EncodedKey): readonly (string | number)[] =>
  key.split(keySeparator).map((part, index) => (kinds[index] === 'int' ? Number.parseInt(part, 16) - intOffset : part));
