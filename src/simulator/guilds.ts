import { intent } from './gateway/intents.ts';
import type { Simulator } from './simulator.ts';
import { channelPayload, guildCreatePayload, memberPayload, rolePayload, userPayloadOf } from './world/payloads.ts';
import { addChannel, addRole, type Maker } from './world/settling.ts';
import type { Channel, Guild, Member, Role } from './world/world.ts';

/** What making things in the simulator's world needs. */
export const makerOf = (simulator: Simulator): Maker => ({
  world: simulator.world,
  nextId: simulator.nextId,
  nowMs: simulator.clock.now,
});

const dispatch = (simulator: Simulator, guild: Guild, name: string, intents: number, data: unknown): void => {
  if (guild.unavailable && name !== 'GUILD_DELETE') return;
  simulator.gateway.dispatch({ name, guildId: guild.id, intents, data });
};

/** Tells of a server the bot now is in, or that is back from an outage. */
export const announceGuild = (simulator: Simulator, guild: Guild): void => {
  guild.unavailable = false;
  simulator.store.changed({ guildId: guild.id });
  const bot = Array.from(guild.members.values()).filter((member) => member.userId === simulator.world.botId);
  dispatch(simulator, guild, 'GUILD_CREATE', intent.guilds, guildCreatePayload(simulator.world, guild, bot));
  simulator.feed.tell(() => ({ type: 'guild.create', guild: guild.id, name: guild.name }));
};

/** Takes a server into an outage: the bot is told that it is unavailable. */
export const startOutage = (simulator: Simulator, guild: Guild): void => {
  guild.unavailable = true;
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, 'GUILD_DELETE', intent.guilds, { id: guild.id, unavailable: true });
  simulator.feed.tell(() => ({ type: 'guild.outage', guild: guild.id }));
};

/** Removes the bot from a server, which goes with everything in it. */
export const removeGuild = (simulator: Simulator, guild: Guild): void => {
  const { world, store } = simulator;
  dispatch(simulator, guild, 'GUILD_DELETE', intent.guilds, { id: guild.id });
  for (const id of guild.channels.keys()) world.channels.delete(id);
  world.guilds.delete(guild.id);
  world.guildCommands.delete(guild.id);
  store.changed({ guildId: guild.id });
  store.changed('root');
  simulator.feed.tell(() => ({ type: 'guild.delete', guild: guild.id }));
};

/** Tells of a member who came. */
export const announceMember = (simulator: Simulator, guild: Guild, member: Member): void => {
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, 'GUILD_MEMBER_ADD', intent.guildMembers, {
    ...memberPayload(simulator.world, member),
    guild_id: guild.id,
  });
  simulator.feed.tell(() => ({ type: 'member.add', guild: guild.id, user: member.userId }));
};

/** Lets a member leave. */
export const removeMember = (simulator: Simulator, guild: Guild, userId: string): void => {
  guild.members.delete(userId);
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, 'GUILD_MEMBER_REMOVE', intent.guildMembers, {
    guild_id: guild.id,
    user: userPayloadOf(simulator.world, userId),
  });
  simulator.feed.tell(() => ({ type: 'member.remove', guild: guild.id, user: userId }));
};

const announceRoles = (simulator: Simulator, guild: Guild, member: Member): void => {
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, 'GUILD_MEMBER_UPDATE', intent.guildMembers, {
    ...memberPayload(simulator.world, member),
    guild_id: guild.id,
  });
  simulator.feed.tell(() => ({ type: 'member.roles', guild: guild.id, user: member.userId, roles: member.roles }));
};

/** Gives a role; nothing happens when the member has it. */
export const addRoleTo = (simulator: Simulator, guild: Guild, member: Member, roleId: string): void => {
  if (member.roles.includes(roleId)) return;
  member.roles = [...member.roles, roleId];
  announceRoles(simulator, guild, member);
};

/** Takes a role; nothing happens when the member does not have it. */
export const removeRoleFrom = (simulator: Simulator, guild: Guild, member: Member, roleId: string): void => {
  if (!member.roles.includes(roleId)) return;
  member.roles = member.roles.filter((id) => id !== roleId);
  announceRoles(simulator, guild, member);
};

/** What a role is made or changed with; permissions as a decimal string. */
export interface RoleFields {
  readonly name?: string;
  readonly permissions?: string;
  readonly color?: number;
}

const announceRole = (simulator: Simulator, guild: Guild, role: Role, name: string): void => {
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, name, intent.guilds, { guild_id: guild.id, role: rolePayload(role) });
  simulator.feed.tell(() => ({ type: 'role', guild: guild.id, role: role.id, name: role.name }));
};

const announceChannel = (simulator: Simulator, guild: Guild, channel: Channel, name: string, type: string): void => {
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, name, intent.guilds, channelPayload(simulator.world, channel));
  simulator.feed.tell(() => ({ type, guild: guild.id, channel: channel.id, name: channel.name }));
};

/** Makes a role below the bot's own. */
export const createRole = (
  simulator: Simulator,
  guild: Guild,
  fields: RoleFields & { readonly name: string },
): Role => {
  const permissions = BigInt(fields.permissions ?? guild.roles.get(guild.id)?.permissions ?? 0);
  const role = addRole(makerOf(simulator), guild, { name: fields.name, permissions, color: fields.color ?? 0 });
  announceRole(simulator, guild, role, 'GUILD_ROLE_CREATE');
  // The bot's own role, and what stands above it, moved up to make room.
  for (const other of guild.roles.values()) {
    if (other.position > role.position) announceRole(simulator, guild, other, 'GUILD_ROLE_UPDATE');
  }
  return role;
};

/** The role that carries exactly these permissions, made when the server has none. */
export const roleWithPermissions = (simulator: Simulator, guild: Guild, permissions: string): Role => {
  const name = `Permissions ${permissions}`;
  for (const role of guild.roles.values()) {
    if (role.name === name && role.permissions === permissions) return role;
  }
  return createRole(simulator, guild, { name, permissions });
};

/** Changes what is given. */
export const editRole = (simulator: Simulator, guild: Guild, role: Role, fields: RoleFields): void => {
  role.name = fields.name ?? role.name;
  role.permissions = fields.permissions ?? role.permissions;
  role.color = fields.color ?? role.color;
  announceRole(simulator, guild, role, 'GUILD_ROLE_UPDATE');
};

/** Puts a role above the bot's own, so that the bot can neither give nor take it. */
export const raiseRole = (simulator: Simulator, guild: Guild, role: Role): void => {
  const above = Array.from(guild.roles.values()).filter((other) => other.position > role.position);
  const top = Math.max(role.position, ...above.map((other) => other.position));
  for (const other of above) {
    other.position -= 1;
    announceRole(simulator, guild, other, 'GUILD_ROLE_UPDATE');
  }
  role.position = top;
  announceRole(simulator, guild, role, 'GUILD_ROLE_UPDATE');
};

/** Makes a channel. */
export const createChannel = (simulator: Simulator, guild: Guild, name: string): Channel => {
  const channel = addChannel(makerOf(simulator), guild, name);
  announceChannel(simulator, guild, channel, 'CHANNEL_CREATE', 'channel');
  return channel;
};

/** Takes a channel from the server, with everything said in it. */
export const deleteChannel = (simulator: Simulator, guild: Guild, channel: Channel): void => {
  guild.channels.delete(channel.id);
  simulator.world.channels.delete(channel.id);
  announceChannel(simulator, guild, channel, 'CHANNEL_DELETE', 'channel.delete');
};

/** Takes a role from the server and from everybody. */
export const deleteRole = (simulator: Simulator, guild: Guild, role: Role): void => {
  for (const member of guild.members.values()) removeRoleFrom(simulator, guild, member, role.id);
  guild.roles.delete(role.id);
  simulator.store.changed({ guildId: guild.id });
  dispatch(simulator, guild, 'GUILD_ROLE_DELETE', intent.guilds, { guild_id: guild.id, role_id: role.id });
  simulator.feed.tell(() => ({ type: 'role.delete', guild: guild.id, role: role.id }));
};
