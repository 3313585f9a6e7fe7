// What the page knows of the local Discord. Where somebody looks from is a place: `{guild, channel, member}`, as ids.
import { ask } from './api.js';

/** @type {any} What `GET /sim/state` gave last. */
let state = { ready: false, clock: 0, guilds: [], commands: [], bot: { id: '' } };
let aheadMs = 0;

/** The channel of a place that stands for the direct messages with the bot. */
export const direct = 'direct';

/** Reads the state of the local Discord anew. */
export const readWorld = async () => {
  state = await ask('GET', '/state');
  aheadMs = state.clock - Date.now();
};

/** Milliseconds since 1970 by the local Discord's clock. */
export const now = () => Date.now() + aheadMs;

/** Whether the bot can be asked, as of the last reading. */
export const isReady = () => state.ready;

/** Nothing is known of the bot while nobody answers. */
export const loseBot = () => {
  state = { ...state, ready: false };
};

/** The servers. */
export const guilds = () => state.guilds;

/** The bot as a member: `{id, name}`. */
export const theBot = () => ({
  id: state.bot.id,
  name: state.guilds[0]?.members.find(({ id }) => id === state.bot.id)?.name ?? 'Guildhall',
});

const nowhere = { id: '', name: '', ownerId: '', channels: [], roles: [], members: [] };

/** The server of a place; one without anything before there is any. */
export const guildOf = ({ guild }) => state.guilds.find(({ id }) => id === guild) ?? nowhere;

/** The people of a server who can be played. */
export const peopleOf = (place) => guildOf(place).members.filter(({ bot }) => !bot);

/** A member of the place's server by id; `undefined` when there is none. */
export const memberOf = (place, id = place.member) => guildOf(place).members.find((each) => each.id === id);

/** The channel of a place. */
export const channelOf = (place) => guildOf(place).channels.find(({ id }) => id === place.channel);

/** The members as entries of a list, people before bots. */
export const memberEntries = (place) =>
  guildOf(place)
    .members.toSorted((one, other) => Number(one.bot) - Number(other.bot))
    .map(({ id, name, bot }) => ({ value: id, name, note: bot ? 'bot' : '', avatar: { id, name } }));

/** The roles as entries of a list. */
export const roleEntries = (place) =>
  guildOf(place)
    .roles.filter(({ id }) => id !== place.guild)
    .map(({ id, name }) => ({ value: id, name: `@${name}` }));

/** The channels as entries of a list. */
export const channelEntries = (place) =>
  guildOf(place).channels.map(({ id, name }) => ({ value: id, name: `#${name}` }));

const nameIn = (list, id, sign, unknown) => {
  const found = list.find((each) => each.id === id);
  return sign + (found ? found.name.replace(/^@/, '') : unknown);
};

/** How a mention is shown: `kind` is what stands before the id (`@`, `@!`, `@&`, `#`). */
export const mentionText = (place, kind, id) => {
  const { channels, roles, members } = guildOf(place);
  if (kind === '#') return nameIn(channels, id, '#', 'unknown-channel');
  return kind === '@&' ? nameIn(roles, id, '@', 'unknown role') : nameIn(members, id, '@', 'unknown member');
};

const nestTypes = new Set([1, 2]);

const leavesOf = (words, { description, options = [] }) =>
  options.some(({ type }) => nestTypes.has(type))
    ? options.flatMap((option) => leavesOf([...words, option.name], option))
    : [{ path: words.join(' '), description, options }];

const administrator = 8n;

/** As Discord's client: a command that asks for permissions is only shown to whoever has them. */
const isShownTo = (command, member) => {
  if (command.default_member_permissions === null || command.default_member_permissions === undefined) return true;
  const needed = BigInt(command.default_member_permissions);
  const has = BigInt(member?.permissions ?? 0);
  return needed === 0n ? (has & administrator) !== 0n : (has & needed) === needed;
};

/** The commands the person of a place sees, in order of the alphabet: `[{path, description, options}]`. */
export const commandsOf = (place) =>
  state.commands
    .filter(({ type, guild_id: home }) => type === 1 && (home ?? place.guild) === place.guild)
    .filter((command) => isShownTo(command, memberOf(place)))
    .flatMap((command) => leavesOf([command.name], command))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
