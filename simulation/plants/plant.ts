import type { GuildDirectory } from '../../src/actors/directory.ts';
import type { Runtime } from '../../src/actors/execute.ts';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import type { SeedSource } from '../../src/kernel/random.ts';
import type { Store } from '../../src/storage/contract.ts';
import type { JournalFiles } from '../../src/storage/journal/files.ts';
import type { Journal, Rows } from '../../src/storage/ports.ts';

/** A sabotage of a process, at the places where the simulation puts its parts together. */
export interface Plant {
  readonly files: (files: JournalFiles) => JournalFiles;
  readonly journal: (journal: Journal) => Journal;
  readonly rows: (rows: Rows) => Rows;
  /** The store as such: below what is recorded. */
  readonly store: (store: Store) => Store;
  /** The store as actors have it: above what is recorded. */
  readonly actorsStore: (store: Store) => Store;
  readonly directory: (directory: GuildDirectory) => GuildDirectory;
  readonly runtime: (runtime: Runtime) => Runtime;
  readonly feature: (feature: Feature) => Feature;
  readonly hides: (rows: AnyCollection) => AnyCollection;
  readonly seeds: (source: SeedSource) => SeedSource;
}

const asItIs = <T>(part: T): T => part;

/** A process as it is. */
export const noPlant: Plant = {
  files: asItIs,
  journal: asItIs,
  rows: asItIs,
  store: asItIs,
  actorsStore: asItIs,
  directory: asItIs,
  runtime: asItIs,
  feature: asItIs,
  hides: asItIs,
  seeds: asItIs,
};
