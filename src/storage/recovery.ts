import type { GuildId } from '../kernel/ids.ts';
import { readHead } from './head.ts';
import { DamagedStoreError, type Journal, type JournalEntry, noPosition, type Position, type Rows } from './ports.ts';
import { newestAside } from './quarantine.ts';

/** Entries that are in no snapshot, of guilds nobody has opened yet. */
export type Tails = Map<GuildId, JournalEntry[]>;

/** Up to where the rows have a guild's entries. */
const coveredOf = (rows: Rows, guild: GuildId): Position => {
  try {
    const snapshot = readHead(rows, guild)?.position ?? noPosition;
    const aside = newestAside(rows, guild);
    return snapshot > aside ? snapshot : aside;
  } catch (failure) {
    // Whoever opens the guild meets the damage; until then nothing of it may get lost.
    if (failure instanceof DamagedStoreError) return noPosition;
    throw failure;
  }
};

const missing = (from: number, to: number): DamagedStoreError =>
  new DamagedStoreError(
    `the journal goes on at ${to}, and the rows end before ${from}: a file of it is missing. Nothing was changed. ` +
      'Put the file or a backup back: npm run guildhall -- restore',
  );

/**
 * Reads the journal once and sorts what the rows have not into `tails`, by guild. When `tails` hold more than
 * `bytesMax`, `spill` must empty them into the rows. Throws `DamagedStoreError` where entries are missing before the
 * journal's first.
 */
export const gatherTails = async (parts: {
  readonly journal: Journal;
  readonly rows: Rows;
  readonly after: Position;
  readonly tails: Tails;
  readonly bytesMax: number;
  readonly gathered: (bytes: number) => void;
  readonly spill: () => Promise<void>;
}): Promise<void> => {
  const { journal, rows, after, tails, bytesMax, gathered, spill } = parts;
  const covered = new Map<GuildId, Position>();
  let bytes = 0;
  let next = after + 1;
  for (const entry of journal.replay(after)) {
    const { guild, position } = entry;
    // Within the journal a gap cannot be; before its first file it can, where somebody removed one too many.
    if (position !== next) throw missing(next, position);
    next += 1;
    let from = covered.get(guild);
    if (from === undefined) {
      from = coveredOf(rows, guild);
      covered.set(guild, from);
    }
    if (position <= from) continue;
    const tail = tails.get(guild);
    if (tail === undefined) tails.set(guild, [entry]);
    else tail.push(entry);
    gathered(entry.bytes.length);
    bytes += entry.bytes.length;
    if (bytes <= bytesMax) continue;
    await spill();
    bytes = 0;
  }
};
