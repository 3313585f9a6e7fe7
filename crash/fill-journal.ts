import { join } from 'node:path';
import type { EpochMs, GuildId } from '../src/kernel/ids.ts';
import { encodeEntry } from '../src/storage/entry-codec.ts';
import { entryBytesMax } from '../src/storage/journal/format.ts';
import { nodeFiles } from '../src/storage/journal/node-files.ts';
import { inspectJournal } from '../src/storage/journal/recovery.ts';
import { openSegmentJournal } from '../src/storage/journal/segment-journal.ts';

/** How long a file of the journal gets in a bot. */
const segmentBytes = 64 * 2 ** 20;
/** A block's header, an entry's, and what is in an entry beside its seed; a little too much. */
const overheadBytes = 512;
/** The server whose entries fill a journal: nobody plays in it. */
const fillerGuild = '100000000000000009' as GuildId;

const endOf = async (folder: string): Promise<number> => {
  const { segments } = await inspectJournal(folder, await nodeFiles(folder));
  for (const { file } of segments) await file.close();
  return segments.at(-1)?.end ?? 0;
};

/**
 * Fills the newest file of a stopped bot's journal up to the last `leftBytes`, with entries that change nothing: so a
 * little load brings about the next file and, with the next snapshot, the end of this one.
 */
export const fillJournal = async (dataFolder: string, leftBytes: number): Promise<void> => {
  const folder = join(dataFolder, 'journal');
  let room = segmentBytes - leftBytes - (await endOf(folder));
  const journal = await openSegmentJournal({ folder, durability: 'process' });
  const claim = journal.claim(fillerGuild);
  while (room > 2 * overheadBytes) {
    const seed = Buffer.alloc(Math.min(room, entryBytesMax) - overheadBytes);
    const nothing = {
      operation: 'crash.filler',
      at: 0 as EpochMs,
      sequence: 0,
      changes: [],
      answered: undefined,
      seed,
    } as const;
    journal.append(claim, encodeEntry(fillerGuild, nothing, []));
    room -= seed.length + overheadBytes;
  }
  await journal.close();
};
