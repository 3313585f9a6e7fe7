import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import type { Clock } from './kernel/clock.ts';
import { outbox } from './kernel/effect.ts';
import { departures } from './kernel/membership.ts';
import type { Registry } from './kernel/registry.ts';
import { timers } from './kernel/timer.ts';
import { oneLine } from './one-line.ts';
import { archiveFolder, archiveSegments } from './storage/archive/archive.ts';
import type { Store } from './storage/contract.ts';
import { openSegmentJournal } from './storage/journal/segment-journal.ts';
import { RowsUnusableError } from './storage/ports.ts';
import { openLmdbRows } from './storage/rows/lmdb-rows.ts';
import { openStore, type StoreOptions } from './storage/store.ts';

/** What a store has to know of what is declared. */
export const storeDeclarations = (
  registry: Registry,
): Pick<StoreOptions, 'collections' | 'alarms' | 'hides'> & { readonly hides: typeof departures } => ({
  collections: [...registry.collections.values()],
  alarms: [
    { collection: timers, ordering: 'due' },
    { collection: outbox, ordering: 'due' },
  ],
  hides: departures,
});

/** Opens journal, rows and the store over them. The folder is this process's own. */
export const openData = async (parts: {
  readonly registry: Registry;
  readonly configuration: Pick<Configuration, 'dataFolder' | 'durability' | 'snapshotIntervalMs' | 'historyDays'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a segment of the journal gets; as the journal has it unless given. */
  readonly segmentBytesMax?: number;
}): Promise<Store> => {
  const { dataFolder, durability, snapshotIntervalMs, historyDays } = parts.configuration;
  const onError = (error: unknown): void => {
    if (!(error instanceof RowsUnusableError)) return parts.log.error({ err: error }, 'storage');
    // Nothing more can be read either. The next start finds everything: the journal has what the rows have not.
    parts.log.fatal(oneLine(error));
    process.exit(1);
  };
  const folder = join(dataFolder, 'journal');
  const retire = archiveSegments({ journal: folder, archive: archiveFolder(dataFolder), now: parts.clock.now });
  const journal = await openSegmentJournal({
    folder,
    durability,
    ...(historyDays > 0 && { retire }),
    ...(parts.segmentBytesMax !== undefined && { segmentBytesMax: parts.segmentBytesMax }),
  });
  if (journal.tornBytes > 0) {
    const what =
      'the end of the journal was cut off: a write that a crash had interrupted, or one that was damaged later';
    parts.log.warn({ bytes: journal.tornBytes }, what);
  }
  const rows = await openLmdbRows({ folder: join(dataFolder, 'rows') });
  const store = await openStore({
    ...storeDeclarations(parts.registry),
    journal,
    rows,
    snapshotIntervalMs,
    onError,
  });
  // What is stored, and due, in the journal alone is known from a snapshot on. A full disk may take a later one.
  await store.snapshot().catch(onError);
  return store;
};
