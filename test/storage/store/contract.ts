import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GuildId } from '../../../src/kernel/ids.ts';
import type { Released, Store } from '../../../src/storage/contract.ts';
import type { Journal, Rows } from '../../../src/storage/ports.ts';
import { openStore } from '../../../src/storage/store.ts';
import { collections, sums, wallets } from './collections.ts';
import { firstGuild, guilds } from './deeds.ts';
import { commit, openStates } from './machine.ts';
import { check, commitOf, type Deed, modelOf, requestAt } from './model.ts';

/** Where a store under test keeps its data; opening it again gives what was there. */
export interface Place {
  readonly openJournal: () => Promise<Journal>;
  readonly openRows: () => Promise<Rows>;
  readonly remove: () => Promise<void>;
}

const pay = (at: number, guild = firstGuild): Deed => ({
  guild,
  at,
  changes: [
    { collection: 'wallet', key: `member ${at % 17}`, after: { coins: (at * 7_919) % 101, badges: [] } },
    { collection: 'history', key: `member ${at % 17}\u001f${at}`, after: { text: `paid ${at}` } },
  ],
  request: requestAt(at),
});

/** What every store keeps to, whatever its journal and rows are. */
export const storeContract = (name: string, make: () => Promise<Place>): void => {
  describe(`a store on ${name}`, () => {
    let place: Place;
    let store: Store;
    let errors: unknown[];
    const open = async (): Promise<Store> =>
      openStore({
        journal: await place.openJournal(),
        rows: await place.openRows(),
        collections,
        snapshotIntervalMs: 1_000_000,
        sliceRowsMax: 10,
        onError: (error) => errors.push(error),
      });
    beforeEach(async () => {
      errors = [];
      place = await make();
      store = await open();
    });
    afterEach(async () => {
      await store.shutdown();
      expect(errors).toEqual([]);
      await place.remove();
    });

    test('shows an operation at once, and tells later that it is durable', async () => {
      const state = store.open(firstGuild);
      let told: Released | undefined;
      store.commit(state, commitOf(state, pay(1), 0), (result) => {
        told = result;
      });
      check(state, modelOf(firstGuild, [pay(1)]));
      expect(told).toBeUndefined();
      const read = await new Promise((resolve) => store.afterDurable(state, resolve));
      expect([told, read]).toEqual(['durable', 'durable']);
    });

    test('tells a reader at once when nothing waits for the disk', async () => {
      const state = store.open(firstGuild);
      await commit(store, state, pay(1), 0);
      let told: Released | undefined;
      store.afterDurable(state, (result) => {
        told = result;
      });
      expect(told).toBe('durable');
    });

    test('tells operations and their readers in order', async () => {
      const states = openStates(store);
      const order: string[] = [];
      const all: Promise<void>[] = [];
      for (let at = 1; at <= 30; at += 1) {
        const state = states.of(guilds[at % 3] ?? firstGuild);
        const deed = pay(at, state.guild);
        all.push(
          new Promise((resolve) => {
            store.commit(state, commitOf(state, deed, state.sequence), () => order.push(`operation ${at}`));
            store.afterDurable(state, () => {
              order.push(`reader ${at}`);
              resolve();
            });
          }),
        );
      }
      await Promise.all(all);
      const expected = Array.from({ length: 30 }, (_, at) => [`operation ${at + 1}`, `reader ${at + 1}`]).flat();
      expect(order).toEqual(expected);
    });

    test('has everything after a stop, in snapshots and in memory of other guilds', async () => {
      const deeds: Deed[] = [];
      const done: Promise<Released>[] = [];
      let states = openStates(store);
      for (let at = 1; at <= 120; at += 1) {
        const deed = pay(at, guilds[at % 3]);
        const state = states.of(deed.guild);
        done.push(commit(store, state, deed, state.sequence));
        deeds.push(deed);
        if (at % 50 === 0) await store.snapshot();
      }
      expect(new Set(await Promise.all(done))).toEqual(new Set(['durable']));
      for (const guild of guilds) check(states.of(guild), modelOf(guild, deeds));
      await store.shutdown();
      store = await open();
      states = openStates(store);
      for (const guild of guilds) check(states.of(guild), modelOf(guild, deeds));
      expect(store.figures()).toMatchObject({ guildsInMemory: 3, unsnapshottedBytes: 0, failed: false });
    });

    test('lets go of a closed guild when all of it is in a snapshot', async () => {
      const state = store.open(firstGuild);
      await commit(store, state, pay(1), 0);
      expect(state.figures()).toMatchObject({ rowsUnsnapshotted: 2 });
      store.close(state);
      expect(store.figures().guildsInMemory).toBe(1);
      expect(() => store.commit(state, commitOf(state, pay(2), 1), () => undefined)).toThrow();
      await store.snapshot();
      expect(store.figures()).toMatchObject({ guildsInMemory: 0, unsnapshottedBytes: 0 });
      const again = store.open(firstGuild);
      check(again, modelOf(firstGuild, [pay(1)]));
      const { journalPosition, snapshotPosition } = again.figures();
      expect(snapshotPosition).toBe(journalPosition);
    });

    test('says whether a guild may have rows without opening it', async () => {
      const [, second, third] = guilds as readonly [GuildId, GuildId, GuildId];
      const seen = (guild: GuildId) => [guild, store.mayHaveRows(guild), store.mayHaveRows(guild, sums)] as const;
      expect(guilds.map(seen)).toEqual(guilds.map((guild) => [guild, false, false]));
      const states = openStates(store);
      await commit(store, states.of(firstGuild), pay(1), 0);
      const counted: Deed = {
        guild: second,
        at: 2,
        changes: [{ collection: 'sum', key: 'one', after: { sum: 3n } }],
        request: requestAt(2),
      };
      await commit(store, states.of(second), counted, 0);
      const expected = [
        [firstGuild, true, false],
        [second, true, true],
        [third, false, false],
      ];
      expect(guilds.map(seen)).toEqual(expected);
      for (const guild of [firstGuild, second]) states.close(guild);
      await store.snapshot();
      expect(store.figures().guildsInMemory).toBe(0);
      expect(guilds.map(seen)).toEqual(expected);
      await commit(
        store,
        states.of(second),
        { ...counted, at: 3, changes: [{ collection: 'sum', key: 'one', after: undefined }] },
        0,
      );
      expect(store.mayHaveRows(second, sums)).toBe(false);
      await store.shutdown();
      store = await open();
      expect(guilds.map(seen)).toEqual([expected[0], [second, true, false], expected[2]]);
      expect(store.figures().guildsInMemory).toBe(0);
    });

    test('takes operations of the newest opening of a guild alone', async () => {
      const stale = store.open(firstGuild);
      await commit(store, stale, pay(1), 0);
      const state = store.open(firstGuild);
      expect(() => store.commit(stale, commitOf(stale, pay(2), 1), () => undefined)).toThrow(
        expect.objectContaining({ name: 'FencedError' }),
      );
      check(state, modelOf(firstGuild, [pay(1)]));
      await commit(store, state, pay(3), 1);
      check(state, modelOf(firstGuild, [pay(1), pay(3)]));
    });

    test('shows nothing of an operation that could not be applied', async () => {
      const state = store.open(firstGuild);
      await commit(store, state, pay(1), 0);
      const half = {
        ...pay(2),
        changes: [...pay(2).changes, { collection: 'wallet', key: 'x', after: { coins: 0.5 } }],
      };
      expect(() => store.commit(state, commitOf(state, half as Deed, 1), () => undefined)).toThrow('safe integers');
      check(state, modelOf(firstGuild, [pay(1)]));
      const unknown = { ...wallets, name: 'test.unknown' as const };
      const change = { collection: unknown, key: 'x', before: undefined, after: { coins: 1, badges: [] } };
      expect(() => store.commit(state, { ...commitOf(state, pay(2), 1), changes: [change] }, () => undefined)).toThrow(
        'test.unknown',
      );
      await commit(store, state, pay(3), 1);
      check(state, modelOf(firstGuild, [pay(1), pay(3)]));
    });

    test('keeps rows of one guild from another', async () => {
      const [one, other] = guilds.map((guild) => store.open(guild));
      await commit(store, one ?? expect.unreachable(), pay(1), 0);
      check(other ?? expect.unreachable(), modelOf(guilds[1] ?? firstGuild, []));
      await store.snapshot();
      check(other ?? expect.unreachable(), modelOf(guilds[1] ?? firstGuild, []));
    });
  });
};
