import { guildId } from '../../kernel/ids.ts';
import type { JournalEntry, Position } from '../ports.ts';
import { entryHeaderBytes, readBlock, type StoredBlock, segmentHeaderBytes } from './format.ts';
import { damaged, type Segment } from './recovery.ts';

function* entriesOf(block: StoredBlock): Generator<JournalEntry> {
  let offset = 0;
  for (let at = 0; at < block.count; at += 1) {
    const length = block.payload.readUInt32LE(offset);
    const guild = guildId(String(block.payload.readBigUInt64BE(offset + 4)));
    const start = offset + entryHeaderBytes;
    offset = start + length;
    yield { guild, position: (block.first + at) as Position, bytes: block.payload.subarray(start, offset) };
  }
}

/** Every entry above `after` in order, holding one block in memory at a time. The segments have been checked before. */
export function* replaySegments(folder: string, segments: readonly Segment[], after: number): Generator<JournalEntry> {
  for (const { name, file, end, next } of segments) {
    if (next <= after + 1) continue;
    let offset = segmentHeaderBytes;
    while (offset < end) {
      const block = readBlock(file, offset);
      if (block === undefined) throw damaged(folder, name, offset, 'a block was changed while it was in use');
      offset += block.bytes;
      if (block.first + block.count <= after + 1) continue;
      for (const entry of entriesOf(block)) if (entry.position > after) yield entry;
    }
  }
}
