import { crc32 } from 'node:zlib';
import type { JournalFile } from './files.ts';

/*
 * A segment is a file named after the position of its first entry: a header, then blocks, then zeros or nothing.
 * Numbers are little-endian but for the guild. A checksum covers everything behind it. The two headers keep their
 * layout for ever; the format number says what stands in a payload.
 *
 *   segment header   0 magic (8)   8 checksum (4)   12 format (4)   16 first position (8)   24 zero (8)
 *   block header     0 magic (4)   4 checksum (4)   8 payload length (4)   12 format (2)   14 flags (2)
 *                    16 entries (4)   20 entries before it under way (4)   24 first position (8)
 *   payload          for each entry: length (4)   guild (8, big-endian)   bytes
 */

/** The format written; every format up to it can be read. */
export const journalFormat = 1;
export const segmentHeaderBytes = 32;
export const blockHeaderBytes = 32;
export const entryHeaderBytes = 12;
/** Longest single entry. */
export const entryBytesMax = 16 * 2 ** 20;
/** A block takes no further entry beyond this; a single longer entry is a block of its own. */
export const blockBytesMax = 2 ** 20;

// Neither begins a text: 0xff and 0xfe stand in no UTF-8.
const segmentMagic = Buffer.from([0xff, 0x47, 0x75, 0x69, 0x6c, 0x64, 0x4a, 0xfe]);
/** Where to look for a block. */
export const blockMagic = Buffer.from([0xfe, 0x47, 0x4a, 0xff]);

/** All before the block was safe from a power cut when it was written. */
const followsAllFlag = 1;
/** All was but for some entries right before it, whose number the header gives. */
const followsSomeFlag = 2;
const payloadBytesMax = entryBytesMax + entryHeaderBytes;

/** Everything there is to know of a block but its payload. */
export interface BlockHeader {
  readonly first: number;
  readonly count: number;
  /**
   * How many entries right before it were on their way to the disk when it was written. All before those were safe from
   * a power cut; `undefined` where that is not known.
   */
  readonly underWay: number | undefined;
}

/** A block as it stands in a segment, its checksum right. */
export interface StoredBlock extends BlockHeader {
  readonly format: number;
  readonly payload: Buffer;
  /** Bytes it takes in the segment. */
  readonly bytes: number;
}

/** The header of a segment that begins with this position. */
export const segmentHeader = (first: number): Buffer => {
  const header = Buffer.alloc(segmentHeaderBytes);
  segmentMagic.copy(header);
  header.writeUInt32LE(journalFormat, 12);
  header.writeBigUInt64LE(BigInt(first), 16);
  header.writeUInt32LE(crc32(header.subarray(12)), 8);
  return header;
};

/** Reads a segment's header; `undefined` where there is none or its checksum is wrong. */
export const readSegmentHeader = (
  file: JournalFile,
): { readonly format: number; readonly first: number } | undefined => {
  const header = Buffer.alloc(segmentHeaderBytes);
  if (file.read(0, header) < segmentHeaderBytes) return undefined;
  if (!header.subarray(0, segmentMagic.length).equals(segmentMagic)) return undefined;
  if (crc32(header.subarray(12)) !== header.readUInt32LE(8)) return undefined;
  return { format: header.readUInt32LE(12), first: Number(header.readBigUInt64LE(16)) };
};

const flagsOf = (underWay: number | undefined): number => {
  if (underWay === undefined) return 0;
  return underWay === 0 ? followsAllFlag : followsSomeFlag;
};

const underWayOf = (header: Buffer): number | undefined => {
  const flags = header.readUInt16LE(14);
  if ((flags & followsAllFlag) !== 0) return 0;
  return (flags & followsSomeFlag) === 0 ? undefined : header.readUInt32LE(20);
};

/** Completes a block whose payload already stands behind the room for its header. */
export const writeBlockHeader = (block: Buffer, { first, count, underWay }: BlockHeader): void => {
  blockMagic.copy(block);
  block.writeUInt32LE(block.length - blockHeaderBytes, 8);
  block.writeUInt16LE(journalFormat, 12);
  block.writeUInt16LE(flagsOf(underWay), 14);
  block.writeUInt32LE(count, 16);
  block.writeUInt32LE(underWay ?? 0, 20);
  block.writeBigUInt64LE(BigInt(first), 24);
  block.writeUInt32LE(crc32(block.subarray(8)), 4);
};

/** Memory that blocks are read into, one after another. */
export interface Scratch {
  buffer: Buffer;
}

/** Empty memory; it grows with the longest block. */
export const emptyScratch = (): Scratch => ({ buffer: Buffer.allocUnsafeSlow(0) });

/** So many bytes of it, or of memory of their own. */
export const room = (scratch: Scratch | undefined, length: number): Buffer => {
  if (scratch === undefined) return Buffer.allocUnsafeSlow(length);
  if (scratch.buffer.length < length) scratch.buffer = Buffer.allocUnsafeSlow(2 * length);
  return scratch.buffer.subarray(0, length);
};

/**
 * Reads the block at `offset`; `undefined` where there is none, not all of it, or its checksum is wrong. Read into a
 * `scratch`, its payload is good until the next one is.
 */
export const readBlock = (file: JournalFile, offset: number, scratch?: Scratch): StoredBlock | undefined => {
  const header = Buffer.allocUnsafe(blockHeaderBytes);
  if (file.read(offset, header) < blockHeaderBytes) return undefined;
  if (!header.subarray(0, blockMagic.length).equals(blockMagic)) return undefined;
  const length = header.readUInt32LE(8);
  if (length > payloadBytesMax || length > file.size() - offset - blockHeaderBytes) return undefined;
  const payload = room(scratch, length);
  if (file.read(offset + blockHeaderBytes, payload) < length) return undefined;
  if (crc32(payload, crc32(header.subarray(8))) !== header.readUInt32LE(4)) return undefined;
  return {
    first: Number(header.readBigUInt64LE(24)),
    count: header.readUInt32LE(16),
    underWay: underWayOf(header),
    format: header.readUInt16LE(12),
    payload,
    bytes: blockHeaderBytes + length,
  };
};
