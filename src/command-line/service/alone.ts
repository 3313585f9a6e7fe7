import type { GuildDirectory } from '../../actors/directory.ts';
import type { GuildId } from '../../kernel/ids.ts';
import type { Commit, GuildState, Released, Store } from '../../storage/contract.ts';
import { CommandError } from '../errors.ts';

/** A store, and the actors that work on it where a bot runs. */
export interface StoreParts {
  readonly store: Store;
  readonly directory: Pick<GuildDirectory, 'hold'> | undefined;
}

/** How long a guild's actor may take to finish what it has, which may be a call to Discord. */
const patienceMs = 10_000;

const within = async (promise: Promise<void>, guild: GuildId): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const failure = new CommandError(`server ${guild} is too busy: try again later. Nothing was changed.`);
    timer = setTimeout(() => reject(failure), patienceMs);
  });
  try {
    await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs something on a guild's state while no actor has it. What members ask meanwhile waits, and an actor comes back
 * with it that finds what was done.
 */
export const withGuild = async <T>(
  { store, directory }: StoreParts,
  guild: GuildId,
  run: (state: GuildState) => T,
): Promise<T> => {
  const hold = directory?.hold(guild);
  try {
    if (hold) await within(hold.alone, guild);
    const state = store.open(guild);
    try {
      return run(state);
    } finally {
      store.close(state);
    }
  } finally {
    hold?.release();
  }
};

/** Resolves when what is committed is durable. */
export const untilDurable = (commit: (released: (result: Released) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    commit((result) => {
      if (result === 'durable') resolve();
      else reject(new CommandError('the journal cannot be written. Nothing was changed.'));
    });
  });

/** Commits changes of nobody's. */
export const commitChanges = (
  store: Store,
  state: GuildState,
  commit: Pick<Commit, 'operation' | 'at' | 'sequence' | 'changes'>,
): Promise<void> =>
  untilDurable((released) => store.commit(state, { ...commit, answered: undefined, seed: undefined }, released));
