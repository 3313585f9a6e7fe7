import { assert } from '../../kernel/assert.ts';
import { guildId } from '../../kernel/ids.ts';
import type { EntryPlace, JournalReader, Position, ReplayedEntry } from '../ports.ts';
import {
  blockHeaderBytes,
  emptyScratch,
  entryHeaderBytes,
  readBlock,
  room,
  type Scratch,
  type StoredBlock,
  segmentHeaderBytes,
} from './format.ts';
import { damaged, type Segment } from './recovery.ts';

function* entriesOf(block: StoredBlock, blockOffset: number): Generator<ReplayedEntry> {
  const payloadOffset = blockOffset + blockHeaderBytes;
  let at = 0;
  for (let index = 0; index < block.count; index += 1) {
    const length = block.payload.readUInt32LE(at);
    const guild = guildId(String(block.payload.readBigUInt64BE(at + 4)));
    const start = at + entryHeaderBytes;
    at = start + length;
    yield {
      guild,
      position: (block.first + index) as Position,
      bytes: block.payload.subarray(start, at),
      offset: payloadOffset + start,
    };
  }
}

/**
 * Every entry above `after` in order, holding one block in memory at a time: an entry's bytes are good until the next is
 * asked for. The segments have been checked before.
 */
export function* replaySegments(folder: string, segments: readonly Segment[], after: number): Generator<ReplayedEntry> {
  const scratch = emptyScratch();
  for (const { name, file, end, next } of segments) {
    if (next <= after + 1) continue;
    let offset = segmentHeaderBytes;
    while (offset < end) {
      const block = readBlock(file, offset, scratch);
      if (block === undefined) throw damaged(folder, name, offset, 'a block was changed while it was in use');
      if (block.first + block.count > after + 1) {
        for (const entry of entriesOf(block, offset)) if (entry.position > after) yield entry;
      }
      offset += block.bytes;
    }
  }
}

/** The bytes at a place in the segments, as they are now, read into `scratch`: good until the next are. */
export const readEntry = (
  segments: readonly Segment[],
  { position, offset, length }: EntryPlace,
  scratch: Scratch,
): Uint8Array => {
  const segment = segments.find(({ first, next }) => first <= position && position < next);
  assert(segment !== undefined, 'an entry that is read has not been trimmed');
  const bytes = room(scratch, length);
  return bytes.subarray(0, segment.file.read(offset, bytes));
};

/** What is read of a journal, from its segments. They have been checked, and may come and go. */
export const segmentReader = (folder: string, segments: readonly Segment[]): JournalReader => {
  const scratch = emptyScratch();
  return {
    get firstPosition() {
      return (segments[0]?.first ?? 1) as Position;
    },
    replay: (after) => replaySegments(folder, segments, after),
    read: (place) => readEntry(segments, place, scratch),
  };
};
