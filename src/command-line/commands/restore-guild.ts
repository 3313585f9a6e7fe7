import { type GuildId, isSnowflake } from '../../kernel/ids.ts';
import { CommandError } from '../errors.ts';
import { chooseBackup, historyFolder, requireStore } from '../folders.ts';
import type { CommandParts } from '../parts.ts';
import type { RestoreReport } from '../service/service.ts';
import { withWorkFolder } from '../service/service.ts';
import { stageGuild } from '../stage.ts';
import { countText, spanText, timeText } from '../words.ts';
import { historyBehind, requirePast } from './history.ts';
import { withService } from './with-service.ts';

/** What of which server is restored. */
export interface GuildWish {
  readonly data: string;
  readonly from: string;
  readonly guild: string;
  readonly at: number | undefined;
  readonly dryRun: boolean;
}

const tell = (parts: CommandParts, { collections, balances }: RestoreReport): void => {
  for (const { collection, added, changed, removed } of collections) {
    parts.say(`${collection}: ${added} added, ${changed} changed, ${removed} removed`);
  }
  for (const { member, before, after } of balances) {
    parts.say(`member ${member}: ${before.toLocaleString('en')} coins now, ${after.toLocaleString('en')} then`);
  }
};

/** Puts one server back to how it was at a time; a dry run says what that changes. */
export const restoreGuild = async (parts: CommandParts, wish: GuildWish): Promise<void> => {
  const { guild, at, dryRun } = wish;
  if (!isSnowflake(guild))
    throw new CommandError(`${guild} is no id of a server: it has 17 to 20 digits. Nothing was changed.`);
  requirePast(at, parts.now());
  const startedMs = parts.monotonicMs();
  const folder = await requireStore(wish.data);
  const backup = await chooseBackup(wish.from, at);
  const history = await historyBehind(
    backup,
    (await historyFolder(backup, undefined)) ?? (await sameHistory(backup, folder)),
    at,
  );
  try {
    await withService(parts, folder, async (service) => {
      const presence = await service.presence({ guild });
      const { registry, hash, store: declared } = await parts.declare(folder);
      await withWorkFolder(folder, async (work) => {
        const staged = await stageGuild({
          registry,
          hash,
          declared,
          backup,
          history,
          at: at ?? Number.POSITIVE_INFINITY,
          guild: guild as GuildId,
          presence,
          folder: work,
          log: parts.log,
        });
        const { rows, sequence } = staged;
        const report = await service.restoreGuild({ guild, rows, sequence, dryRun });
        tell(parts, report);
        const tookMs = parts.monotonicMs() - startedMs;
        const left =
          staged.leftOut === 0 ? '' : `, without ${countText(staged.leftOut, 'member')} who were erased since`;
        const when = timeText(at ?? backup.manifest.at);
        parts.say(
          dryRun
            ? `A restore of server ${guild} to ${when} would change ${countText(report.rows, 'row')}${left}. Nothing was changed.`
            : `Restored server ${guild} to ${when}: ${countText(report.rows, 'row')} changed of ${staged.count.toLocaleString('en')}${left}, in ${spanText(tookMs)}.`,
        );
      });
    });
  } finally {
    await history.close();
  }
};

const sameHistory = async (
  backup: Parameters<typeof historyFolder>[0],
  folder: string,
): Promise<string | undefined> => {
  try {
    return await historyFolder(backup, folder);
  } catch (failure) {
    // A backup of before a whole restore: it is of use by itself.
    if (failure instanceof CommandError) return undefined;
    throw failure;
  }
};
