import TinyQueue from 'tinyqueue';
import type { EpochMs, GuildId } from '../kernel/ids.ts';
import { type Guild, soundTableOf } from './guild.ts';
import { topOfBoard } from './orderings/board.ts';
import type { Rows } from './ports.ts';
import { dueKey, dueRange, guildOfDueKey, justBehind, timeOfDueKey } from './row-keys.ts';

/** Stored alarms read at once. */
const chunkAlarms = 1_000;
/** Most due guilds known at once; the others wait on disk. */
const listMax = 100_000;
/** Alarms in the queue, beside two for each guild in memory, from which on it is put together anew. */
const outdatedMost = 256;

/** A guild's least alarm: of the highest score on the boards that count as alarms, which score by minus the time. */
export const leastAlarm = (guild: Guild): EpochMs | undefined => {
  let least: number | undefined;
  for (const { collection, ordering } of guild.watched.alarms) {
    const { definition, boards } = soundTableOf(guild, collection);
    const board = boards[definition.orderings.findIndex(({ name }) => name === ordering)];
    const [first] = board === undefined ? [] : topOfBoard(board, 0, 1);
    if (first !== undefined && (least === undefined || 0 - first[1] < least)) least = 0 - first[1];
  }
  return least as EpochMs | undefined;
};

interface Entry {
  readonly at: number;
  readonly guild: GuildId;
}

/**
 * When each guild is to be woken. Guilds in memory stand in a queue, all others in the rows, in order of time: a guild
 * that is not due costs nothing. What is due is taken from both into a list, where it stays until its alarm changes.
 */
export interface Alarms {
  /** The guild came into memory, or its least alarm changed there. */
  readonly note: (guild: Guild) => void;
  /** The guild left memory; it is on disk as it was. */
  readonly forget: (guild: Guild) => void;
  /** Guilds whose least alarm is at or before `until`, at most `limit`; those given before come last. */
  readonly due: (until: EpochMs, limit: number) => readonly GuildId[];
  /** The least alarm of a guild that is in memory or was given as due. */
  readonly of: (guild: GuildId) => number | undefined;
  /** The least alarm of all guilds, or an earlier time. */
  readonly next: () => EpochMs | undefined;
  /** How many are kept in memory, outdated ones too. */
  readonly kept: () => number;
}

/** Keeps the alarms of all guilds. `inMemory` gives the guilds that are. */
export const trackAlarms = (rows: Rows, inMemory: ReadonlyMap<GuildId, Guild>): Alarms => {
  const queueOf = (entries: Entry[]): TinyQueue<Entry> => new TinyQueue(entries, (one, other) => one.at - other.at);
  let queue = queueOf([]);
  const due = new Map<GuildId, number>();
  /** Everything stored before it has been looked at. */
  let cursor = dueRange.from;

  const isCurrent = ({ at, guild }: Entry): boolean => inMemory.get(guild)?.dueAt === at;

  /**
   * What is outdated leaves the queue when its time comes, which may be next week. Where most of it is, as after many
   * guilds were asked and let go of, the rest is put into a new one.
   */
  const maybeTidy = (): void => {
    if (queue.length <= 2 * inMemory.size + outdatedMost) return;
    const current: Entry[] = [];
    for (const { id, dueAt } of inMemory.values()) if (dueAt !== undefined) current.push({ at: dueAt, guild: id });
    queue = queueOf(current);
  };

  const takeQueued = (until: number): void => {
    for (let first = queue.peek(); first !== undefined && first.at <= until; first = queue.peek()) {
      queue.pop();
      if (isCurrent(first)) due.set(first.guild, first.at);
    }
  };

  const takeStored = (until: EpochMs, limit: number): void => {
    const to = justBehind(dueKey(until, '\uffff' as GuildId));
    // Some at each call, however many are in the list: guilds that do not get done must not keep others out.
    for (let added = 0; added < limit && due.size < listMax && cursor < to; ) {
      const found = rows.range({ from: cursor, to, reverse: false, limit: chunkAlarms });
      for (const [key] of found) {
        cursor = justBehind(key);
        const guild = guildOfDueKey(key);
        // Of a guild in memory the disk may tell an alarm of before; the queue has the present one.
        if (inMemory.has(guild)) continue;
        due.set(guild, timeOfDueKey(key));
        added += 1;
      }
      if (found.length < chunkAlarms) return;
    }
  };

  return {
    note: ({ id, dueAt }) => {
      due.delete(id);
      if (dueAt === undefined) return;
      queue.push({ at: dueAt, guild: id });
      maybeTidy();
    },
    forget: ({ id, dueAt }) => {
      due.delete(id);
      // Nobody looks at what is stored before the cursor again.
      if (dueAt !== undefined && dueKey(dueAt, id) < cursor) due.set(id, dueAt);
      maybeTidy();
    },
    due: (until, limit) => {
      takeQueued(until);
      takeStored(until, limit);
      const found: GuildId[] = [];
      for (const [guild, at] of due) {
        if (found.length === limit) break;
        if (at <= until) found.push(guild);
      }
      for (const guild of found) {
        const at = due.get(guild) ?? 0;
        due.delete(guild);
        due.set(guild, at);
      }
      return found;
    },
    of: (id) => {
      const guild = inMemory.get(id);
      return guild === undefined ? due.get(id) : guild.dueAt;
    },
    next: () => {
      let least = Number.POSITIVE_INFINITY;
      for (const at of due.values()) least = Math.min(least, at);
      for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
        if (isCurrent(first)) {
          least = Math.min(least, first.at);
          break;
        }
        queue.pop();
      }
      const [stored] = rows.range({ from: cursor, to: dueRange.to, reverse: false, limit: 1 });
      if (stored !== undefined) least = Math.min(least, timeOfDueKey(stored[0]));
      return least === Number.POSITIVE_INFINITY ? undefined : (least as EpochMs);
    },
    kept: () => queue.length + due.size,
  };
};
