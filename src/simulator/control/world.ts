import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  announceGuild,
  announceMember,
  createChannel,
  createRole,
  deleteChannel,
  deleteRole,
  makerOf,
  raiseRole,
  removeGuild,
  removeMember,
  roleWithPermissions,
  startOutage,
} from '../guilds.ts';
import { messageView } from '../messages.ts';
import { findGuild } from '../people/person.ts';
import { type ControlRefusal, refuseControl } from '../people/refused.ts';
import type { Simulator } from '../simulator.ts';
import { permissionsOf } from '../world/permissions.ts';
import { addGuild, addMember, addUser, peopleOf } from '../world/settling.ts';
import type { Channel, Guild, JsonObject, Member, Role } from '../world/world.ts';
import { isReady } from './readiness.ts';
import { controlHandler, readFields, sendRefusal, snowflake } from './reading.ts';

const membersMax = 100_000;
const permissionBits = z.string().regex(/^\d{1,19}$/, 'permissions are a decimal string');
const name = z.string().trim().min(1).max(100);
const guildBody = z.strictObject({ name, members: z.number().int().min(1).max(membersMax).default(4) });
const removalBody = z.strictObject({ outage: z.boolean().default(false) });
const memberBody = z.strictObject({
  id: snowflake.optional(),
  name,
  permissions: permissionBits.optional(),
  bot: z.boolean().default(false),
  roles: z.array(snowflake).max(250).default([]),
  locale: z.string().min(2).max(10).optional(),
});
const userBody = z.strictObject({ directMessages: z.boolean() });
const roleBody = z.strictObject({ name, permissions: permissionBits.optional(), aboveBot: z.boolean().default(false) });
const channelBody = z.strictObject({ name });
const nothing = z.strictObject({});
const pageMax = 500;
const pageFields = z.strictObject({
  user: snowflake.optional(),
  before: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(pageMax).default(pageMax),
});

const memberView = ({ world }: Simulator, guild: Guild, member: Member): JsonObject => {
  const user = world.users.get(member.userId);
  return {
    id: member.userId,
    name: member.nick ?? user?.name ?? '',
    bot: user?.bot ?? false,
    roles: member.roles,
    permissions: permissionsOf(guild, member).toString(),
    locale: user?.locale ?? guild.locale,
    directMessages: user?.refusesDirectMessages !== true,
  };
};

const roleView = ({ id, name: roleName, position, permissions }: Role): JsonObject => ({
  id,
  name: roleName,
  position,
  permissions,
});

const channelView = ({ id, name: channelName, type }: Channel): JsonObject => ({ id, name: channelName, type });

const guildView = (simulator: Simulator, guild: Guild): JsonObject => ({
  id: guild.id,
  name: guild.name,
  ownerId: guild.ownerId,
  locale: guild.locale,
  unavailable: guild.unavailable,
  channels: Array.from(guild.channels.values(), channelView),
  roles: Array.from(guild.roles.values(), roleView),
  members: Array.from(guild.members.values(), (member) => memberView(simulator, guild, member)),
});

const state = (simulator: Simulator): JsonObject => {
  const { world, gateway, clock, refused, faults } = simulator;
  return {
    ready: isReady(simulator),
    clock: clock.now(),
    bot: { id: world.botId, applicationId: world.applicationId, sessions: gateway.sessions() },
    guilds: Array.from(world.guilds.values(), (guild) => guildView(simulator, guild)),
    commands: [...world.globalCommands, ...Array.from(world.guildCommands.values()).flat()],
    refusals: refused.list(),
    refusalsTotal: refused.count(),
    faults: faults.list(),
  };
};

const makeGuild = async (simulator: Simulator, body: z.infer<typeof guildBody>): Promise<object> => {
  const maker = makerOf(simulator);
  const guild = addGuild(maker, body.name, peopleOf(maker, body.members));
  simulator.store.changed('root');
  announceGuild(simulator, guild);
  await simulator.store.flush();
  return guildView(simulator, guild);
};

const dropGuild = async (simulator: Simulator, guildId: string, isOutage: boolean): Promise<object> => {
  const guild = simulator.world.guilds.get(guildId);
  if (guild === undefined) return refuseControl(404, 'unknown_guild', `there is no server ${guildId}`);
  if (isOutage) startOutage(simulator, guild);
  else removeGuild(simulator, guild);
  await simulator.store.flush();
  return { id: guildId, outage: isOutage };
};

const bringBack = async (simulator: Simulator, guildId: string): Promise<object> => {
  const guild = simulator.world.guilds.get(guildId);
  if (guild === undefined) return refuseControl(404, 'unknown_guild', `there is no server ${guildId}`);
  if (!guild.unavailable) return refuseControl(409, 'guild_available', 'that server is not in an outage');
  announceGuild(simulator, guild);
  await simulator.store.flush();
  return guildView(simulator, guild);
};

const rolesFor = (
  simulator: Simulator,
  guild: Guild,
  body: z.infer<typeof memberBody>,
): { readonly roles: readonly string[] } | ControlRefusal => {
  const unknown = body.roles.findIndex((id) => !guild.roles.has(id) || id === guild.id);
  if (unknown !== -1) {
    return refuseControl(400, 'unknown_role', 'there is no such role in this server', `roles.${unknown}`);
  }
  if (body.permissions === undefined || body.permissions === '0') return { roles: body.roles };
  const role = roleWithPermissions(simulator, guild, body.permissions);
  return { roles: [...body.roles, role.id] };
};

const addPerson = async (simulator: Simulator, guildId: string, body: z.infer<typeof memberBody>): Promise<object> => {
  const guild = findGuild(simulator, guildId);
  if ('refused' in guild) return guild;
  const { world } = simulator;
  if (body.id !== undefined && guild.members.has(body.id)) {
    return refuseControl(409, 'already_member', `${body.id} is a member already`, 'id');
  }
  const granted = rolesFor(simulator, guild, body);
  if ('refused' in granted) return granted;
  const maker = makerOf(simulator);
  // A known id is the same person coming in, whatever name is given.
  const known = body.id === undefined ? undefined : world.users.get(body.id);
  const user =
    known ??
    addUser(maker, {
      name: body.name,
      bot: body.bot,
      ...(body.id === undefined ? {} : { id: body.id }),
      ...(body.locale === undefined ? {} : { locale: body.locale }),
    });
  const member = addMember(maker, guild, user.id, granted.roles);
  if (known === undefined) simulator.store.changed('root');
  announceMember(simulator, guild, member);
  await simulator.store.flush();
  return memberView(simulator, guild, member);
};

const letLeave = async (simulator: Simulator, guildId: string, userId: string): Promise<object> => {
  const guild = findGuild(simulator, guildId);
  if ('refused' in guild) return guild;
  if (!guild.members.has(userId))
    return refuseControl(404, 'unknown_member', `${userId} is not a member of this server`);
  if (userId === guild.ownerId) return refuseControl(409, 'owner_stays', 'the owner cannot leave their server');
  if (userId === simulator.world.botId) {
    return refuseControl(409, 'bot_stays', 'delete the server to take the bot out of it');
  }
  removeMember(simulator, guild, userId);
  await simulator.store.flush();
  return { id: userId };
};

/** Runs a change of a server and answers when it is on disk. */
const changeGuild = async (
  simulator: Simulator,
  guildId: string,
  change: (guild: Guild) => object,
): Promise<object> => {
  const guild = findGuild(simulator, guildId);
  if ('refused' in guild) return guild;
  const answer = change(guild);
  await simulator.store.flush();
  return answer;
};

const makeRole = (simulator: Simulator, guild: Guild, body: z.infer<typeof roleBody>): object => {
  const { name: roleName, permissions } = body;
  const role = createRole(simulator, guild, { name: roleName, ...(permissions === undefined ? {} : { permissions }) });
  if (body.aboveBot) raiseRole(simulator, guild, role);
  return roleView(role);
};

const dropRole = (simulator: Simulator, guild: Guild, roleId: string): object => {
  const role = guild.roles.get(roleId);
  if (role === undefined) return refuseControl(404, 'unknown_role', 'there is no such role in this server');
  if (role.managed || role.id === guild.id) return refuseControl(409, 'role_stays', 'nobody can delete that role');
  deleteRole(simulator, guild, role);
  return { id: roleId };
};

const dropChannel = (simulator: Simulator, guild: Guild, channelId: string): object => {
  const channel = guild.channels.get(channelId);
  if (channel === undefined) return refuseControl(404, 'unknown_channel', 'there is no such channel in this server');
  deleteChannel(simulator, guild, channel);
  return { id: channelId };
};

const openOrClose = async (simulator: Simulator, userId: string, isOpen: boolean): Promise<object> => {
  const user = simulator.world.users.get(userId);
  if (user === undefined || user.bot) return refuseControl(404, 'unknown_user', `there is no person ${userId}`);
  user.refusesDirectMessages = !isOpen;
  simulator.store.changed('root');
  await simulator.store.flush();
  return { id: userId, directMessages: isOpen };
};

/** A page of a channel, oldest first: the newest messages, of those before `before` where it is given. */
const messagesOf = (
  { world }: Simulator,
  channel: Channel | undefined,
  { user, before, limit }: z.infer<typeof pageFields>,
): readonly JsonObject[] => {
  const page = Array.from(channel?.messages.values() ?? [])
    .filter(({ viewerId }) => user === undefined || viewerId === undefined || viewerId === user)
    .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before));
  return page.slice(-limit).map((message) => messageView(world, message));
};

/** The routes that show and change servers and who is in them. */
export const mountWorld = (app: FastifyInstance, simulator: Simulator): void => {
  app.get('/sim/state', () => state(simulator));
  app.post(
    '/sim/guilds',
    controlHandler(guildBody, (body) => makeGuild(simulator, body)),
  );
  app.delete(
    '/sim/guilds/:g',
    controlHandler(removalBody, (body, { g = '' }) => dropGuild(simulator, g, body.outage)),
  );
  app.post(
    '/sim/guilds/:g/available',
    controlHandler(nothing, (_body, { g = '' }) => bringBack(simulator, g)),
  );
  app.post(
    '/sim/guilds/:g/members',
    controlHandler(memberBody, (body, { g = '' }) => addPerson(simulator, g, body)),
  );
  app.delete(
    '/sim/guilds/:g/members/:u',
    controlHandler(nothing, (_body, { g = '', u = '' }) => letLeave(simulator, g, u)),
  );
  app.post(
    '/sim/guilds/:g/roles',
    controlHandler(roleBody, (body, { g = '' }) =>
      changeGuild(simulator, g, (guild) => makeRole(simulator, guild, body)),
    ),
  );
  app.delete(
    '/sim/guilds/:g/roles/:r',
    controlHandler(nothing, (_body, { g = '', r = '' }) =>
      changeGuild(simulator, g, (guild) => dropRole(simulator, guild, r)),
    ),
  );
  app.post(
    '/sim/guilds/:g/channels',
    controlHandler(channelBody, (body, { g = '' }) =>
      changeGuild(simulator, g, (guild) => channelView(createChannel(simulator, guild, body.name))),
    ),
  );
  app.delete(
    '/sim/guilds/:g/channels/:c',
    controlHandler(nothing, (_body, { g = '', c = '' }) =>
      changeGuild(simulator, g, (guild) => dropChannel(simulator, guild, c)),
    ),
  );
  app.patch(
    '/sim/users/:u',
    controlHandler(userBody, (body, { u = '' }) => openOrClose(simulator, u, body.directMessages)),
  );
  app.get<{ Params: { g: string; c: string } }>('/sim/guilds/:g/channels/:c/messages', ({ params, query }, reply) => {
    const read = readFields(pageFields, query);
    if ('refused' in read) return sendRefusal(reply, read);
    const channel = simulator.world.guilds.get(params.g)?.channels.get(params.c);
    return channel === undefined
      ? sendRefusal(reply, refuseControl(404, 'unknown_channel', 'there is no such channel'))
      : reply.send(messagesOf(simulator, channel, read.body));
  });
  app.get<{ Params: { u: string } }>('/sim/users/:u/messages', ({ params, query }, reply) => {
    const read = readFields(pageFields, query);
    if ('refused' in read) return sendRefusal(reply, read);
    const direct = Array.from(simulator.world.channels.values()).find((channel) => channel.recipientId === params.u);
    return reply.send(messagesOf(simulator, direct, read.body));
  });
};
