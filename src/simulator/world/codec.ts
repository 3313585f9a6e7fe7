import type { Channel, Command, Guild, Member, Message, Role, User, World } from './world.ts';

const format = 1;

interface StoredChannel extends Omit<Channel, 'messages'> {
  readonly messages: readonly Message[];
}
interface StoredRoot {
  readonly format: number;
  readonly applicationId: string;
  readonly botId: string;
  readonly clockOffsetMs: number;
  readonly users: readonly User[];
  readonly directChannels: readonly StoredChannel[];
  readonly globalCommands: readonly Command[];
  readonly guildCommands: Readonly<Record<string, readonly Command[]>>;
}
interface StoredGuild extends Omit<Guild, 'channels' | 'roles' | 'members'> {
  readonly format: number;
  readonly channels: readonly StoredChannel[];
  readonly roles: readonly Role[];
  readonly members: readonly Member[];
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

const encodeChannel = (channel: Channel): StoredChannel => ({
  ...channel,
  messages: Array.from(channel.messages.values()),
});

const decodeChannel = (stored: StoredChannel): Channel => ({ ...stored, messages: byId(stored.messages) });

const checkFormat = (found: number): void => {
  if (found !== format)
    throw new Error(`the local Discord's saved world has format ${found}; this version reads ${format}`);
};

/** The text of everything but the servers. */
export const encodeRoot = (world: World): string => {
  const root: StoredRoot = {
    format,
    applicationId: world.applicationId,
    botId: world.botId,
    clockOffsetMs: world.clockOffsetMs,
    users: Array.from(world.users.values()),
    directChannels: Array.from(world.channels.values())
      .filter((channel) => channel.guildId === undefined)
      .map(encodeChannel),
    globalCommands: world.globalCommands,
    guildCommands: Object.fromEntries(world.guildCommands),
  };
  return JSON.stringify(root);
};

/** A world without servers from its text; throws on another format. */
export const decodeRoot = (text: string): World => {
  const root = JSON.parse(text) as StoredRoot;
  checkFormat(root.format);
  return {
    applicationId: root.applicationId,
    botId: root.botId,
    clockOffsetMs: root.clockOffsetMs,
    users: byId(root.users),
    guilds: new Map(),
    channels: byId(root.directChannels.map(decodeChannel)),
    globalCommands: root.globalCommands,
    guildCommands: new Map(Object.entries(root.guildCommands)),
  };
};

/** The text of one server with its channels, messages, roles and members. */
export const encodeGuild = (guild: Guild): string => {
  const stored: StoredGuild = {
    ...guild,
    format,
    channels: Array.from(guild.channels.values(), encodeChannel),
    roles: Array.from(guild.roles.values()),
    members: Array.from(guild.members.values()),
  };
  return JSON.stringify(stored);
};

/** Puts a saved server into the world; throws on another format. */
export const decodeGuild = (world: World, text: string): void => {
  const { format: found, ...stored } = JSON.parse(text) as StoredGuild;
  checkFormat(found);
  const guild: Guild = {
    ...stored,
    channels: byId(stored.channels.map(decodeChannel)),
    roles: byId(stored.roles),
    members: new Map(stored.members.map((member) => [member.userId, { ...member, nick: member.nick }])),
  };
  world.guilds.set(guild.id, guild);
  for (const channel of guild.channels.values()) world.channels.set(channel.id, channel);
};
