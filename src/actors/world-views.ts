import type { Logger } from 'pino';
import { marketRealm } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import { type WorldView, worlds } from '../kernel/world.ts';
import type { Change, Store } from '../storage/contract.ts';

type Views = Map<string, WorldView<unknown>>;

/** A version of a world on its way to the guilds. */
export interface Publication {
  readonly name: string;
  readonly view: WorldView<unknown>;
}

/** What an operation of the market publishes. */
export const publicationsIn = (changes: readonly Change[]): readonly Publication[] =>
  changes
    .filter(({ collection, after }) => collection === worlds && after !== undefined)
    .map(({ key, after }) => ({ name: key, view: after as WorldView<unknown> }));

/** What an operator sees of the worlds in a guild. */
export interface WorldFigures {
  readonly versions: Readonly<Record<string, number>>;
  /** Versions that never came, because a newer one did. */
  readonly gaps: number;
  /** Versions that came again, or late. */
  readonly repeats: number;
}

/** The worlds as one guild knows them, and what was odd on their way to it. */
export class HeardWorlds {
  readonly #views: Views;
  #gaps = 0;
  #repeats = 0;

  /** Knows the newest versions. */
  constructor(newest: ReadonlyMap<string, WorldView<unknown>>) {
    this.#views = new Map(newest);
  }

  get views(): ReadonlyMap<string, WorldView<unknown>> {
    return this.#views;
  }

  /** Takes a newer version; ignores what is known or older. */
  hear({ name, view }: Publication): void {
    const known = this.#views.get(name)?.version ?? 0;
    if (view.version <= known) {
      this.#repeats += 1;
      return;
    }
    this.#gaps += view.version - known - 1;
    this.#views.set(name, view);
  }

  figures(): WorldFigures {
    const versions = Object.fromEntries([...this.#views].map(([name, { version }]) => [name, version]));
    return { versions, gaps: this.#gaps, repeats: this.#repeats };
  }
}

/**
 * Reads the newest version of each declared world from the market's rows. One whose stored value is not of the declared
 * form any more is left out until the market publishes it anew.
 */
export const loadWorlds = (store: Store, { worlds: declared }: Registry, into: Views, log: Logger): void => {
  if (declared.size === 0) return;
  const state = store.open(marketRealm);
  try {
    for (const { name, schema } of declared.values()) {
      const row = state.row(worlds, name) as WorldView<unknown> | undefined;
      if (!row) continue;
      try {
        into.set(name, { ...row, value: schema.parse(row.value) });
      } catch (error) {
        log.error({ world: name, err: error }, 'a stored world is of another form');
      }
    }
  } finally {
    store.close(state);
  }
};
