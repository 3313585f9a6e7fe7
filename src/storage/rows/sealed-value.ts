import { crc32 } from 'node:zlib';

/*
 * A value as it stands in LMDB's file, which has no checksums of its own: a mark, the checksum of key and value
 * (little-endian), the value. No msgpack begins with the mark, so a value without a seal is told from one with: stores of
 * before seals stay readable.
 */
const mark = 0xc1;
const sealBytes = 5;

/** The checksum of a row. */
export const checksumOf = (key: string, value: Uint8Array): number => crc32(value, crc32(key));

/** A value with its seal. */
export const sealValue = (value: Uint8Array, checksum: number): Buffer => {
  const sealed = Buffer.allocUnsafe(sealBytes + value.length);
  sealed[0] = mark;
  sealed.writeUInt32LE(checksum, 1);
  sealed.set(value, sealBytes);
  return sealed;
};

/** The value behind its seal, or one that has none; `undefined` when it is not what was written under this key. */
export const openValue = (key: string, stored: Buffer): Uint8Array | undefined => {
  if (stored[0] !== mark) return stored;
  if (stored.length < sealBytes) return undefined;
  const value = stored.subarray(sealBytes);
  return checksumOf(key, value) === stored.readUInt32LE(1) ? value : undefined;
};
