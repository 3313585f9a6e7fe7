import { join } from 'node:path';
import { type EpochMs, type GuildId, isSnowflake } from '../../kernel/ids.ts';
import type { History } from '../../storage/archive/history.ts';
import type { Backup } from '../../storage/backup/manifest.ts';
import { decodeEntry } from '../../storage/entry-codec.ts';
import { lockFolder } from '../../storage/owner-lock.ts';
import { DamagedStoreError, noPosition } from '../../storage/ports.ts';
import { resetGuild } from '../../storage/reset-guild.ts';
import { openLmdbRows } from '../../storage/rows/lmdb-rows.ts';
import { CommandError } from '../errors.ts';
import { chooseBackup, historyFolder, requireStore } from '../folders.ts';
import type { CommandParts } from '../parts.ts';
import { type GuildPresence, type RestoreReport, withWorkFolder } from '../service/service.ts';
import { type Staged, stageGuild } from '../stage.ts';
import { countText, spanText, timeText } from '../words.ts';
import { backup as takeBackup } from './backup.ts';
import { erasedAfter, historyBehind, requirePast } from './history.ts';
import { withService } from './with-service.ts';

/** What of which server is restored. */
export interface GuildWish {
  readonly data: string;
  readonly from: string;
  readonly guild: string;
  readonly at: number | undefined;
  readonly dryRun: boolean;
}

/** What the parts of a restore share. */
interface Restoring {
  readonly parts: CommandParts;
  readonly wish: GuildWish;
  readonly folder: string;
  readonly backup: Backup;
  /** What follows on the backup up to the time wanted. */
  readonly history: History;
  /** What follows on it up to the present. */
  readonly later: History;
  readonly startedMs: number;
}

const tellChanges = (parts: CommandParts, { collections, balances }: RestoreReport): void => {
  for (const { collection, added, changed, removed } of collections) {
    parts.say(`${collection}: ${added} added, ${changed} changed, ${removed} removed`);
  }
  for (const { member, before, after } of balances) {
    parts.say(`member ${member}: ${before.toLocaleString('en')} coins now, ${after.toLocaleString('en')} then`);
  }
};

const tellEnd = ({ parts, wish, backup, startedMs }: Restoring, staged: Staged, rows: number): void => {
  const { guild, at, dryRun } = wish;
  const left = staged.leftOut === 0 ? '' : `, without ${countText(staged.leftOut, 'member')} erased since`;
  const when = timeText(at ?? backup.manifest.at);
  parts.say(
    dryRun
      ? `A restore of server ${guild} to ${when} would change ${countText(rows, 'row')}${left}. Nothing was changed.`
      : `Restored server ${guild} to ${when}: ${countText(rows, 'row')} changed of ${staged.count.toLocaleString('en')}${left}, in ${spanText(parts.monotonicMs() - startedMs)}.`,
  );
};

const stage = async (restoring: Restoring, presence: GuildPresence, work: string): Promise<Staged> => {
  const { parts, wish, folder, backup, history } = restoring;
  const { registry, hash, store: declared } = await parts.declare(folder);
  return stageGuild({
    registry,
    hash,
    declared,
    backup,
    history,
    at: wish.at ?? Number.POSITIVE_INFINITY,
    guild: wish.guild as GuildId,
    presence,
    folder: work,
    log: parts.log,
  });
};

const put = async (restoring: Restoring): Promise<void> => {
  const { parts, wish, folder } = restoring;
  const { guild, dryRun } = wish;
  await withService(parts, folder, async (service) => {
    const presence = await service.presence({ guild });
    await withWorkFolder(folder, async (work) => {
      const staged = await stage(restoring, presence, work);
      const { rows, sequence } = staged;
      const report = await service.restoreGuild({ guild, rows, sequence, dryRun });
      tellChanges(parts, report);
      tellEnd(restoring, staged, report.rows);
    });
  });
};

/** The newest that the journal tells of a server: its ids and its time go on from there. */
const newestOf = ({ later }: Restoring, guild: GuildId): { readonly sequence: number; readonly lastAt: EpochMs } => {
  let sequence = 0;
  let lastAt = 0 as EpochMs;
  for (const entry of later.entries(noPosition)) {
    if (entry.guild !== guild) continue;
    const decoded = decodeEntry(entry);
    sequence = Math.max(sequence, decoded.sequence);
    lastAt = Math.max(lastAt, decoded.at) as EpochMs;
  }
  return { sequence, lastAt };
};

/**
 * Puts a server back that cannot be read any more: what is stored of it goes, after what takes its place is ready. What
 * a restore leaves as it is, such as effects on their way, is lost with it. Ends with a backup, since history alone
 * does not know what went.
 */
const replace = async (restoring: Restoring, cause: DamagedStoreError): Promise<void> => {
  const { parts, wish, folder, backup, later } = restoring;
  const guild = wish.guild as GuildId;
  if (later.until !== Number.POSITIVE_INFINITY) {
    throw new CommandError(
      `server ${guild} cannot be read, and the backup is of another history: restore everything to another folder. Nothing was changed.`,
      { cause },
    );
  }
  const hashes = erasedAfter(later, wish.at ?? backup.manifest.at).get(guild) ?? new Set<string>();
  const start = newestOf(restoring, guild);
  await withWorkFolder(folder, async (work) => {
    const staged = await stage(restoring, { lastAt: start.lastAt, erased: [...hashes], erasing: [] }, work);
    parts.say(`Server ${guild} cannot be read: ${cause.message}`);
    if (wish.dryRun) {
      tellEnd(restoring, staged, staged.count);
      return;
    }
    const lock = await lockFolder(folder);
    try {
      const rows = await openLmdbRows({ folder: join(folder, 'rows') });
      try {
        const sequence = Math.max(start.sequence, staged.sequence);
        const lastAt = Math.max(start.lastAt, 1) as EpochMs;
        await resetGuild(rows, guild, { position: later.last, sequence, lastAt });
      } finally {
        await rows.close();
      }
      // The journal tells of rows that went without a word of it: from here on it begins anew.
      const store = await parts.openData((await parts.declare(folder)).registry, folder);
      await store.retire();
      await store.shutdown();
    } finally {
      await lock.release();
    }
    await withService(parts, folder, async (service) => {
      const report = await service.restoreGuild({ guild, rows: staged.rows, sequence: staged.sequence, dryRun: false });
      tellEnd(restoring, staged, report.rows);
    });
    await takeBackup(parts, { data: folder, to: undefined });
  });
};

/** The data folder whose history the backup belongs to; a backup of before a whole restore is of use by itself. */
const ownHistory = async (backup: Backup, folder: string): Promise<string | undefined> => {
  try {
    return await historyFolder(backup, folder);
  } catch (failure) {
    if (failure instanceof CommandError) return undefined;
    throw failure;
  }
};

/** Puts one server back to how it was at a time; a dry run says what that changes. */
export const restoreGuild = async (parts: CommandParts, wish: GuildWish): Promise<void> => {
  const { guild, at } = wish;
  if (!isSnowflake(guild)) {
    throw new CommandError(`${guild} is no id of a server: it has 17 to 20 digits. Nothing was changed.`);
  }
  requirePast(at, parts.now());
  const startedMs = parts.monotonicMs();
  const folder = await requireStore(wish.data);
  const backup = await chooseBackup(wish.from, at);
  const dataFolder = await ownHistory(backup, folder);
  const history = await historyBehind(backup, dataFolder, at);
  try {
    const later = await historyBehind(backup, dataFolder, at ?? backup.manifest.at);
    try {
      const restoring = { parts, wish, folder, backup, history, later, startedMs };
      try {
        await put(restoring);
      } catch (failure) {
        if (!(failure instanceof DamagedStoreError)) throw failure;
        await replace(restoring, failure);
      }
    } finally {
      await later.close();
    }
  } finally {
    await history.close();
  }
};
