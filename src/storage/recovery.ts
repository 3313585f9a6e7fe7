import type { GuildId } from '../kernel/ids.ts';
import { readHead } from './head.ts';
import { DamagedStoreError, type Journal, noPosition, type Position, type Rows } from './ports.ts';
import { newestAside } from './quarantine.ts';
import { Tail } from './tail.ts';

/** Entries that are in no snapshot, of guilds nobody has opened yet. */
export type Tails = Map<GuildId, Tail>;

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

/**
 * Reads the journal once and sorts what the rows have not into `tails`, by guild. Throws `DamagedStoreError` where
 * entries are missing before the journal's first.
 */
export const gatherTails = (journal: Journal, rows: Rows, after: Position, tails: Tails): void => {
  const { firstPosition } = journal;
  if (firstPosition > after + 1) {
    throw new DamagedStoreError(
      `the journal goes on at ${firstPosition}, and the rows end before ${after + 1}: a file of it is missing. ` +
        'Nothing was changed. Put the file or a backup back: npm run guildhall -- restore',
    );
  }
  const covered = new Map<GuildId, Position>();
  for (const entry of journal.replay(after)) {
    const { guild, position } = entry;
    let from = covered.get(guild);
    if (from === undefined) {
      from = coveredOf(rows, guild);
      covered.set(guild, from);
    }
    if (position <= from) continue;
    let tail = tails.get(guild);
    if (tail === undefined) {
      tail = new Tail();
      tails.set(guild, tail);
    }
    tail.add(entry);
  }
};
