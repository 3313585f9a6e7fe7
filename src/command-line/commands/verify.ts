import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginAsNobody, type ExecutionRuntime } from '../../actors/execute.ts';
import { epochMs, type GuildId } from '../../kernel/ids.ts';
import type { Registry } from '../../kernel/registry.ts';
import { archiveFolder } from '../../storage/archive/archive.ts';
import { replayJournal } from '../../storage/archive/replay-journal.ts';
import { auditGuild, lastValuesOf, readCatalogue, readOnlyRows } from '../../storage/audit.ts';
import { rebuild } from '../../storage/backup/rebuild.ts';
import type { GuildState } from '../../storage/contract.ts';
import { nextTurn } from '../../storage/folders.ts';
import { nodeFiles } from '../../storage/journal/node-files.ts';
import { inspectJournal } from '../../storage/journal/recovery.ts';
import { replaySegments, segmentReader } from '../../storage/journal/replay.ts';
import { lockFolder } from '../../storage/owner-lock.ts';
import { DamagedStoreError, type Position } from '../../storage/ports.ts';
import { openLmdbRows } from '../../storage/rows/lmdb-rows.ts';
import { openStore } from '../../storage/store.ts';
import { storedGuilds } from '../../storage/stored-guilds.ts';
import { CommandError } from '../errors.ts';
import { chooseBackup, folderBytes, requireStore } from '../folders.ts';
import { auditLedger } from '../ledger-audit.ts';
import type { CommandParts, Declared } from '../parts.ts';
import { backupsFolder, withWorkFolder } from '../service/service.ts';
import { bytesText, countText, spanText } from '../words.ts';
import { historyBehind } from './history.ts';

const neverMs = 2 ** 31 - 1;
const guildsAtOnce = 500;
const problemsShownMax = 50;

/** What a look at a store found. */
interface Findings {
  readonly guilds: number;
  readonly rows: number;
  readonly problems: readonly string[];
}

const brokenRules = (state: GuildState, registry: Registry, now: number): readonly string[] => {
  const runtime: ExecutionRuntime = {
    registry,
    clock: { now: () => epochMs(now), monotonicMs: () => 0 },
    seeds: () => new Uint8Array(16),
    worlds: new Map(),
    owners: new Set(),
    freezeRows: false,
  };
  const query = beginAsNobody(state, runtime);
  return registry.invariants.filter(({ holds }) => !holds(query)).map(({ name }) => `the rule ${name} is broken`);
};

/** Looks at everything in a folder that this process owns, and changes nothing in it. */
const auditStore = async (parts: CommandParts, declared: Declared, folder: string): Promise<Findings> => {
  const journalFolder = join(folder, 'journal');
  const { segments } = await inspectJournal(journalFolder, await nodeFiles(journalFolder));
  const rows = await openLmdbRows({ folder: join(folder, 'rows') });
  try {
    const last = ((segments.at(-1)?.next ?? 1) - 1) as Position;
    const { values, problems: found } = lastValuesOf(replaySegments(journalFolder, segments, 0));
    const problems = [...found];
    const catalogue = await readCatalogue(rows, declared.store.collections);
    const store = await openStore({
      ...declared.store,
      journal: replayJournal(segmentReader(journalFolder, segments), last),
      rows: readOnlyRows(rows),
      snapshotIntervalMs: neverMs,
      unsnapshottedBytesMax: Number.MAX_SAFE_INTEGER,
      // Nothing is written, so nothing can be let go of.
      tailEntriesMax: Number.MAX_SAFE_INTEGER,
      every: () => () => undefined,
      onError: (error) => problems.push(String(error)),
    });
    const guilds = new Set<GuildId>(values.keys());
    for (let page = storedGuilds(rows, undefined, guildsAtOnce); page.length > 0; ) {
      for (const guild of page) guilds.add(guild);
      page = storedGuilds(rows, page.at(-1), guildsAtOnce);
    }
    let count = 0;
    for (const guild of guilds) {
      try {
        const state = store.open(guild);
        const audit = auditGuild({ rows, catalogue, state, told: values.get(guild) });
        count += audit.rows;
        for (const problem of audit.problems) problems.push(`server ${guild}: ${problem}`);
        for (const rule of brokenRules(state, declared.registry, parts.now()))
          problems.push(`server ${guild}: ${rule}`);
        for (const problem of auditLedger(state)) problems.push(`server ${guild}: ${problem}`);
        store.close(state);
      } catch (failure) {
        if (!(failure instanceof DamagedStoreError)) throw failure;
        problems.push(`server ${guild}: ${failure.message}`);
      }
      await nextTurn();
    }
    return { guilds: guilds.size, rows: count, problems };
  } finally {
    await rows.close();
    for (const { file } of segments) await file.close();
  }
};

const auditFolder = async (parts: CommandParts, path: string): Promise<Findings> => {
  const folder = await requireStore(path);
  const lock = await lockFolder(folder);
  try {
    const declared = await parts.declare(folder);
    return await auditStore(parts, declared, folder);
  } finally {
    await lock.release();
  }
};

const auditBackup = async (parts: CommandParts, from: string): Promise<Findings> => {
  const backup = await chooseBackup(from, undefined);
  const history = await historyBehind(backup, undefined, undefined);
  try {
    return await withWorkFolder(tmpdir(), async (folder) => {
      const declared = await parts.declare(folder);
      const problems: string[] = [];
      const onError = (error: unknown): void => void problems.push(String(error));
      await rebuild({ backup, history, at: Number.POSITIVE_INFINITY, folder, declared: declared.store, onError });
      const findings = await auditStore(parts, declared, folder);
      return { ...findings, problems: [...problems, ...findings.problems] };
    });
  } finally {
    await history.close();
  }
};

/** Looks at every row of a store that no bot uses, or of a backup, and says what is wrong. Throws when something is. */
export const verify = async (
  parts: CommandParts,
  { data, from }: { readonly data: string; readonly from: string | undefined },
): Promise<void> => {
  const startedMs = parts.monotonicMs();
  const { guilds, rows, problems } = await (from === undefined ? auditFolder(parts, data) : auditBackup(parts, from));
  for (const problem of problems.slice(0, problemsShownMax)) parts.say(problem);
  parts.say(
    `Checked ${countText(guilds, 'server')} and ${countText(rows, 'row')} in ${spanText(parts.monotonicMs() - startedMs)}.`,
  );
  if (from === undefined) {
    const kinds = ['rows', 'journal'] as const;
    const sizes: string[] = [];
    for (const kind of kinds) sizes.push(`${kind} ${bytesText(await folderBytes(join(data, kind)))}`);
    sizes.push(`history ${bytesText(await folderBytes(archiveFolder(data)))}`);
    sizes.push(`backups ${bytesText(await folderBytes(backupsFolder(data)))}`);
    parts.say(`Space: ${sizes.join(', ')}.`);
  }
  if (problems.length > 0) {
    throw new CommandError(
      `${countText(problems.length, 'problem')} found: put back a backup, or restore the servers named`,
    );
  }
};
