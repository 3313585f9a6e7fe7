// Sits between the actors and the store: writes down what each guild does, and looks at every step.
import type { GuildDirectory } from '../../src/actors/directory.ts';
import { Transaction } from '../../src/actors/transaction.ts';
import { publicationsIn } from '../../src/actors/world-views.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { type GuildId, marketRealm, nobody } from '../../src/kernel/ids.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import type { Commit, GuildState, Released, Store } from '../../src/storage/contract.ts';
import type { JournalOracle } from '../oracles/journal.ts';
import type { CommitEntry, Delivery, Tape } from '../oracles/tape.ts';
import type { Trace } from '../trace.ts';
import type { Findings } from '../violation.ts';
import { overriding } from './overriding.ts';

/** What a recorder stands on. */
export interface RecorderParts {
  readonly tape: Tape;
  readonly journal: JournalOracle;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly seeds: () => Uint8Array;
  /** A guild's versions of the worlds. */
  readonly worldsSeen: (guild: GuildId) => ReturnType<GuildDirectory['worldsSeen']>;
  /** A guild ran an operation with an input; it has a position in the journal. */
  readonly onCommit: (guild: GuildId, commit: Commit, position: number, given: unknown) => void;
}

/** What is known of the guilds of one process. */
export interface Recorder {
  readonly registry: (registry: Registry) => Registry;
  readonly store: (store: Store) => Store;
  readonly seeds: () => Uint8Array;
  /** The operation of a delivery, which tells when it is run. */
  readonly operationOf: (delivery: Delivery) => AnyOperation;
  /** The rows of guilds in memory, as their actors see them. */
  readonly states: ReadonlyMap<GuildId, GuildState>;
  /** The position of a guild's newest operation. */
  readonly newestOf: (guild: GuildId) => number;
  /** All above a position is taken back. */
  readonly takeBack: (above: number) => void;
}

interface Running {
  readonly operation: AnyOperation;
  readonly given: unknown;
  readonly delivery: Delivery | undefined;
}

const tapped = (operation: AnyOperation, parsed: (given: unknown) => void): AnyOperation => ({
  ...operation,
  input: overriding(operation.input, {
    parse: (given) => {
      parsed(given);
      return operation.input.parse(given);
    },
  }),
});

/** Interactions that were committed, over all restarts, with the position of each. */
export type Committed = Map<string, number>;

/** Records one process. `registryOf` gives the program whose rules are looked at. */
export const openRecorder = (parts: RecorderParts, committed: Committed): Recorder => {
  const { tape, journal, clock, trace, findings } = parts;
  const states = new Map<GuildId, GuildState>();
  const newest = new Map<GuildId, number>();
  const heard = new Map<GuildId, Readonly<Record<string, number>>>();
  let program: Registry | undefined;
  let invariants: Feature['invariants'] = [];
  const used = new Set<string>();
  let running: Running | undefined;
  let seed: Uint8Array | undefined;

  const newestOf = (guild: GuildId): number => newest.get(guild) ?? 0;

  /** A guild never comes to know less, nor what is not durable. */
  const worldsOf = (guild: GuildId): Readonly<Record<string, number>> => {
    const versions = parts.worldsSeen(guild) ?? {};
    const before = heard.get(guild) ?? {};
    for (const name in versions) {
      const version = versions[name] as number;
      if (version === before[name]) continue;
      if (version < (before[name] ?? 0)) {
        throw findings.broken('worlds', `guild ${guild} knew version ${before[name]} of ${name}, and now ${version}`);
      }
      const published = tape.world(name, version);
      if (published.view.version !== version) {
        throw findings.broken('worlds', `guild ${guild} knows version ${version} of ${name}, which nobody published`);
      }
      if (published.position > journal.durable()) {
        throw findings.broken('worlds', `guild ${guild} knows version ${version} of ${name}, which is not durable`);
      }
    }
    heard.set(guild, versions);
    return versions;
  };

  const take = (): { readonly now: Running | undefined; readonly drawn: Uint8Array | undefined } => {
    const taken = { now: running, drawn: seed };
    running = undefined;
    seed = undefined;
    return taken;
  };

  const checkInvariants = (state: GuildState, commit: Commit): void => {
    const touched = new Set<string>(commit.changes.map(({ collection }) => collection.name));
    const watching = invariants.filter(({ watches }) => watches.some((name) => touched.has(name)));
    if (watching.length === 0) return;
    const query = new Transaction(state, {
      now: commit.at,
      actor: { member: nobody, permissions: 0n },
      seeds: () => new Uint8Array(16),
      reactions: new Map(),
      extensions: new Map(),
      settings: new Map(),
      world: ({ initial }) => ({ version: 0, at: commit.at, value: initial }),
      freeze: false,
    });
    for (const { name, holds } of watching) {
      if (!holds(query)) throw findings.broken('conservation', `${name} does not hold after ${commit.operation}`);
    }
  };

  const once = (commit: Commit, position: number): void => {
    const request = commit.answered?.request;
    if (request === undefined) return;
    const before = committed.get(request);
    if (before !== undefined) {
      throw findings.broken('redelivery', `interaction ${request} was committed at ${before} and again at ${position}`);
    }
    committed.set(request, position);
  };

  const released = (position: number, result: Released, what: string): void => {
    if (result === 'durable' && position > journal.durable()) {
      throw findings.broken('durability', `${what} was released at ${position}, and ${journal.durable()} is durable`);
    }
  };

  const commitWith =
    (store: Store): Store['commit'] =>
    (state, commit, release) => {
      const { guild } = state;
      const { now, drawn } = take();
      const worlds = worldsOf(guild);
      let position = 0;
      store.commit(state, commit, (result) => {
        released(position, result, commit.operation);
        release(result);
      });
      position = journal.newest();
      newest.set(guild, position);
      const isTapped = now !== undefined && now.operation.name === commit.operation;
      const entry: CommitEntry = {
        kind: 'commit',
        guild,
        position,
        commit,
        clockNow: clock.now(),
        seed: drawn,
        worlds,
        given: isTapped ? now.given : undefined,
        delivery: isTapped ? now.delivery : undefined,
      };
      once(commit, position);
      tape.add(entry);
      trace.note(`${commit.operation} ${position}`);
      if (guild === marketRealm) {
        for (const { name, view } of publicationsIn(commit.changes)) tape.publish(name, view, position);
      }
      parts.onCommit(guild, commit, position, entry.given);
      checkInvariants(state, commit);
    };

  const addRead = (delivery: Delivery, guild: GuildId, drawn: Uint8Array | undefined): void => {
    delivery.readAt = newestOf(guild);
    tape.add({
      kind: 'read',
      guild,
      position: newestOf(guild),
      delivery,
      clockNow: clock.now(),
      seed: drawn,
      worlds: worldsOf(guild),
    });
  };

  return {
    states,
    newestOf,
    takeBack: (above) => {
      for (const [guild, position] of newest) if (position > above) newest.set(guild, above);
      heard.clear();
    },
    registry: (registry) => {
      program = registry;
      ({ invariants } = registry);
      const operations = new Map<string, AnyOperation>();
      for (const [name, operation] of registry.operations) {
        const parsed = (given: unknown): void => {
          seed = undefined;
          running = { operation, given, delivery: undefined };
        };
        operations.set(name, tapped(operation, parsed));
      }
      const marketStarts = registry.marketStarts.map(({ name }) => operations.get(name) as AnyOperation);
      return { ...registry, operations, marketStarts };
    },
    operationOf: (delivery) => {
      const { operation: asked, guild } = delivery.interaction;
      const operation = program?.operations.get(asked.name) ?? asked;
      return tapped(operation, (given) => {
        seed = undefined;
        running = { operation, given, delivery };
        if (operation.kind === 'mutation') return;
        running = undefined;
        addRead(delivery, guild, undefined);
      });
    },
    seeds: () => {
      seed = parts.seeds();
      const drawn = Buffer.from(seed).toString('hex');
      if (used.has(drawn)) throw findings.broken('seeds', 'two operations drew from one seed');
      used.add(drawn);
      return seed;
    },
    store: (store) =>
      overriding<Store>(store, {
        open: (guild) => {
          const state = store.open(guild);
          states.set(guild, state);
          heard.delete(guild);
          newest.set(guild, Math.max(newestOf(guild), state.figures().journalPosition));
          tape.add({ kind: 'opened', guild, position: newestOf(guild) });
          return state;
        },
        close: (state) => {
          if (states.get(state.guild) === state) states.delete(state.guild);
          store.close(state);
        },
        commit: commitWith(store),
        afterDurable: (state, release) => {
          const position = newestOf(state.guild);
          const { now, drawn } = take();
          if (now?.delivery !== undefined) addRead(now.delivery, state.guild, drawn);
          store.afterDurable(state, (result) => {
            released(position, result, 'a reading');
            release(result);
          });
        },
      }),
  };
};
