const discordEpochMs = 1_420_070_400_000;
const sequenceBits = 22n;
const sequenceMax = (1 << 22) - 1;

/**
 * Makes Discord ids from the simulator's time: milliseconds since 2015 above 22 bits of sequence. Each id is greater
 * than the one before, also when the clock stands still or steps back. `afterMs` is a time no id may precede (the last
 * one of an earlier run).
 */
export const createIds = (now: () => number, afterMs = 0): (() => string) => {
  let lastMs = afterMs;
  let sequence = 0;
  return () => {
    const ms = now();
    if (ms > lastMs) {
      lastMs = ms;
      sequence = 0;
    } else if (sequence === sequenceMax) {
      lastMs += 1;
      sequence = 0;
    } else {
      sequence += 1;
    }
    return ((BigInt(lastMs - discordEpochMs) << sequenceBits) | BigInt(sequence)).toString();
  };
};

/** The shard a server belongs to. Source: Discord's sharding formula, `(guild_id >> 22) % shards`. */
export const shardOf = (guildId: string, shards: number): number =>
  shards === 1 ? 0 : Number((BigInt(guildId) >> sequenceBits) % BigInt(shards));

/** Whether the text is a Discord id: 17 to 20 digits. */
export const isSnowflake = (text: string): boolean => /^[1-9]\d{16,19}$/.test(text);
