import type { GuildId } from '../kernel/ids.ts';
import { Places } from './places.ts';
import { DamagedStoreError, type Journal, type Position } from './ports.ts';
import { Tail } from './tail.ts';

/** What the journal has of guilds that nobody has opened yet; their rows may have the first of it. */
export type Tails = Map<GuildId, Tail>;

/**
 * Reads the journal once and sorts what it has above a position into `tails`, by guild. Throws `DamagedStoreError` where
 * entries are missing before the journal's first.
 */
export const gatherTails = (journal: Journal, after: Position, tails: Tails): void => {
  const { firstPosition } = journal;
  if (firstPosition > after + 1) {
    throw new DamagedStoreError(
      `the journal goes on at ${firstPosition}, and the rows end before ${after + 1}: a file of it is missing. ` +
        'Nothing was changed. Put the file or a backup back: npm run guildhall -- restore',
    );
  }
  const places = new Places(after);
  for (const entry of journal.replay(after)) {
    let tail = tails.get(entry.guild);
    if (tail === undefined) {
      tail = new Tail(entry.guild, places);
      tails.set(entry.guild, tail);
    }
    tail.add(entry);
  }
};
