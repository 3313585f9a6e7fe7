import type { GuildId } from '../kernel/ids.ts';
import type { Alarms } from './alarms.ts';
import type { Guild } from './guild.ts';
import { readHead, type StoredTable } from './head.ts';
import { continueGuild, coveredPosition, type GuildSource, loadGuild } from './load.ts';
import { DamagedStoreError, noPosition, type Position, type Rows } from './ports.ts';
import { keepAside, newestAside } from './quarantine.ts';
import type { Tails } from './recovery.ts';
import type { Tail } from './tail.ts';

/** All guilds in memory, and what is known of others. */
export interface Memory extends GuildSource {
  readonly counted: Set<GuildId>;
  readonly alarms: Alarms;
  readonly guilds: Map<GuildId, Guild>;
  /** Guilds in memory with changes that no snapshot has taken. */
  readonly changed: Set<Guild>;
  readonly tails: Tails;
  /** Guilds whose stored data cannot be used, with what is wrong. */
  readonly damaged: Map<GuildId, DamagedStoreError>;
  /** Hears how many bytes of operations that are in no snapshot came into memory, or with a minus went into one. */
  readonly count: (bytes: number) => void;
}

/** The guild, read from disk when it is not in memory. Throws `DamagedStoreError` for one that cannot be used. */
export const guildInMemory = (memory: Memory, id: GuildId): Guild => {
  const known = memory.guilds.get(id);
  if (known !== undefined) return known;
  const damage = memory.damaged.get(id);
  if (damage !== undefined) throw damage;
  try {
    const guild = loadGuild(memory, id, memory.tails.get(id));
    memory.guilds.set(id, guild);
    memory.alarms.note(guild);
    if (guild.position !== guild.snapshotPosition || guild.distrusted) memory.changed.add(guild);
    memory.tails.delete(id);
    memory.count(guild.unsnapshottedBytes);
    return guild;
  } catch (failure) {
    if (failure instanceof DamagedStoreError) memory.damaged.set(id, failure);
    throw failure;
  }
};

const mayHold = (stored: StoredTable | undefined): boolean =>
  stored !== undefined && (stored.count > 0 || stored.fingerprint === undefined);

/** Whether a guild may have rows, in a collection or at all: as far as memory and the guild's head say. */
export const mayHaveRows = (memory: Memory, id: GuildId, collection: string | undefined): boolean => {
  if (memory.tails.has(id) || memory.damaged.has(id)) return true;
  const guild = memory.guilds.get(id);
  if (guild !== undefined) {
    if (collection === undefined || guild.distrusted) return true;
    const table = guild.tables.get(collection);
    return table === undefined ? mayHold(guild.stored.get(collection)) : table.count > 0 || !table.sound;
  }
  try {
    const head = readHead(memory.rows, id);
    if (head === undefined) return newestAside(memory.rows, id) !== noPosition;
    return (
      collection === undefined || mayHold(head.tables.get(collection)) || newestAside(memory.rows, id) > head.position
    );
  } catch (failure) {
    // Whoever opens the guild meets the damage.
    if (failure instanceof DamagedStoreError) return true;
    throw failure;
  }
};

/** Lets go of a guild that nobody has open and that is on disk as it is. */
export const maybeForget = (memory: Memory, guild: Guild): void => {
  const { openings, pinned, taken, newest } = guild;
  if (openings > 0 || pinned || taken || newest !== undefined || memory.changed.has(guild)) return;
  if (memory.guilds.get(guild.id) !== guild) return;
  memory.guilds.delete(guild.id);
  memory.alarms.forget(guild);
};

/** As if the guild had never been read: the rows and the journal have all of it. */
export const forgetUnwritten = (memory: Memory, id: GuildId): void => {
  const guild = memory.guilds.get(id);
  if (guild === undefined) return;
  memory.changed.delete(guild);
  memory.guilds.delete(id);
  memory.alarms.forget(guild);
  memory.count(-guild.unsnapshottedBytes);
};

/** As `coveredPosition`; the beginning where the rows do not say, as nothing may be lost of a guild that is damaged. */
const coveredOrNone = (rows: Rows, id: GuildId): Position => {
  try {
    return coveredPosition(rows, id);
  } catch (failure) {
    if (failure instanceof DamagedStoreError) return noPosition;
    throw failure;
  }
};

/**
 * Brings a guild's tail into memory for the next snapshot. Where it cannot be applied, its entries are kept aside in
 * the rows, so that the journal may forget them and the guild alone is out of order.
 */
export const absorbTail = async (memory: Memory, id: GuildId): Promise<void> => {
  const tail = memory.tails.get(id);
  if (tail === undefined) return;
  const covered = coveredOrNone(memory.rows, id);
  if (!tail.goesBeyond(covered)) {
    memory.tails.delete(id);
    return;
  }
  try {
    guildInMemory(memory, id);
  } catch (failure) {
    if (!(failure instanceof DamagedStoreError)) throw failure;
    await keepAside(memory.rows, id, tail.entries(memory.journal, covered));
    memory.tails.delete(id);
  }
};

/**
 * Brings the next part of a guild's tail into memory, where all before it is on disk. Where it cannot be applied, its
 * entries are kept aside as `absorbTail` does. For a guild that nobody has open.
 */
export const absorbPart = async (memory: Memory, id: GuildId, part: Tail): Promise<void> => {
  const guild = memory.guilds.get(id);
  if (guild !== undefined && !part.goesBeyond(guild.position)) return;
  if (guild !== undefined) {
    try {
      continueGuild(memory.journal, guild, part);
      memory.count(guild.unsnapshottedBytes);
      memory.alarms.note(guild);
      memory.changed.add(guild);
      return;
    } catch (failure) {
      if (!(failure instanceof DamagedStoreError)) throw failure;
      memory.count(guild.unsnapshottedBytes);
      // It has a part of it: read anew it fails in the same way, with nothing changed.
      forgetUnwritten(memory, id);
    }
  }
  memory.tails.set(id, part);
  await absorbTail(memory, id);
};
