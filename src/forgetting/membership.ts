import type { Logger } from 'pino';
import type { Answer, Directory } from '../actors/request.ts';
import { assert } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import { type GuildId, type MemberId, marketRealm } from '../kernel/ids.ts';
import { removals } from '../kernel/membership.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Roll, RollWish } from './roll.ts';

/** How often something is told to a guild that cannot take it, such as a busy one. */
const tellingsMax = 5;
/** Guilds asked of the store at once. */
const guildsAtOnce = 200;

/** What is known of guilds that are not opened to learn it. */
export interface StoredGuilds {
  /** Guilds that have anything stored, in the order of their ids, behind one: at most `limit`. */
  readonly storedGuilds: (after: GuildId | undefined, limit: number) => readonly GuildId[];
  /** Whether a guild may have rows, in one collection or at all; `false` is certain. */
  readonly mayHaveRows: (guild: GuildId, collection?: AnyCollection) => boolean;
}

/** What membership stands on. */
export interface MembershipParts {
  readonly directory: Pick<Directory, 'run'>;
  readonly registry: Registry;
  readonly log: Logger;
  /**
   * Which of at most 100 members are in a guild now. `undefined` (or a rejection) when that could not be learned: then
   * nobody is taken for gone.
   */
  readonly membersPresent: (guild: GuildId, members: readonly MemberId[]) => Promise<ReadonlySet<MemberId> | undefined>;
  readonly store: StoredGuilds;
  /** Resolves a while later, at once when the signal is aborted: the pace of reconciliation, and before trying again. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
}

/** Turns what the gateway sees of members and servers into operations of their guilds. */
export interface MembershipEvents {
  readonly onMemberLeft: (guild: GuildId, member: MemberId) => void;
  readonly onMemberJoined: (guild: GuildId, member: MemberId) => void;
  /** The bot was sent away. Never for an outage. */
  readonly onGuildLeft: (guild: GuildId) => void;
  /** The bot is in the server; where the server is `available`, its members are reconciled. */
  readonly onGuildSeen: (guild: GuildId, how: 'listed' | 'available') => void;
  /** A shard logged in: from every stored server of its own that it does not list, the bot was sent away. */
  readonly onShardReady: (listed: ReadonlySet<GuildId>, isOfShard: (guild: GuildId) => boolean) => void;
  /** Resolves when nothing is left to be told or reconciled. */
  readonly idle: () => Promise<void>;
  /** Begins nothing any more, and resolves when what was begun has ended. */
  readonly stop: () => Promise<void>;
}

/** What guilds are told, and asked. */
const names = ['core.member-left', 'core.member-joined', 'core.guild-left', 'core.guild-seen', 'core.members'] as const;
type Name = (typeof names)[number];

/**
 * Tells guilds of their members, each guild in the order things happened. What is told twice changes nothing, by the
 * operations themselves: an event has no id, and an id made of the member's would outlive them.
 *
 * Reconciliation makes up for what the gateway missed: one server at a time, those first who are said to have left and
 * may be back, then everybody else who has rows.
 */
export const membershipEvents = (parts: MembershipParts): MembershipEvents => {
  const { directory, registry, store, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const told = new Map<GuildId, Promise<void>>();
  const running = new Set<Promise<void>>();
  const queues = { departed: new Set<GuildId>(), everybody: new Set<GuildId>() };
  /** The server being reconciled, and who moved since the page at hand was asked for: they are known better already. */
  let current: { readonly guild: GuildId; readonly moved: Set<MemberId> } | undefined;
  let isWorking = false;

  const operations = new Map<Name, AnyOperation>();
  for (const name of names) {
    const operation = registry.operations.get(name);
    assert(operation !== undefined, `${name} is declared`);
    operations.set(name, operation);
  }
  const run = (guild: GuildId, name: Name, input: unknown): Promise<Answer> =>
    directory.run({ guild, operation: operations.get(name) as AnyOperation, input });

  const deliver = async (guild: GuildId, name: Name, input: unknown): Promise<void> => {
    for (let telling = 1; !signal.aborted; telling += 1) {
      const answer = await run(guild, name, input);
      if ('done' in answer) return;
      if (telling === tellingsMax) {
        log.warn({ guild, operation: name, refused: answer.refused }, 'a guild could not be told of its members');
        return;
      }
      await parts.pause(signal);
    }
  };

  const track = (promise: Promise<void>, ended: () => void): void => {
    running.add(promise);
    const end = (): void => {
      running.delete(promise);
      ended();
    };
    promise.then(end, (error: unknown) => {
      end();
      log.error({ err: error }, 'what became of members could not be told');
    });
  };

  const tell = (guild: GuildId, name: Name, input: unknown = {}): void => {
    const next = (told.get(guild) ?? Promise.resolve()).then(() => deliver(guild, name, input));
    told.set(guild, next);
    track(next, () => {
      if (told.get(guild) === next) told.delete(guild);
    });
  };

  const present = async (guild: GuildId, roll: Roll): Promise<ReadonlySet<MemberId> | undefined> => {
    if (roll.members.length === 0) return new Set();
    try {
      return await parts.membersPresent(
        guild,
        roll.members.map(({ member }) => member),
      );
    } catch (error) {
      log.warn({ guild, err: error }, 'who is in a server could not be learned');
      return undefined;
    }
  };

  const reconcile = async (guild: GuildId, departed: boolean): Promise<void> => {
    let after: MemberId | undefined;
    do {
      const moved = new Set<MemberId>();
      current = { guild, moved };
      const wish: RollWish = after === undefined ? { departed } : { departed, after };
      const answer = await run(guild, 'core.members', wish);
      if (!('done' in answer)) return;
      const roll = answer.done as Roll;
      const here = await present(guild, roll);
      if (here === undefined || signal.aborted) return;
      for (const { member, departed: isDeparted } of roll.members) {
        if (here.has(member) !== isDeparted || moved.has(member)) continue;
        tell(guild, isDeparted ? 'core.member-joined' : 'core.member-left', { member });
      }
      after = roll.after;
      await parts.pause(signal);
    } while (after !== undefined && !signal.aborted);
  };

  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const queue = queues.departed.size > 0 ? queues.departed : queues.everybody;
      const [guild] = queue;
      if (guild === undefined) break;
      queue.delete(guild);
      await reconcile(guild, queue === queues.departed);
      current = undefined;
    }
  };
  const reconcileAll = (): void => {
    if (isWorking || signal.aborted) return;
    isWorking = true;
    track(work(), () => {
      isWorking = false;
      // Seen between the last look at the queues and now.
      if (queues.departed.size + queues.everybody.size > 0) reconcileAll();
    });
  };

  const moved = (guild: GuildId, member: MemberId): void => {
    if (current?.guild === guild) current.moved.add(member);
  };
  /** There is nothing to forget or keep where nothing is, and most servers that the bot is in have nothing. */
  const mayMatter = (guild: GuildId, collection?: AnyCollection): boolean =>
    told.has(guild) || store.mayHaveRows(guild, collection);
  const tellIfItMatters = (guild: GuildId, name: Name, input: unknown): void => {
    if (mayMatter(guild)) tell(guild, name, input);
  };
  const guildLeft = (guild: GuildId): void => {
    queues.departed.delete(guild);
    queues.everybody.delete(guild);
    tellIfItMatters(guild, 'core.guild-left', {});
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.allSettled(running);
  };

  return {
    onMemberLeft: (guild, member) => {
      moved(guild, member);
      tellIfItMatters(guild, 'core.member-left', { member });
    },
    onMemberJoined: (guild, member) => {
      moved(guild, member);
      tellIfItMatters(guild, 'core.member-joined', { member });
    },
    onGuildLeft: guildLeft,
    onGuildSeen: (guild, how) => {
      // At a login all servers are seen: the actors of those that are not about to be erased are not woken for it.
      if (!mayMatter(guild)) return;
      if (mayMatter(guild, removals)) tell(guild, 'core.guild-seen');
      if (how !== 'available') return;
      queues.departed.add(guild);
      queues.everybody.add(guild);
      reconcileAll();
    },
    onShardReady: (listed, isOfShard) => {
      let page: readonly GuildId[] = [];
      do {
        page = store.storedGuilds(page.at(-1), guildsAtOnce);
        for (const guild of page) {
          if (guild !== marketRealm && isOfShard(guild) && !listed.has(guild)) guildLeft(guild);
        }
      } while (page.length === guildsAtOnce);
    },
    idle,
    stop: () => {
      stopping.abort();
      return idle();
    },
  };
};
