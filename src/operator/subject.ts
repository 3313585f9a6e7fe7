import type { GuildDirectory } from '../actors/directory.ts';
import type { Registry } from '../kernel/registry.ts';
import type { WorldView } from '../kernel/world.ts';
import type { ClockWatch } from '../schedule/clock-watch.ts';
import type { Store } from '../storage/contract.ts';

/** What the debug commands look at; handed over once the runtime runs. */
export interface DebugSubject {
  readonly directory: Pick<GuildDirectory, 'figures' | 'actorsInMemory' | 'quarantines'>;
  readonly store: Pick<Store, 'figures'>;
  readonly registry: Pick<Registry, 'jobs' | 'operations' | 'worlds'>;
  /** The newest version of each world. */
  readonly worlds: ReadonlyMap<string, WorldView<unknown>>;
  readonly deadlines: Pick<ClockWatch, 'hold' | 'release'>;
  /** Operators of this bot, by user id. */
  readonly owners: ReadonlySet<string>;
}

/** The subject, when an operation runs: never before the runtime does. */
export type LookAt = () => DebugSubject;
