import { join } from 'node:path';
import { erased } from '../../forgetting/state.ts';
import type { GuildId } from '../../kernel/ids.ts';
import { type History, openHistory } from '../../storage/archive/history.ts';
import { type Backup, journalFolderName } from '../../storage/backup/manifest.ts';
import { decodeEntry } from '../../storage/entry-codec.ts';
import { noPosition, type Position } from '../../storage/ports.ts';
import { CommandError } from '../errors.ts';
import { timeText } from '../words.ts';

/**
 * What is known of the time behind a backup: up to `at`, or what the backup has by itself without one. Throws
 * `CommandError` when it does not go that far.
 */
export const historyBehind = async (
  backup: Backup,
  dataFolder: string | undefined,
  at: number | undefined,
): Promise<History> => {
  const history = await openHistory({
    backup: { folder: join(backup.folder, journalFolderName), at: backup.manifest.at },
    after: backup.manifest.rowsPosition as Position,
    dataFolder: at === undefined ? undefined : dataFolder,
  });
  if (history.last < backup.manifest.journalPosition) {
    await history.close();
    throw new CommandError(`${backup.folder} is a damaged backup: its journal ends early. Nothing was changed.`);
  }
  if (at === undefined || history.until >= at) return history;
  await history.close();
  throw new CommandError(
    `the time is outside history, which goes up to ${timeText(history.until)}. Nothing was changed.`,
  );
};

/** Throws `CommandError` for a time that is not over. */
export const requirePast = (at: number | undefined, now: number): void => {
  if (at !== undefined && at > now)
    throw new CommandError('the time is outside history: it is not over. Nothing was changed.');
};

/** Who was erased after a time, as far as the history knows: keyed hashes by server. */
export const erasedAfter = (history: History, at: number): ReadonlyMap<GuildId, ReadonlySet<string>> => {
  const found = new Map<GuildId, Set<string>>();
  for (const entry of history.entries(noPosition)) {
    const { at: time, changes } = decodeEntry(entry);
    for (const { collection, key, values } of changes) {
      if (collection !== erased.name || values === undefined || time <= at) continue;
      const hashes = found.get(entry.guild) ?? new Set<string>();
      found.set(entry.guild, hashes.add(key));
    }
  }
  return found;
};
