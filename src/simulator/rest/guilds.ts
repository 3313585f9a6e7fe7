import { addRoleTo, createRole, deleteRole, editRole, removeMember, removeRoleFrom } from '../guilds.ts';
import { type RestAnswer, refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import { botMayManageRole, channelPayload, guildPayload, memberPayload, rolePayload } from '../world/payloads.ts';
import { permission, permissionsOf } from '../world/permissions.ts';
import { textOf } from '../world/text.ts';
import type { Guild, Member, Role } from '../world/world.ts';
import { readRoleFields } from './role-fields.ts';
import { guildOf, memberOf, type RestRequest, type RestRoute } from './route.ts';

const withGuild =
  (handle: (simulator: Simulator, request: RestRequest, guild: Guild) => RestAnswer): RestRoute['handle'] =>
  (simulator, request) => {
    const guild = guildOf(simulator, request);
    return guild === undefined ? refusals.unknownGuild : handle(simulator, request, guild);
  };

const withMember = (
  handle: (simulator: Simulator, request: RestRequest, guild: Guild, member: Member) => RestAnswer,
): RestRoute['handle'] =>
  withGuild((simulator, request, guild) => {
    const member = memberOf(guild, request);
    return member === undefined ? refusals.unknownMember : handle(simulator, request, guild, member);
  });

const botLacks = ({ world }: Simulator, guild: Guild, bit: bigint): boolean => {
  const bot = guild.members.get(world.botId);
  return bot === undefined || (permissionsOf(guild, bot) & bit) === 0n;
};

const withManagedRole = (
  handle: (simulator: Simulator, request: RestRequest, guild: Guild, role: Role) => RestAnswer,
): RestRoute['handle'] =>
  withGuild((simulator, request, guild) => {
    const role = guild.roles.get(request.params['role'] ?? '');
    if (role === undefined) return refusals.unknownRole;
    return botLacks(simulator, guild, permission.manageRoles) || !botMayManageRole(simulator.world, guild, role)
      ? refusals.missingPermissions
      : handle(simulator, request, guild, role);
  });

const listMembers = withGuild(({ world }, request, guild) => {
  const limit = Math.min(Number(request.query['limit'] ?? 1), 1_000);
  const after = BigInt(request.query['after'] ?? 0);
  const page = Array.from(guild.members.values())
    .filter((member) => BigInt(member.userId) > after)
    .sort((left, right) => (BigInt(left.userId) < BigInt(right.userId) ? -1 : 1))
    .slice(0, limit);
  return { status: 200, body: page.map((member) => memberPayload(world, member)) };
});

const editMember = withMember((simulator, request, guild, member) => {
  const body = (request.body ?? {}) as { readonly nick?: unknown; readonly roles?: unknown };
  if (body.nick !== undefined) {
    if (botLacks(simulator, guild, permission.manageNicknames)) return refusals.missingPermissions;
    member.nick = textOf(body.nick) || undefined;
    simulator.store.changed({ guildId: guild.id });
  }
  if (Array.isArray(body.roles)) {
    const wanted = (body.roles as unknown[]).map(String);
    const changed = [...wanted, ...member.roles].filter((id) => wanted.includes(id) !== member.roles.includes(id));
    for (const id of changed) {
      const role = guild.roles.get(id);
      if (role === undefined) return refusals.unknownRole;
      if (!botMayManageRole(simulator.world, guild, role)) return refusals.missingPermissions;
    }
    for (const id of changed) (wanted.includes(id) ? addRoleTo : removeRoleFrom)(simulator, guild, member, id);
  }
  return { status: 200, body: memberPayload(simulator.world, member) };
});

const kick = withMember((simulator, _request, guild, member) => {
  if (botLacks(simulator, guild, permission.kickMembers) || member.userId === guild.ownerId) {
    return refusals.missingPermissions;
  }
  removeMember(simulator, guild, member.userId);
  return { status: 204 };
});

const changeRole =
  (change: typeof addRoleTo): RestRoute['handle'] =>
  (simulator, request) =>
    withManagedRole((_simulator, _request, guild, role) => {
      const member = memberOf(guild, request);
      if (member === undefined) return refusals.unknownMember;
      change(simulator, guild, member, role.id);
      return { status: 204 };
    })(simulator, request);

/** Servers, their channels, roles and members. */
export const guildRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/guilds/:guild',
    handle: withGuild((_simulator, request, guild) => ({
      status: 200,
      body: {
        ...guildPayload(guild),
        ...(request.query['with_counts'] === 'true' ? { approximate_member_count: guild.members.size } : {}),
      },
    })),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    handle: withGuild(({ world }, _request, guild) => ({
      status: 200,
      body: Array.from(guild.channels.values(), (channel) => channelPayload(world, channel)),
    })),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    handle: withGuild((_simulator, _request, guild) => ({
      status: 200,
      body: Array.from(guild.roles.values(), rolePayload),
    })),
  },
  {
    method: 'POST',
    path: '/guilds/:guild/roles',
    handle: withGuild((simulator, request, guild) => {
      if (botLacks(simulator, guild, permission.manageRoles)) return refusals.missingPermissions;
      const read = readRoleFields(request.body);
      if ('refusal' in read) return read.refusal;
      return { status: 200, body: rolePayload(createRole(simulator, guild, { name: 'new role', ...read.fields })) };
    }),
  },
  {
    method: 'PATCH',
    path: '/guilds/:guild/roles/:role',
    handle: withManagedRole((simulator, request, guild, role) => {
      const read = readRoleFields(request.body);
      if ('refusal' in read) return read.refusal;
      editRole(simulator, guild, role, read.fields);
      return { status: 200, body: rolePayload(role) };
    }),
  },
  {
    method: 'DELETE',
    path: '/guilds/:guild/roles/:role',
    handle: withManagedRole((simulator, _request, guild, role) => {
      deleteRole(simulator, guild, role);
      return { status: 204 };
    }),
  },
  { method: 'GET', path: '/guilds/:guild/members', handle: listMembers },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    handle: withMember(({ world }, _request, _guild, member) => ({ status: 200, body: memberPayload(world, member) })),
  },
  { method: 'PATCH', path: '/guilds/:guild/members/:user', handle: editMember },
  { method: 'DELETE', path: '/guilds/:guild/members/:user', handle: kick },
  { method: 'PUT', path: '/guilds/:guild/members/:user/roles/:role', handle: changeRole(addRoleTo) },
  { method: 'DELETE', path: '/guilds/:guild/members/:user/roles/:role', handle: changeRole(removeRoleFrom) },
];
