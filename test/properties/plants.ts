// Bugs to be planted, one for each property: a property that does not notice its plant proves nothing.
import { z } from 'zod';
import type { GuildDirectory } from '../../src/actors/directory.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import { outbox } from '../../src/kernel/effect.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { type Coins, epochMs } from '../../src/kernel/ids.ts';
import { mutation, type Operation, task } from '../../src/kernel/operation.ts';
import { integerOption, options } from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { GuildState, Store } from '../../src/storage/contract.ts';
import type { Rows } from '../../src/storage/ports.ts';
import { hours } from '../house/clockwork.ts';
import { featureWith } from '../house/feature.ts';
import type { Changes } from '../house/house.ts';
import { note } from '../house/notes.ts';

const planted = (operation: Operation<never>): Feature =>
  featureWith('plant', {
    operations: [operation],
  });

const view = (): { readonly private: boolean } => ({ private: true });
const input = options({ by: integerOption({ describe: 'plant.by', min: 0, max: 9 }) });

/** Something remembered outside the guilds: what one guild does shows in another. */
export const sharedMemory = (): Changes => {
  let seen = 0;
  const remember = mutation({
    name: 'plant.remember',
    version: 1,
    input,
    view,
    run: () => {
      seen += 1;
      return done(seen);
    },
  });
  return { features: [planted(remember)] };
};

/** The same in a task: what falls in one guild shows in another. */
export const sharedMemoryOfTasks = (): Changes => {
  let seen = 0;
  const remember = task({
    name: 'plant.remember-later',
    version: 1,
    input: z.strictObject({}),
    run: (m) => {
      seen += 1;
      note(m, `seen ${seen}`);
      return done();
    },
  });
  const later = mutation({
    name: 'plant.later',
    version: 1,
    input,
    view,
    run: (m, { by }) => {
      m.wake(remember, 'one', epochMs(m.now + by), {});
      return done();
    },
  });
  return { features: [{ ...planted(later), operations: [remember, later] }] };
};

/** What a guild asks reaches the world that all see. */
export const guildsMoveTheWorld: Changes = {
  sabotageDirectory: (directory): GuildDirectory => {
    let version = 1_000;
    return {
      ...directory,
      ask: (request) => {
        version += 1;
        directory.hear({ name: hours.name, view: { version, at: epochMs(version), value: { hour: version } } });
        return directory.ask(request);
      },
    };
  },
};

/** Coins from nowhere, past the money door, in a house without its invariants. */
export const mint: Changes = {
  withoutInvariants: true,
  features: [
    planted(
      mutation({
        name: 'plant.mint',
        version: 1,
        input,
        view,
        run: (m, { by }) => {
          const account = m.get(accounts, [m.actor.member]);
          m.put(accounts, [m.actor.member], { ...account, wallet: (account.wallet + by) as Coins });
          return done();
        },
      }),
    ),
  ],
};

/** A handler that trusts its input. */
export const throwing: Changes = {
  features: [
    planted(
      mutation({
        name: 'plant.throw',
        version: 1,
        input: { parse: (given) => given as { readonly list: readonly number[] } },
        view,
        run: (_, { list }) => done(list.length),
      }),
    ),
  ],
};

/** Every other request waits a moment longer: requests overtake each other. */
export const overtaking: Changes = {
  sabotageDirectory: (directory): GuildDirectory => {
    let count = 0;
    return {
      ...directory,
      ask: async (request) => {
        count += 1;
        if (count % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
        return directory.ask(request);
      },
    };
  },
};

const withMethods = <T extends object>(base: T, methods: Partial<T>): T =>
  new Proxy(base, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return methods[name as keyof T];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** Answers before the disk has it. */
export const answersEarly: Changes = {
  sabotageStore: (store): Store =>
    withMethods(store, {
      commit: (state, commit, released) => {
        store.commit(state, commit, () => undefined);
        released('durable');
      },
    }),
};

/** Forgets the outcomes of interactions. */
export const forgetsOutcomes: Changes = {
  sabotageStore: (store): Store => {
    const bare = new Map<GuildState, GuildState>();
    return withMethods(store, {
      open: (guild) => {
        const state = store.open(guild);
        const forgetful = withMethods(state, { answered: () => undefined });
        bare.set(forgetful, state);
        return forgetful;
      },
      commit: (state, commit, released) => store.commit(bare.get(state) ?? state, commit, released),
      afterDurable: (state, released) => store.afterDurable(bare.get(state) ?? state, released),
      close: (state) => store.close(bare.get(state) ?? state),
    });
  },
};

/** A snapshot leaves out an account. */
export const snapshotForgetsARow: Changes = {
  sabotageRows: (rows): Rows =>
    withMethods(rows, {
      write: (batch) => {
        const forgotten = batch.findIndex(({ key }) => key.includes(accounts.name));
        return rows.write(batch.filter((_, index) => index !== forgotten));
      },
    }),
};

const withCommits = (commit: (store: Store, ...given: Parameters<Store['commit']>) => void): Changes => ({
  sabotageStore: (store): Store => withMethods(store, { commit: (...given) => commit(store, ...given) }),
});

/** The first time that a row of a collection is removed by such an operation, it stays. */
const staysOnce = (rows: AnyCollection, by: (operation: string) => boolean): Changes => {
  const stayed = new Set<string>();
  return withCommits((store, state, commit, released) => {
    const changes = commit.changes.filter(({ collection, key, after }) => {
      const row = `${state.guild} ${key}`;
      if (collection !== rows || after !== undefined || !by(commit.operation) || stayed.has(row)) return true;
      stayed.add(row);
      return false;
    });
    store.commit(state, { ...commit, changes }, released);
  });
};

/** A timer's row stays when it has fallen. */
export const timersStay = (): Changes => staysOnce(timers, (operation) => operation === 'clockwork.strike');

/** The row of an effect stays when it has ended. */
export const endsUnseen = (): Changes => staysOnce(outbox, () => true);

/** Effects that are never to be repeated begin without a trace. */
export const beginsUnseen = (): Changes =>
  withCommits((store, state, commit, released) => {
    if (commit.operation === 'core.effect-begun') setImmediate(() => released('durable'));
    else store.commit(state, commit, released);
  });
