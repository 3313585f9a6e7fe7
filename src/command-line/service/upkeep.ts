import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { erased } from '../../forgetting/state.ts';
import { idsIn } from '../../forgetting/traces.ts';
import type { Kinds } from '../../kernel/collection.ts';
import { type EpochMs, type GuildId, memberId } from '../../kernel/ids.ts';
import { decodeKey } from '../../kernel/key.ts';
import { archiveFolder, expireArchive } from '../../storage/archive/archive.ts';
import { listBackups } from '../../storage/backup/manifest.ts';
import type { GuildState, OrphanRow } from '../../storage/contract.ts';
import { type StoreParts, untilDurable, withGuild } from './alone.ts';
import { rowsIn } from './difference.ts';
import { backupsFolder } from './service.ts';

const dayMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;
/** Orphaned rows looked at in one turn of the event loop. */
const orphansATurn = 500;
const guildsAtOnce = 200;

/** What the bot's upkeep works on. */
export interface UpkeepParts extends StoreParts {
  readonly dataFolder: string;
  /** Days for which history and backups are kept; backups are kept for one at least. */
  readonly historyDays: number;
  readonly now: () => number;
  /** The keyed hash of a member in a guild. */
  readonly hash: (guild: GuildId, member: ReturnType<typeof memberId>) => string;
  readonly log: Logger;
}

/** Removes backups that were finished before a time; only what is a backup of this program's. Gives how many. */
export const expireBackups = async (folder: string, before: number): Promise<number> => {
  const outdated = (await listBackups(folder)).backups.filter(({ manifest }) => manifest.at < before);
  for (const backup of outdated) await rm(backup.folder, { recursive: true, force: true });
  return outdated.length;
};

/** The time before which backups are outdated. */
export const backupsBefore = (now: number, historyDays: number): number => now - Math.max(historyDays, 1) * dayMs;

/** Whether an orphaned row is an erased member's, as far as its collection said how it forgets. */
const concerns = (row: OrphanRow, isErased: (id: string) => boolean): boolean => {
  const parts = decodeKey(row.keyKinds as Kinds, row.key);
  const isKeyed = row.keyKinds.some((kind, index) => kind === 'member' && isErased(String(parts[index])));
  if (isKeyed) return true;
  // The function that took names out is gone with its feature: the row goes as a whole.
  return row.forget === 'function' && [...idsIn(row.values)].some(isErased);
};

/**
 * Removes rows of erased members that forgetting does not see, because no feature declares their collection any more.
 * By the hashes of who was erased, so also of those who were erased before the feature was deleted and came back.
 */
const forgetOrphans = async (parts: UpkeepParts, guild: GuildId): Promise<number> => {
  const { store, hash, now } = parts;
  let removed = 0;
  let after: OrphanRow | undefined;
  let hashes: ReadonlySet<string> | undefined;
  const isErased = (id: string): boolean => hashes?.has(hash(guild, memberId(id))) === true;
  const step = (state: GuildState): { readonly more: boolean; readonly durable: Promise<void> } => {
    hashes ??= new Set(rowsIn(state, erased).map(([key]) => key));
    const page = hashes.size === 0 ? [] : store.orphans(state, after, orphansATurn);
    after = page.at(-1);
    const rows = page.filter((row) => concerns(row, isErased));
    removed += rows.length;
    const commit = { operation: 'core.forget-orphans', at: Math.max(now(), state.lastAt) as EpochMs } as const;
    const durable =
      rows.length === 0
        ? Promise.resolve()
        : untilDurable((released) => store.removeOrphans(state, rows, commit, released));
    return { more: page.length === orphansATurn, durable };
  };
  for (;;) {
    const { more, durable } = await withGuild(parts, guild, step);
    await durable;
    if (!more) return removed;
  }
};

const forgetAllOrphans = async (parts: UpkeepParts): Promise<void> => {
  if (parts.store.orphanCollections.length === 0) return;
  let last: GuildId | undefined;
  for (;;) {
    const page = parts.store.storedGuilds(last, guildsAtOnce);
    for (const guild of page) {
      try {
        const removed = await forgetOrphans(parts, guild);
        if (removed > 0) parts.log.info({ guild, removed }, 'rows of deleted features went with erased members');
      } catch (error) {
        // One that cannot be read is quarantined, and no reason to leave the others out.
        parts.log.warn({ guild, err: error }, 'rows of deleted features could not be looked at');
      }
    }
    last = page.at(-1);
    if (page.length < guildsAtOnce) return;
  }
};

const renewedPath = (dataFolder: string): string => join(dataFolder, 'journal-renewed');

/** When the journal last began a new segment because a day was over. It outlives bots that are restarted often. */
const readRenewed = async (dataFolder: string): Promise<number | undefined> => {
  const text = await readFile(renewedPath(dataFolder), 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
};

const writeRenewed = async (dataFolder: string, at: number): Promise<void> => {
  const draft = `${renewedPath(dataFolder)}.new`;
  await writeFile(draft, String(at));
  await rename(draft, renewedPath(dataFolder));
};

/** What a bot does about its history: at its start, and from then on each hour. */
export interface Upkeep {
  /** Does what is due. Never rejects. */
  readonly run: () => Promise<void>;
  /** Begins nothing any more and resolves when what runs has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Keeps history from lasting for ever: each day the journal begins a new segment, so that what was erased gets out of
 * it on the quietest bot too, and segments and backups go when their days are over.
 */
export const startUpkeep = (parts: UpkeepParts): Upkeep => {
  const { store, dataFolder, historyDays, now, log } = parts;
  let running = Promise.resolve();
  let stopping = false;

  const work = async (): Promise<void> => {
    if (stopping || store.failed !== undefined) return;
    const renewedAt = await readRenewed(dataFolder);
    if (renewedAt === undefined) await writeRenewed(dataFolder, now());
    else if (now() - renewedAt >= dayMs) {
      await forgetAllOrphans(parts);
      await store.retire();
      await writeRenewed(dataFolder, now());
    }
    const segments = await expireArchive(archiveFolder(dataFolder), now() - historyDays * dayMs);
    const backups = await expireBackups(backupsFolder(dataFolder), backupsBefore(now(), historyDays));
    if (segments + backups > 0) log.info({ segments, backups }, 'history expired');
  };
  const run = (): Promise<void> => {
    running = running.then(work).catch((error: unknown) => log.error({ err: error }, 'history could not be kept up'));
    return running;
  };
  const timer = setInterval(() => void run(), hourMs);
  timer.unref();
  void run();
  return {
    run,
    stop: () => {
      stopping = true;
      clearInterval(timer);
      return running;
    },
  };
};
