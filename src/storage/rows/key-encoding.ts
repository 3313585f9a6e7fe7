import { assert } from '../../kernel/assert.ts';

/** Longest key in bytes: what LMDB takes with pages of 4 KiB. */
export const keyBytesMax = 1978;

const bytesPerCodeUnitMax = 3;
const replacementCharacter = '\ufffd';
const surrogate = /[\ud800-\udfff]/;

/** How many bytes a key takes as stored. */
const keyBytes = (key: string): number => {
  let bytes = 0;
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
};

/** Throws unless the key has 1 to `keyBytesMax` bytes as stored. */
export const assertKey = (key: string): void => {
  assert(key.length > 0, 'a row has a key');
  assert(
    key.length * bytesPerCodeUnitMax <= keyBytesMax || keyBytes(key) <= keyBytesMax,
    `a key has at most ${keyBytesMax} bytes`,
  );
};

/**
 * Writes a key into `target` from `start` and returns where it ends.
 *
 * LMDB orders keys by their bytes, JavaScript by UTF-16 code unit, and whoever merges rows of the disk with rows in
 * memory needs one order. UTF-8 gives it, except for characters above U+FFFF: so their two code units are written as
 * three bytes each, which leaves the order of the code units (the encoding known as CESU-8).
 */
export const writeKey = (key: string, target: Buffer, start: number): number => {
  if (!surrogate.test(key)) return start + target.write(key, start, 'utf8');
  let at = start;
  for (const unit of key.split('')) {
    const code = unit.charCodeAt(0);
    if (surrogate.test(unit)) {
      target[at] = 0xe0 | (code >> 12);
      target[at + 1] = 0x80 | ((code >> 6) & 0x3f);
      target[at + 2] = 0x80 | (code & 0x3f);
      at += bytesPerCodeUnitMax;
    } else at += target.write(unit, at, 'utf8');
  }
  return at;
};

const decodeUnits = (bytes: Buffer): string => {
  let key = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes.readUInt8(at);
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : bytesPerCodeUnitMax;
    let code = length === 1 ? lead : lead & (0xff >> (length + 1));
    for (let next = at + 1; next < at + length; next += 1) code = (code << 6) | (bytes.readUInt8(next) & 0x3f);
    key += String.fromCharCode(code);
    at += length;
  }
  return key;
};

/** Reads back the key between `start` and `end`. */
export const readKey = (source: Buffer, start: number, end: number): string => {
  const key = source.toString('utf8', start, end);
  // UTF-8 knows no surrogates: where some were written, the decoder puts replacement characters.
  return key.includes(replacementCharacter) ? decodeUnits(source.subarray(start, end)) : key;
};
