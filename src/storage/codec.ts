import { Packr } from 'msgpackr';
import { DamagedStoreError } from './ports.ts';

// Records would put the names of properties, and their order of first use, into the bytes.
const packr = new Packr({ useRecords: false, useBigIntExtension: true });

/** Plain values, also bigints of any size and byte arrays, as msgpack. The bytes are the caller's to keep. */
export const pack = (value: unknown): Uint8Array => packr.pack(value);

/** The value behind bytes of `pack`. Throws `DamagedStoreError`, naming `what`, when they are not msgpack. */
export const unpack = (bytes: Uint8Array, what: string): unknown => {
  try {
    return packr.unpack(bytes) as unknown;
  } catch (cause) {
    throw new DamagedStoreError(`${what} cannot be decoded`, { cause });
  }
};
