// What the page knows of the local Discord, and from where it looks.
import { ask } from './api.js';

/** @type {any} What `GET /sim/state` gave last. */
let state = { ready: false, clock: 0, guilds: [], commands: [] };
let aheadMs = 0;

/** The value of the channel select that stands for the direct messages with the bot. */
export const direct = 'direct';

/** Where the person is and who they are: ids, and `direct` for the channel of direct messages. */
export const place = { guild: '', channel: '', member: '' };

/** Reads the state of the local Discord anew. */
export const readWorld = async () => {
  state = await ask('GET', '/state');
  aheadMs = state.clock - Date.now();
};

/** Milliseconds since 1970 by the local Discord's clock. */
export const now = () => Date.now() + aheadMs;

/** Whether the bot can be asked, as of the last reading. */
export const isReady = () => state.ready;

/** The servers. */
export const guilds = () => state.guilds;

const nowhere = { id: '', name: '', channels: [], roles: [], members: [] };

/** The server the person is in; one without anything before there is any. */
export const guildHere = () => state.guilds.find(({ id }) => id === place.guild) ?? nowhere;

const named = (list) => list.map(({ id, name }) => [id, name]);

/** The members as entries of a select, bots marked. */
export const memberEntries = () => guildHere().members.map(({ id, name, bot }) => [id, bot ? `${name} (bot)` : name]);

/** The people who can be played, as entries of a select. */
export const peopleEntries = () => named(guildHere().members.filter(({ bot }) => !bot));

/** The roles as entries of a select. */
export const roleEntries = () => named(guildHere().roles.filter(({ id }) => id !== place.guild));

/** The channels as entries of a select. */
export const channelEntries = () => guildHere().channels.map(({ id, name }) => [id, `#${name}`]);

const nameIn = (list, id, sign, unknown) => {
  const found = list.find((each) => each.id === id);
  return sign + (found ? found.name.replace(/^@/, '') : unknown);
};

/** How a mention is shown: `kind` is what stands before the id (`@`, `@!`, `@&`, `#`). */
export const mentionText = (kind, id) => {
  const { channels, roles, members } = guildHere();
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

/** The commands the person sees, by group: `[{name, leaves: [{path, description, options}]}]`, the ungrouped first. */
export const commandGroups = () => {
  const member = guildHere().members.find(({ id }) => id === place.member);
  const commands = state.commands
    .filter(({ type, guild_id: home }) => type === 1 && (home ?? place.guild) === place.guild)
    .filter((command) => isShownTo(command, member))
    .map((command) => ({ name: command.name, leaves: leavesOf([command.name], command) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const single = commands.filter(({ name, leaves }) => leaves[0].path === name).flatMap(({ leaves }) => leaves);
  return [
    ...(single.length > 0 ? [{ name: 'Commands', leaves: single }] : []),
    ...commands.filter(({ name, leaves }) => leaves[0].path !== name),
  ];
};
