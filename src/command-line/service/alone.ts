import type { GuildDirectory } from '../../actors/directory.ts';
import type { GuildId } from '../../kernel/ids.ts';
import type { Commit, GuildState, Released, Store } from '../../storage/contract.ts';
import { nextTurn } from '../../storage/folders.ts';
import { CommandError } from '../errors.ts';

/** A store, and the actors that work on it where a bot runs. */
export interface StoreParts {
  readonly store: Store;
  readonly directory: Pick<GuildDirectory, 'evictIdle' | 'figures'> | undefined;
}

/** Turns that a guild's actor is waited for to have nothing to do. */
const turnsMax = 20_000;

/**
 * Runs something on a guild's state while no actor has it, all in one turn of the event loop: an actor that was let go
 * of comes back with the next request, and finds what was done.
 */
export const withGuild = async <T>(
  { store, directory }: StoreParts,
  guild: GuildId,
  run: (state: GuildState) => T,
): Promise<T> => {
  for (let turn = 0; directory?.figures(guild) !== undefined; turn += 1) {
    directory.evictIdle(0);
    if (directory.figures(guild) === undefined) break;
    if (turn === turnsMax) throw new CommandError(`server ${guild} is too busy: try again later. Nothing was changed.`);
    await nextTurn();
  }
  const state = store.open(guild);
  try {
    return run(state);
  } finally {
    store.close(state);
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
