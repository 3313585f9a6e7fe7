import type { Answer } from '../../src/actors/request.ts';
import type { ChannelId, EpochMs, GuildId, MemberId } from '../../src/kernel/ids.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import type { Commit } from '../../src/storage/contract.ts';

/** One interaction of somebody, however often it is delivered. */
export interface Interaction {
  readonly id: string;
  readonly guild: GuildId;
  readonly member: MemberId;
  readonly permissions: bigint;
  readonly channel: ChannelId;
  readonly operation: AnyOperation;
  readonly input: unknown;
  readonly sentAt: EpochMs;
  /** The answer that was kept for redeliveries, once one was given. */
  kept: Answer | undefined;
}

/** One time that an interaction reached a process. */
export interface Delivery {
  readonly interaction: Interaction;
  answer: Answer | undefined;
  /** The position of the newest operation that it read, where it changed nothing. */
  readAt: number;
  /** What the reference answers, where that was worked out first. */
  expected: Answer | undefined;
}

/** What an operation ran on: all that it may depend on besides its guild's rows. */
interface Circumstances {
  readonly guild: GuildId;
  /** The machine's clock. */
  readonly clockNow: EpochMs;
  readonly seed: Uint8Array | undefined;
  readonly worlds: Readonly<Record<string, number>>;
}

/** An operation that changed something, or an answer that is kept. */
export interface CommitEntry extends Circumstances {
  readonly kind: 'commit';
  readonly position: number;
  readonly commit: Commit;
  readonly given: unknown;
  readonly delivery: Delivery | undefined;
}

/** An operation that only read. */
export interface ReadEntry extends Circumstances {
  readonly kind: 'read';
  /** The position of the guild's newest operation that it saw. */
  readonly position: number;
  readonly delivery: Delivery;
}

/** An actor took the guild over. */
interface OpenedEntry {
  readonly kind: 'opened';
  readonly guild: GuildId;
  readonly position: number;
}

export type TapeEntry = CommitEntry | ReadEntry | OpenedEntry;

/** What all guilds did, in the order each did it, and the worlds they may have seen. */
export interface Tape {
  readonly add: (entry: TapeEntry) => void;
  /** A version of a world, published by the operation at a position, or by nobody in here (0). */
  readonly publish: (name: string, view: WorldView<unknown>, position: number) => void;
  readonly world: (name: string, version: number) => { readonly view: WorldView<unknown>; readonly position: number };
  /** Takes off a guild's entries up to a position: those that are durable. */
  readonly take: (guild: GuildId, upTo: number) => readonly TapeEntry[];
  readonly guilds: () => readonly GuildId[];
  /** Entries above a position are as good as never written, and come back should they turn up after a restart. */
  readonly setAside: (above: number) => void;
  /** What is on disk after a restart ends at a position; nothing behind it happened. Gives the interactions lost. */
  readonly restart: (at: number) => readonly CommitEntry[];
}

const noWorld = { view: { version: 0, at: 0 as EpochMs, value: undefined }, position: 0 };

/** An empty tape. */
export const openTape = (): Tape => {
  const entries = new Map<GuildId, TapeEntry[]>();
  const aside = new Map<GuildId, TapeEntry[]>();
  const worlds = new Map<string, Map<number, { readonly view: WorldView<unknown>; readonly position: number }>>();
  const listOf = (lists: Map<GuildId, TapeEntry[]>, guild: GuildId): TapeEntry[] => {
    let list = lists.get(guild);
    if (list === undefined) {
      list = [];
      lists.set(guild, list);
    }
    return list;
  };
  return {
    add: (entry) => void listOf(entries, entry.guild).push(entry),
    publish: (name, view, position) => {
      const versions = worlds.get(name) ?? new Map<number, { view: WorldView<unknown>; position: number }>();
      versions.set(view.version, { view, position });
      worlds.set(name, versions);
    },
    world: (name, version) => worlds.get(name)?.get(version) ?? noWorld,
    take: (guild, upTo) => {
      const list = listOf(entries, guild);
      const end = list.findIndex(({ position }) => position > upTo);
      return list.splice(0, end < 0 ? list.length : end);
    },
    guilds: () => [...entries.keys()],
    setAside: (above) => {
      for (const [guild, list] of entries) {
        const kept = list.filter(({ position }) => position <= above);
        listOf(aside, guild).push(...list.filter(({ position }) => position > above));
        entries.set(guild, kept);
      }
    },
    restart: (at) => {
      const lost: CommitEntry[] = [];
      for (const guild of new Set([...entries.keys(), ...aside.keys()])) {
        const all = [...listOf(entries, guild), ...listOf(aside, guild)];
        entries.set(
          guild,
          all.filter(({ position }) => position <= at),
        );
        for (const entry of all) if (entry.kind === 'commit' && entry.position > at) lost.push(entry);
      }
      aside.clear();
      return lost;
    },
  };
};
