import type { Logger } from 'pino';
import type { GuildId, MemberId } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Store } from '../storage/contract.ts';
import type { StoreOptions } from '../storage/store.ts';

/** What is declared, and how members are hashed, in an installation. */
export interface Declared {
  readonly registry: Registry;
  readonly hash: (guild: GuildId, member: MemberId) => string;
  readonly store: Pick<StoreOptions, 'collections' | 'alarms' | 'hides'>;
}

/** What commands stand on. */
export interface CommandParts {
  /** The data folder unless another one is named. */
  readonly dataFolder: string;
  /** Days for which backups are kept. */
  readonly historyDays: number;
  readonly version: string;
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly log: Logger;
  /** Declares everything for the installation that has its key in this folder; makes one where there is none. */
  readonly declare: (keyFolder: string) => Promise<Declared>;
  /** Opens the store in a folder that this process owns. */
  readonly openData: (registry: Registry, folder: string) => Promise<Store>;
  /** Prints a line for people. */
  readonly say: (line: string) => void;
}
