import type { EpochMs, GuildId } from '../kernel/ids.ts';
import { type EncodedKey, keySeparator } from '../kernel/key.ts';
import type { Position } from './ports.ts';

/** Comes behind the separator and before every character a name or key may hold. */
const afterSeparator = ' ';
/**
 * Names of the system's own rows start with it; ids of guilds start with a digit and names of collections with a letter,
 * which sort before it.
 */
export const systemMark = '~';

const joined = (...parts: readonly string[]): string => parts.join(keySeparator);

/** Where the store keeps its own format and how far the journal was trimmed. */
export const storeKey = `${systemMark}store`;
/** Where the rows keep up to where the journal was safe on disk when they were written. */
export const durableKey = `${systemMark}durable`;
/** Where the store keeps what it knows of all collections it ever held rows of. */
export const catalogueKey = `${systemMark}catalogue`;

/** What the keys of one collection's rows in one guild start with. */
export const collectionPrefix = (guild: GuildId, collection: string): string => joined(guild, collection, '');

/** From (included) and to (excluded) of all keys that start with `prefix`, which ends in a separator. */
export const keysUnder = (prefix: string): { readonly from: string; readonly to: string } => ({
  from: prefix,
  to: prefix.slice(0, -1) + afterSeparator,
});

/** From and to of the keys, without their collection's prefix, whose first parts are `first`; all for the empty text. */
export const keysStartingWith = (first: EncodedKey): { readonly from: string; readonly to: string | undefined } => ({
  from: first,
  to: first === '' ? undefined : first + afterSeparator,
});

/** The least text behind a key that a key may be. */
export const justBehind = (key: EncodedKey): string => `${key}\u0001`;

/** From and to of all rows of features in one guild. */
export const featureRows = (guild: GuildId): { readonly from: string; readonly to: string } => ({
  from: joined(guild, ''),
  to: joined(guild, systemMark),
});

/** From and to of everything that is stored of a guild. */
export const allKeysOf = (guild: GuildId): { readonly from: string; readonly to: string } =>
  keysUnder(joined(guild, ''));

/** What a guild's snapshot stands for: position, counts, totals, hash. */
export const headKey = (guild: GuildId): string => joined(guild, `${systemMark}head`);
/** There while a snapshot of the guild is written in several batches. */
export const markerKey = (guild: GuildId): string => joined(guild, `${systemMark}snapshotting`);
/** What the keys of all boards of a collection start with. */
export const boardsPrefix = (guild: GuildId, collection: string): string =>
  joined(guild, `${systemMark}board`, collection, '');
/** What the keys of one board's rows start with. */
export const boardPrefix = (guild: GuildId, collection: string, ordering: string): string =>
  joined(guild, `${systemMark}board`, collection, ordering, '');
/** What the keys of a guild's answered interactions start with. */
export const ringPrefix = (guild: GuildId): string => joined(guild, `${systemMark}ring`, '');
const answerKey = new RegExp(`^\\d+${keySeparator}${systemMark}ring${keySeparator}`);
/** Whether a key is that of answered interactions of some guild. */
export const isAnswerKey = (key: string): boolean => answerKey.test(key);
/** There while entries of a guild that could not be applied are kept aside. */
export const quarantineKey = (guild: GuildId): string => joined(guild, `${systemMark}quarantine`);
/** What the keys of a guild's entries kept aside start with. */
export const quarantinePrefix = (guild: GuildId): string => joined(guild, `${systemMark}quarantine`, '');

/** Where the least alarms of guilds stand, in order of time. */
const duePrefix = joined(`${systemMark}due`, '');
/** From and to of all of them. */
export const dueRange = keysUnder(duePrefix);

const numberDigits = 14;

/** A whole number up to 2^53 as text that sorts as the number does. */
export const sortableNumber = (value: number): string => value.toString(16).padStart(numberDigits, '0');

/** The number behind `sortableNumber`. */
export const fromSortable = (text: string): number => Number.parseInt(text, 16);

/** Where a guild's least alarm is stored. Its value says nothing. */
export const dueKey = (at: EpochMs, guild: GuildId): string => duePrefix + joined(sortableNumber(at), guild);
/** The guild of such a key. */
export const guildOfDueKey = (key: string): GuildId =>
  key.slice(duePrefix.length + numberDigits + keySeparator.length) as GuildId;
/** The time of such a key. */
export const timeOfDueKey = (key: string): EpochMs =>
  fromSortable(key.slice(duePrefix.length, duePrefix.length + numberDigits)) as EpochMs;

/** Where an entry kept aside is stored. */
export const quarantinedEntryKey = (guild: GuildId, position: Position): string =>
  quarantinePrefix(guild) + sortableNumber(position);
