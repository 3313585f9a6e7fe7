import { join } from 'node:path';
import { archiveFolder, listArchive } from '../../storage/archive/archive.ts';
import { listBackups } from '../../storage/backup/manifest.ts';
import { requireFolder, requireFolderOrNothing } from '../folders.ts';
import type { CommandParts } from '../parts.ts';
import { backupsFolder } from '../service/service.ts';
import { backupsBefore, expireBackups } from '../service/upkeep.ts';
import { bytesText, countText, spanText, timeText } from '../words.ts';
import { withService } from './with-service.ts';

/** Takes a backup of a data folder, and removes those in the same place whose days are over. */
export const backup = async (
  parts: CommandParts,
  { data, to }: { readonly data: string; readonly to: string | undefined },
): Promise<void> => {
  const named = to === undefined ? undefined : await requireFolderOrNothing(to);
  await withService(parts, data, async (service, folder) => {
    const target = named ?? backupsFolder(folder);
    const { folder: made, bytes, rows, guilds, tookMs } = await service.backup({ to: target });
    parts.say(
      `Backed up ${countText(guilds, 'server')} (${countText(rows, 'row')}, ${bytesText(bytes)}) in ${spanText(tookMs)}: ${made}`,
    );
    const expired = await expireBackups(target, backupsBefore(parts.now(), parts.historyDays));
    if (expired > 0) parts.say(`Removed ${countText(expired, 'backup')} older than ${parts.historyDays} days.`);
  });
};

/** Lists the backups of a data folder, and what history there is. */
export const backups = async (
  parts: CommandParts,
  { data, from }: { readonly data: string; readonly from: string | undefined },
): Promise<void> => {
  const folder = from === undefined ? backupsFolder(await requireFolder(data)) : await requireFolder(from);
  const found = await listBackups(folder);
  for (const { folder: path, manifest, bytes } of found.backups) {
    parts.say(
      `${timeText(manifest.at)}  ${countText(manifest.guilds, 'server')}, ${countText(manifest.rows, 'row')}, ${bytesText(bytes)}: ${path}`,
    );
  }
  for (const path of found.damaged) parts.say(`cannot be used: ${path}`);
  if (found.backups.length + found.damaged.length === 0) parts.say(`No backup in ${folder}.`);
  if (from !== undefined) return;
  const segments = await listArchive(archiveFolder(join(folder, '..')));
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const since = segments[0] === undefined ? '' : `, the oldest archived ${timeText(segments[0].at)}`;
  parts.say(`History: ${countText(segments.length, 'segment')}, ${bytesText(bytes)}${since}.`);
};
