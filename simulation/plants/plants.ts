// Small sabotages, each of a kind that a change to the runtime could bring. The simulation has to notice all of them.
import { accounts } from '../../src/features/wallet/state.ts';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import { outbox } from '../../src/kernel/effect.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import { removals } from '../../src/kernel/membership.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { Change, Commit, GuildState, Store } from '../../src/storage/contract.ts';
import type { JournalFile } from '../../src/storage/journal/files.ts';
import type { Claim, Journal, Rows, RowWrite } from '../../src/storage/ports.ts';
import { overriding } from '../process/overriding.ts';
import type { RunOptions } from '../runner.ts';
import { deedsName, weather } from '../trial/state.ts';
import { noPlant, type Plant } from './plant.ts';

type Commits = (store: Store, ...given: Parameters<Store['commit']>) => void;

const inStore = (methods: (store: Store) => Partial<Store>): Partial<Plant> => ({
  store: (store) => overriding(store, methods(store)),
});
const inActorsStore = (methods: (store: Store) => Partial<Store>): Partial<Plant> => ({
  actorsStore: (store) => overriding(store, methods(store)),
});
const inJournal = (methods: (journal: Journal) => Partial<Journal>): Partial<Plant> => ({
  journal: (journal) => overriding(journal, methods(journal)),
});
const inCommits = (commit: Commits): Partial<Plant> =>
  inStore((store) => ({ commit: (...given) => commit(store, ...given) }));
const inBatches = (change: (batch: readonly RowWrite[]) => readonly RowWrite[]): Partial<Plant> => ({
  rows: (rows) => overriding<Rows>(rows, { write: (batch) => rows.write(change(batch)) }),
});
const inFiles = (change: (file: JournalFile) => JournalFile): Partial<Plant> => ({
  files: (files) => ({
    ...files,
    create: async (name) => change(await files.create(name)),
    open: async (name) => change(await files.open(name)),
  }),
});
const inFeatures = (change: (feature: Feature) => Feature): Partial<Plant> => ({ feature: change });
const inOperations = (name: string, change: (operation: AnyOperation) => Partial<AnyOperation>): Partial<Plant> =>
  inFeatures((feature) => ({
    ...feature,
    operations: feature.operations.map((operation) =>
      operation.name === name
        ? Object.assign({ ...operation }, change(operation as unknown as AnyOperation))
        : operation,
    ),
  }));
const inCollections = (name: string, change: (rows: AnyCollection) => Partial<AnyCollection>): Partial<Plant> =>
  inFeatures((feature) => ({
    ...feature,
    collections: feature.collections.map((rows) => (rows.name === name ? { ...rows, ...change(rows) } : rows)),
  }));

/** The store, whose states show something else than they are. */
const inStates = (show: (state: GuildState) => Partial<GuildState>): Partial<Plant> => ({
  actorsStore: (store) => {
    const bare = new WeakMap<GuildState, GuildState>();
    const bareOf = (state: GuildState): GuildState => bare.get(state) ?? state;
    return overriding(store, {
      open: (guild) => {
        const state = store.open(guild);
        const shown = overriding(state, show(state));
        bare.set(shown, state);
        return shown;
      },
      commit: (state, commit, released) => store.commit(bareOf(state), commit, released),
      afterDurable: (state, released) => store.afterDurable(bareOf(state), released),
      close: (state) => store.close(bareOf(state)),
    });
  },
});

const withoutFirst = (changes: readonly Change[], is: (change: Change) => boolean): readonly Change[] => {
  const at = changes.findIndex(is);
  return at < 0 ? changes : changes.toSpliced(at, 1);
};
const isOf =
  (rows: Pick<AnyCollection, 'name'>) =>
  ({ collection }: Change): boolean =>
    collection.name === rows.name;
const isKeyOf =
  (part: string) =>
  ({ key }: RowWrite): boolean =>
    key.includes(part);

/** What a run is like in which a sabotage does harm soon. */
type Conditions = Pick<RunOptions, 'rates' | 'figures'>;

const crashes = { rates: { 'power cut': 0.000_5, 'process killed': 0.000_5 } } as const;
const departs = { rates: { 'member leaves': 0.05, 'member comes back': 0 } } as const;
const conditions: Readonly<Record<string, Conditions>> = {
  'calls durable what is not synced': crashes,
  'a lost operation is called durable': { rates: { 'journal EIO': 0.001 } },
  'cuts the journal before the snapshot': { rates: { ...crashes.rates, 'rows EIO': 0.2 } },
  // Files of the journal end while a slow snapshot is written, and then a kill comes before the next snapshot.
  'trims the journal too far': {
    rates: { 'slow rows': 0.4, 'process killed': 0.000_3, 'power cut': 0 },
    figures: { segmentBytes: 4_096, gapMs: 100, pause: 0, snapshotIntervalMs: 3_000, sliceRows: 1_000 },
  },
  'loses a timer when a guild leaves memory': { rates: { 'guilds evicted': 0.02 } },
  'runs a handler twice on redelivery': { rates: { 'interaction doubled': 0.1 } },
  'outcomes are lost in a snapshot': { rates: { ...crashes.rates, 'interaction doubled': 0.3 } },
  'the head is written before the rows': crashes,
  'a snapshot forgets a row': crashes,
  'a page of a board is not written': crashes,
  'forgets that an effect was begun': crashes,
  'a member who left stays on the boards': departs,
  'forgetting leaves names in requests': departs,
  'forgetting leaves names in the ledger': departs,
  'an upgraded row is not stored': { rates: { ...crashes.rates, 'row version upgraded': 0.2 } },
  'a row is upgraded twice': { rates: { ...crashes.rates, 'row version upgraded': 0.2 } },
};

/** What the runs are like in which a sabotage is looked for. */
export const conditionsFor = (name: string): Conditions => conditions[name] ?? {};

/** Sabotages by what they do. Each call makes a fresh one, as some remember things. */
export const plants: Readonly<Record<string, () => Partial<Plant>>> = {
  'answers before the sync': () =>
    inActorsStore((store) => ({
      commit: (state, commit, released) => {
        store.commit(state, commit, () => undefined);
        released('durable');
      },
    })),
  'calls durable what is not synced': () =>
    inFiles((file) => ({ ...file, writeDurably: (bytes, offset) => file.write(bytes, offset) })),
  'reads do not wait for the disk': () =>
    inActorsStore((store) => ({
      afterDurable: (state, released) => {
        store.afterDurable(state, () => undefined);
        released('durable');
      },
    })),
  'a lost operation is called durable': () =>
    inCommits((store, state, commit, released) => store.commit(state, commit, () => released('durable'))),
  'forgets one row of a write set': () =>
    inCommits((store, state, commit, released) => {
      const changes = commit.changes.length > 3 ? commit.changes.slice(0, -1) : commit.changes;
      store.commit(state, { ...commit, changes }, released);
    }),
  'cuts the journal before the snapshot': () => {
    let cut: (() => Promise<void>) | undefined;
    return {
      ...inJournal((journal) => {
        cut = () => journal.trim(journal.durablePosition);
        return {};
      }),
      rows: (rows) =>
        overriding<Rows>(rows, {
          write: async (batch) => {
            if (batch.some(isKeyOf('~head'))) await cut?.();
            await rows.write(batch);
          },
        }),
    };
  },
  'trims the journal too far': () => inJournal((journal) => ({ trim: () => journal.trim(journal.durablePosition) })),
  'checks no claim': () =>
    inJournal((journal) => {
      const newest = new Map<GuildId, Claim>();
      return {
        claim: (guild) => {
          const claim = journal.claim(guild);
          newest.set(guild, claim);
          return claim;
        },
        append: (claim, bytes) => journal.append(newest.get(claim.guild) ?? claim, bytes),
      };
    }),
  'shares an object between guilds': () => {
    const shared = new Map<number, number>();
    return inOperations('trial.anything', (operation) => ({
      run: (m, input) => {
        const { key } = input as { readonly key: number };
        const seen = (shared.get(key) ?? 0) + 1;
        shared.set(key, seen);
        return operation.run(m, { ...(input as object), minutes: seen % 10 } as never);
      },
    }));
  },
  'loses a timer when a guild leaves memory': () => {
    const lost = new Set<GuildId>();
    return inStore((store) => ({
      open: (guild) => {
        lost.delete(guild);
        return store.open(guild);
      },
      close: (state) => {
        lost.add(state.guild);
        store.close(state);
      },
      dueGuilds: (until, limit) => store.dueGuilds(until, limit).filter((guild) => !lost.has(guild)),
    }));
  },
  'runs a handler twice on redelivery': () => inStates(() => ({ answered: () => undefined })),
  'an effect before its operation is durable': () =>
    inActorsStore((store) => ({
      commit: (state, commit, released) => {
        if (!commit.changes.some(isOf(outbox))) store.commit(state, commit, released);
        else {
          store.commit(state, commit, () => undefined);
          queueMicrotask(() => released('durable'));
        }
      },
    })),
  'forgets that an effect was begun': () =>
    inActorsStore((store) => ({
      commit: (state, commit, released) => {
        if (commit.operation === 'core.effect-begun') globalThis.setImmediate(() => released('durable'));
        else store.commit(state, commit, released);
      },
    })),
  'a member who left stays on the boards': () => ({ hides: () => removals }),
  'the index of alarms is not moved': () => inBatches((batch) => batch.filter((write) => !isKeyOf('~due')(write))),
  'outcomes are lost in a snapshot': () => inBatches((batch) => batch.filter((write) => !isKeyOf('~ring')(write))),
  'the head is written before the rows': () => ({
    rows: (rows) =>
      overriding<Rows>(rows, {
        write: async (batch) => {
          const heads = batch.filter(isKeyOf('~head'));
          await rows.write(heads);
          await rows.write(batch.filter((write) => !isKeyOf('~head')(write)));
        },
      }),
  }),
  'a snapshot forgets a row': () =>
    inBatches((batch) => {
      const at = batch.findIndex(isKeyOf(accounts.name));
      return at < 0 ? batch : batch.toSpliced(at, 1);
    }),
  'a page of a board is not written': () =>
    inBatches((batch) => batch.filter((write) => !isKeyOf('~board')(write) || !isKeyOf('page-')(write))),
  'a seed is used twice': () => {
    let draws = 0;
    let kept: Uint8Array = new Uint8Array(16);
    return {
      seeds: (source) => () => {
        draws += 1;
        if (draws % 20 !== 0) kept = source();
        return kept;
      },
    };
  },
  'a world is heard under another version': () => ({
    directory: (directory) =>
      overriding(directory, {
        hear: ({ name, view }) =>
          directory.hear(
            name === weather.name ? { name, view: { ...view, version: view.version + 1 } } : { name, view },
          ),
      }),
  }),
  'forgetting leaves names in requests': () => inCollections('economy.request', () => ({ forget: 'no member' })),
  'forgetting leaves names in the ledger': () => inCollections('economy.booking', () => ({ forget: 'no member' })),
  'an upgraded row is not stored': () => {
    return inCommits((store, state, commit, released) => {
      const changes = commit.changes.filter(
        ({ collection, before }) => collection.name !== deedsName || collection.version === 1 || before === undefined,
      );
      store.commit(state, { ...commit, changes }, released);
    });
  },
  'a row is upgraded twice': () =>
    inCollections(deedsName, ({ upgrades }) => ({
      upgrades: upgrades.map((upgrade) => (row: unknown) => upgrade(upgrade({ ...(row as object), count: 1 }))),
    })),
  'a timer stays when it has fallen': () =>
    inCommits((store, state, commit, released) => {
      const stays = (change: Change): boolean =>
        isOf(timers)(change) && change.after === undefined && change.key.startsWith(commit.operation);
      store.commit(state, { ...commit, changes: withoutFirst(commit.changes, stays) }, released);
    }),
  'the end of an effect is not kept': () =>
    inCommits((store, state, commit, released) => {
      const changes = withoutFirst(commit.changes, (change) => isOf(outbox)(change) && change.after === undefined);
      store.commit(state, { ...commit, changes }, released);
    }),
  'an answer gets lost': () => ({
    directory: (directory) =>
      overriding(directory, {
        ask: async (request) => {
          const answer = await directory.ask(request);
          return request.id.endsWith('77') ? new Promise<never>(() => undefined) : answer;
        },
      }),
  }),
  'a guild reads another one': () => {
    let last: GuildState | undefined;
    return inStates((state) => ({
      total: (collection, total) => {
        const other = last ?? state;
        last = state;
        return (collection.name === deedsName ? other : state).total(collection, total);
      },
    }));
  },
  'coins from nowhere': () =>
    inCommits((store, state, commit, released) => store.commit(state, minted(commit), released)),
};

const minted = (commit: Commit): Commit => ({
  ...commit,
  changes: commit.changes.map((change) => {
    const { collection, after } = change;
    if (collection.name !== accounts.name || after === undefined || commit.sequence % 50 !== 7) return change;
    const account = after as { readonly wallet: number };
    return { ...change, after: { ...account, wallet: account.wallet + 1 } };
  }),
});

/** A sabotage, whole. */
export const plantOf = (name: string): Plant => ({ ...noPlant, ...plants[name]?.() });
