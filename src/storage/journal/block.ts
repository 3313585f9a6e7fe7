import type { GuildId } from '../../kernel/ids.ts';
import { blockBytesMax, blockHeaderBytes, entryHeaderBytes, writeBlockHeader } from './format.ts';

const bytesAtFirst = 64 * 2 ** 10;

/** A guild's id as two numbers of 32 bits, so that an append need not parse it. */
export interface GuildBits {
  readonly high: number;
  readonly low: number;
}

/** Splits a guild's id. */
export const guildBits = (guild: GuildId): GuildBits => {
  const id = BigInt(guild);
  return { high: Number(id >> 32n), low: Number(id & 0xffffffffn) };
};

/** The entries that wait to be written together, as they will stand in the segment. */
export interface Block {
  readonly first: number;
  readonly count: number;
  /** Bytes so far, header included. */
  readonly length: number;
  /** Whether another entry of this many bytes belongs in this block; the first always does. */
  takes(bytes: number): boolean;
  /** Copies an entry in. */
  put(position: number, guild: GuildBits, bytes: Uint8Array): void;
  /** The finished block, as `BlockHeader` has `underWay`; the bytes are the block's own until `clear`. */
  seal(underWay: number | undefined): Uint8Array;
  /** Empties it for reuse. */
  clear(): void;
}

/** An empty block. Its buffer grows as needed and shrinks again when cleared after an exceptionally long entry. */
export const emptyBlock = (): Block => {
  let buffer = Buffer.allocUnsafeSlow(bytesAtFirst);
  let view = new DataView(buffer.buffer);
  let first = 0;
  let count = 0;
  let length = blockHeaderBytes;

  const resize = (bytes: number): void => {
    const larger = Buffer.allocUnsafeSlow(bytes);
    buffer.copy(larger, 0, 0, Math.min(length, bytes));
    buffer = larger;
    view = new DataView(buffer.buffer);
  };

  return {
    get first() {
      return first;
    },
    get count() {
      return count;
    },
    get length() {
      return length;
    },
    takes: (bytes) => count === 0 || length + entryHeaderBytes + bytes <= blockBytesMax,
    put(position, guild, bytes) {
      const end = length + entryHeaderBytes + bytes.length;
      if (end > buffer.length) resize(Math.max(end, buffer.length * 2));
      if (count === 0) first = position;
      count += 1;
      view.setUint32(length, bytes.length, true);
      view.setUint32(length + 4, guild.high);
      view.setUint32(length + 8, guild.low);
      buffer.set(bytes, length + entryHeaderBytes);
      length = end;
    },
    seal(underWay) {
      const block = buffer.subarray(0, length);
      writeBlockHeader(block, { first, count, underWay });
      return block;
    },
    clear() {
      count = 0;
      length = blockHeaderBytes;
      if (buffer.length > 2 * blockBytesMax) resize(bytesAtFirst);
    },
  };
};
