import { Packr, RESET_BUFFER_MODE } from 'msgpackr';
import { DamagedStoreError } from './ports.ts';
import { openSlab } from './slab.ts';

// Records would put the names of properties, and their order of first use, into the bytes.
const packing = { useRecords: false, useBigIntExtension: true };
const packr = new Packr(packing);
const rowSlab = openSlab();

/**
 * Plain values, also bigints of any size and byte arrays, as msgpack. The bytes are good until the next call: msgpackr
 * otherwise asks for memory with every few values, and some bytes that are kept then keep all of it.
 */
export const packBriefly = (value: unknown): Uint8Array => packr.pack(value, RESET_BUFFER_MODE);

/** The same, the bytes being the caller's to keep. */
export const pack = (value: unknown): Uint8Array => rowSlab(packBriefly(value));

const unpackWith =
  (unpackr: Packr) =>
  (bytes: Uint8Array, what: string): unknown => {
    try {
      return unpackr.unpack(bytes) as unknown;
    } catch (cause) {
      throw new DamagedStoreError(`${what} cannot be decoded`, { cause });
    }
  };

/**
 * The value behind bytes of `pack`; byte arrays in it are parts of those bytes. Throws `DamagedStoreError`, naming
 * `what`, when they are not msgpack.
 */
export const unpack = unpackWith(packr);

/** The same, with copies of the byte arrays: for bytes that are good for a while only. */
export const unpackCopied = unpackWith(new Packr({ ...packing, copyBuffers: true }));
