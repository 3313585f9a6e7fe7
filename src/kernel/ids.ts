import { assert } from './assert.ts';

declare const brand: unique symbol;

/** A value of type `Base` that only its own constructor can make: a plain string is no `MemberId`. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A Discord user inside one server. */
export type MemberId = Branded<string, 'member'>;
/** A Discord server. */
export type GuildId = Branded<string, 'guild'>;
/** A channel of a Discord server. */
export type ChannelId = Branded<string, 'channel'>;
/** The id of a row, drawn from its guild's own sequence; ids of one guild sort in the order they were drawn. */
export type RowId = Branded<string, 'row'>;
/** A whole number of coins, from 0 to `coinsMax`. */
export type Coins = Branded<number, 'coins'>;
/** Milliseconds since 1970-01-01T00:00Z, a whole number. */
export type EpochMs = Branded<number, 'ms'>;
/** A name of at least two parts: `economy.wallet`. */
export type Dotted = `${string}.${string}`;

/** What may stand in a text argument or a flat field. */
export type Scalar = string | number | boolean | bigint | null | undefined;

/** `T` with every property and element read-only, however deep. */
export type Frozen<T> = unknown extends T
  ? T
  : T extends Scalar
    ? T
    : { readonly [Property in keyof T]: Frozen<T[Property]> };

/** Anything that turns unknown input into a `T` or throws; zod's schemas fit. */
export interface Schema<T> {
  readonly parse: (input: unknown) => T;
}

const snowflakePattern = /^[1-9]\d{16,19}$/;

/** Whether the text is a Discord id: 17 to 20 digits. */
export const isSnowflake = (text: string): boolean => snowflakePattern.test(text);

/** Takes a Discord user id; throws on anything that is not 17 to 20 digits. */
export const memberId = (text: string): MemberId => {
  assert(isSnowflake(text), 'a member id is a Discord id');
  return text as MemberId;
};

/** Takes a Discord server id; throws on anything that is not 17 to 20 digits. */
export const guildId = (text: string): GuildId => {
  assert(isSnowflake(text), 'a guild id is a Discord id');
  return text as GuildId;
};

/** Takes the id of a Discord channel; throws on anything that is not 17 to 20 digits. */
export const channelId = (text: string): ChannelId => {
  assert(isSnowflake(text), 'a channel id is a Discord id');
  return text as ChannelId;
};

/** Who acts when nobody does: a timer, a job, the result of an effect. Never the id of a person. */
export const nobody = '0' as MemberId;

/**
 * Where the rows live that belong to no server: the market's. An id of before Discord's first day, so that journal and
 * rows treat it as they treat a server's and no server can have it.
 */
export const marketRealm = guildId('10000000000000000');

/** Every server's rows, or the market's own. */
export type Realm = 'guilds' | 'market';

/** The realm an id of a guild stands for. */
export const realmOf = (guild: GuildId): Realm => (guild === marketRealm ? 'market' : 'guilds');

const rowIdDigits = 9;

/** The id for a place in a guild's sequence (0 to 36^9 - 1): fixed width, so that text order is sequence order. */
export const rowId = (sequence: number): RowId => {
  assert(Number.isSafeInteger(sequence) && sequence >= 0 && sequence < 36 ** rowIdDigits, 'a sequence number fits');
  return sequence.toString(36).padStart(rowIdDigits, '0') as RowId;
};

/** Whether the text is an id of a guild's sequence. */
export const isRowId = (text: string): boolean => text.length === rowIdDigits && /^[0-9a-z]+$/.test(text);

/** Takes whole milliseconds since 1970; throws on fractions and negatives. */
export const epochMs = (ms: number): EpochMs => {
  assert(Number.isSafeInteger(ms) && ms >= 0, 'a time is whole milliseconds since 1970');
  return ms as EpochMs;
};

const discordEpochMs = 1_420_070_400_000;

/**
 * When Discord made this id. Source: Discord's snowflake format, milliseconds since 2015 in the bits above 22. A number
 * holds the lower bits of an id to 128 only, which is a thousandth of a percent of a millisecond.
 */
export const snowflakeTime = (snowflake: string): EpochMs =>
  epochMs(Math.floor(Number(snowflake) / 2 ** 22) + discordEpochMs);
