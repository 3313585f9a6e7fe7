import { botPermissions, everyonePermissions, staffPermissions } from './permissions.ts';
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

const peopleNames = ['Avery', 'Blake', 'Casey', 'Drew', 'Ellis', 'Finley', 'Harper', 'Jules', 'Kai', 'Logan'];

/** What making things in a world needs: ids and the time. */
export interface Maker {
  readonly world: World;
  readonly nextId: () => string;
  readonly nowMs: () => number;
}

/** Makes a user; `id` is drawn unless given. */
export const addUser = (
  { world, nextId }: Maker,
  user: { readonly id?: string; readonly name: string; readonly bot?: boolean; readonly locale?: string },
): User => {
  const made: User = {
    id: user.id ?? nextId(),
    name: user.name,
    bot: user.bot ?? false,
    locale: user.locale ?? 'en-US',
  };
  world.users.set(made.id, made);
  return made;
};

/** Where a role comes in: a bot's own on top, any other right below the lowest of those. */
const placeFor = (guild: Guild, isManaged: boolean): number => {
  const roles = Array.from(guild.roles.values());
  const managed = roles.filter((role) => role.managed).map((role) => role.position);
  const top = Math.max(-1, ...roles.map((role) => role.position)) + 1;
  return isManaged ? top : Math.min(top, ...managed);
};

/** Makes a role below the bot's own. */
export const addRole = (
  { nextId }: Maker,
  guild: Guild,
  role: { readonly name: string; readonly permissions: bigint; readonly color?: number; readonly managed?: boolean },
): Role => {
  const position = placeFor(guild, role.managed ?? false);
  for (const each of guild.roles.values()) if (each.position >= position) each.position += 1;
  const made: Role = {
    id: nextId(),
    name: role.name,
    permissions: role.permissions.toString(),
    position,
    color: role.color ?? 0,
    managed: role.managed ?? false,
  };
  guild.roles.set(made.id, made);
  return made;
};

/** Makes a text channel in a server. */
export const addChannel = ({ world, nextId }: Maker, guild: Guild, name: string): Channel => {
  const channel: Channel = {
    id: nextId(),
    guildId: guild.id,
    name,
    type: 0,
    position: guild.channels.size,
    messages: new Map(),
  };
  guild.channels.set(channel.id, channel);
  world.channels.set(channel.id, channel);
  return channel;
};

/** Lets a user into a server with these roles. Replaces a membership the user already has. */
export const addMember = (maker: Maker, guild: Guild, userId: string, roles: readonly string[] = []): Member => {
  const member: Member = { userId, roles: Array.from(new Set(roles)), nick: undefined, joinedAtMs: maker.nowMs() };
  guild.members.set(userId, member);
  return member;
};

/** Makes a server of these people, the first its owner, with the bot in it, two channels and the roles of a new server. */
export const addGuild = (maker: Maker, name: string, users: readonly User[]): Guild => {
  const { world, nextId, nowMs } = maker;
  const owner = users[0];
  if (owner === undefined) throw new Error('a server needs at least one person, its owner');
  const guild: Guild = {
    id: nextId(),
    name,
    ownerId: owner.id,
    locale: 'en-US',
    unavailable: false,
    createdAtMs: nowMs(),
    channels: new Map(),
    roles: new Map(),
    members: new Map(),
  };
  guild.roles.set(guild.id, {
    id: guild.id,
    name: '@everyone',
    permissions: everyonePermissions.toString(),
    position: 0,
    color: 0,
    managed: false,
  });
  addRole(maker, guild, { name: 'Staff', permissions: staffPermissions, color: 0x3498db });
  const botRole = addRole(maker, guild, { name: 'Guildhall', permissions: botPermissions, managed: true });
  addChannel(maker, guild, 'general');
  addChannel(maker, guild, 'casino');
  addMember(maker, guild, world.botId, [botRole.id]);
  for (const user of users) addMember(maker, guild, user.id);
  world.guilds.set(guild.id, guild);
  return guild;
};

/** The first `count` people of the world, in order of creation; makes those that are missing. */
export const peopleOf = (maker: Maker, count: number): User[] => {
  const people = Array.from(maker.world.users.values()).filter((user) => !user.bot);
  while (people.length < count) {
    const place = people.length;
    people.push(addUser(maker, { name: peopleNames[place] ?? `Member ${place + 1}` }));
  }
  return people.slice(0, count);
};

/** A world with nobody but the bot in it. */
export const createWorld = (nextId: () => string): World => {
  const botId = nextId();
  const bot: User = { id: botId, name: 'Guildhall', bot: true, locale: 'en-US' };
  return {
    applicationId: botId,
    botId,
    clockOffsetMs: 0,
    users: new Map([[botId, bot]]),
    guilds: new Map(),
    channels: new Map(),
    globalCommands: [],
    guildCommands: new Map(),
  };
};

/** The world of a first start: two servers with the same owner, three members and another bot. */
export const settleFirstWorld = (maker: Maker): void => {
  const people = peopleOf(maker, 4);
  const otherBot = addUser(maker, { name: 'Clockwork', bot: true });
  for (const name of ['Harbour', 'Lighthouse']) addGuild(maker, name, [...people, otherBot]);
};
