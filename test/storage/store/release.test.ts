import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { GuildState, Released, Store } from '../../../src/storage/contract.ts';
import { firstGuild } from './deeds.ts';
import { emptyDisk, openStates, start } from './machine.ts';
import { commitOf } from './model.ts';

/** Commits an operation; gives what it was released by, which nobody but the store holds. */
const commitWeakly = async (store: Store, state: GuildState): Promise<WeakRef<object>> => {
  let released: WeakRef<object> | undefined;
  await new Promise<void>((resolve) => {
    const release = (_result: Released): void => resolve();
    released = new WeakRef(release);
    const deed = { guild: firstGuild, at: 1, changes: [], request: '1' };
    store.commit(state, commitOf(state, deed, state.sequence), release);
  });
  return released ?? expect.unreachable();
};

test('what an operation made is let go of with its release', async () => {
  setFlagsFromString('--expose-gc');
  const clearMemory = runInNewContext('gc') as () => void;
  const { store } = await start(emptyDisk());
  const state = openStates(store).of(firstGuild);
  const released = await commitWeakly(store, state);
  // A weak reference holds what it refers to until the end of the turn it was made in.
  await new Promise((resolve) => setImmediate(resolve));
  clearMemory();
  expect(released.deref()).toBeUndefined();
  await store.shutdown();
});
