import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { idsIn } from '../../forgetting/traces.ts';
import { type GuildId, isSnowflake, type MemberId, memberId } from '../../kernel/ids.ts';
import { encodeKey } from '../../kernel/key.ts';
import { departures } from '../../kernel/membership.ts';
import { timers } from '../../kernel/timer.ts';
import { beginHistory } from '../../storage/archive/history-id.ts';
import { keyName } from '../../storage/backup/manifest.ts';
import { rebuild } from '../../storage/backup/rebuild.ts';
import type { Change, GuildState } from '../../storage/contract.ts';
import { syncFolder } from '../../storage/folders.ts';
import { CommandError } from '../errors.ts';
import { chooseBackup, folderBytes, historyFolder } from '../folders.ts';
import type { CommandParts, Declared } from '../parts.ts';
import { commitChanges, withGuild } from '../service/alone.ts';
import { rowsIn } from '../service/difference.ts';
import { bytesText, countText, spanText, timeText } from '../words.ts';
import { erasedAfter, historyBehind, requirePast } from './history.ts';

/** What is restored, and where to. */
export interface RestoreWish {
  readonly from: string;
  readonly to: string;
  readonly at: number | undefined;
  /** A data folder that has the history behind the backup. */
  readonly history: string | undefined;
}

/** Throws `CommandError` unless a folder can come to be there: nothing is ever written over. */
const requireRoom = async (path: string): Promise<string> => {
  const folder = resolve(path);
  const names = await readdir(folder).catch((failure: unknown) => {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return [];
    throw new CommandError(`${folder} is no folder. Nothing was changed.`, { cause: failure });
  });
  if (names.length === 0) return folder;
  throw new CommandError(
    `${folder} is not empty: move it away, or restore to another folder with --to. Nothing was changed.`,
  );
};

/** Rows by which the bot erases members first thing at its start; until then they are on no board and can do nothing. */
const erasing = (state: GuildState, member: MemberId): readonly Change[] => {
  const at = state.lastAt;
  const timer = encodeKey(timers.key, ['core.erase-member', member]);
  return [
    {
      collection: departures,
      key: member,
      before: state.row(departures, member),
      after: { at, eraseAt: at, stage: 'erasing' },
    },
    {
      collection: timers,
      key: timer,
      before: state.row(timers, timer),
      after: { at, version: 1, input: { member }, attempts: 0 },
    },
  ];
};

const eraseAgain = async (
  parts: CommandParts,
  declared: Declared,
  folder: string,
  erasedSince: ReadonlyMap<GuildId, ReadonlySet<string>>,
): Promise<number> => {
  if (erasedSince.size === 0) return 0;
  const store = await parts.openData(declared.registry, folder);
  let members = 0;
  try {
    for (const [guild, hashes] of erasedSince) {
      await withGuild({ store, directory: undefined }, guild, async (state) => {
        const named = new Set<string>();
        for (const collection of declared.registry.collections.values()) {
          for (const row of rowsIn(state, collection)) for (const id of idsIn(row)) named.add(id);
        }
        const leaving = [...named].filter((id) => isSnowflake(id) && hashes.has(declared.hash(guild, memberId(id))));
        members += leaving.length;
        const changes = leaving.flatMap((id) => erasing(state, memberId(id)));
        if (changes.length === 0) return;
        const { lastAt: at, sequence } = state;
        await commitChanges(store, state, { operation: 'core.restore', at, sequence, changes });
      });
    }
  } finally {
    await store.shutdown();
  }
  return members;
};

/** Makes a data folder of a backup, as of its end or of a time. The folder is there as a whole or not at all. */
export const restore = async (parts: CommandParts, wish: RestoreWish): Promise<void> => {
  const { at } = wish;
  requirePast(at, parts.now());
  const startedMs = parts.monotonicMs();
  const target = await requireRoom(wish.to);
  const backup = await chooseBackup(wish.from, at);
  const dataFolder = await historyFolder(backup, wish.history);
  const history = await historyBehind(backup, dataFolder, at);
  // What came later is looked at in any case, for who was erased then.
  const later = await historyBehind(backup, dataFolder, at ?? backup.manifest.at);
  const draft = join(dirname(target), `.${basename(target)}.restoring-${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 });
    if (backup.manifest.files.some(({ path }) => path === keyName)) {
      await copyFile(join(backup.folder, keyName), join(draft, keyName));
    }
    const declared = await parts.declare(draft);
    const until = at ?? Number.POSITIVE_INFINITY;
    const onError = (error: unknown): void => parts.log.warn({ err: error }, 'restoring');
    const { rows, entries } = await rebuild({
      backup,
      history,
      at: until,
      folder: draft,
      declared: declared.store,
      onError,
    });
    const since = erasedAfter(later, at ?? backup.manifest.at);
    const members = await eraseAgain(parts, declared, draft, since);
    await beginHistory(draft);
    await syncFolder(draft);
    await rename(draft, target);
    await syncFolder(dirname(target));
    const left =
      members === 0 ? '' : ` ${countText(members, 'member')} who were erased since will be erased at the first start.`;
    parts.say(
      `Restored ${countText(rows, 'row')} and ${countText(entries, 'later operation')} as of ${timeText(at ?? backup.manifest.at)} ` +
        `(${bytesText(await folderBytes(target))}) in ${spanText(parts.monotonicMs() - startedMs)}: ${target}.${left}`,
    );
  } catch (failure) {
    await rm(draft, { recursive: true, force: true });
    throw failure;
  } finally {
    await history.close();
    await later.close();
  }
};
