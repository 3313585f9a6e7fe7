import type { Guild, Member } from './world.ts';

/** Discord's permission bits that the local Discord itself names. Source: Discord's permission table. */
export const permission = {
  kickMembers: 1n << 1n,
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  changeNickname: 1n << 26n,
  manageNicknames: 1n << 27n,
  manageRoles: 1n << 28n,
  useApplicationCommands: 1n << 31n,
  moderateMembers: 1n << 40n,
} as const;

/** Every permission bit Discord defines today: what an owner or an administrator has. */
export const allPermissions = (1n << 53n) - 1n;

/** What every member may do by default. */
export const everyonePermissions =
  permission.addReactions |
  permission.viewChannel |
  permission.sendMessages |
  permission.embedLinks |
  permission.attachFiles |
  permission.readMessageHistory |
  permission.changeNickname |
  permission.useApplicationCommands;

/** What everybody may do in direct messages. */
export const directPermissions =
  permission.addReactions |
  permission.viewChannel |
  permission.sendMessages |
  permission.embedLinks |
  permission.attachFiles |
  permission.readMessageHistory |
  permission.mentionEveryone |
  permission.useExternalEmojis;

/** What a moderator may do on top. */
export const staffPermissions =
  permission.kickMembers | permission.manageGuild | permission.manageMessages | permission.moderateMembers;

/** What the bot was invited with. */
export const botPermissions =
  everyonePermissions |
  staffPermissions |
  permission.manageChannels |
  permission.manageRoles |
  permission.manageNicknames |
  permission.useExternalEmojis;

/** A member's permissions in the whole server, from their roles; all of them for the owner and administrators. */
export const permissionsOf = (guild: Guild, member: Member): bigint => {
  if (member.userId === guild.ownerId) return allPermissions;
  let bits = BigInt(guild.roles.get(guild.id)?.permissions ?? '0');
  for (const roleId of member.roles) bits |= BigInt(guild.roles.get(roleId)?.permissions ?? '0');
  return (bits & permission.administrator) === 0n ? bits : allPermissions;
};

/** The position of a member's highest role; 0 for none. */
export const highestPosition = (guild: Guild, member: Member): number => {
  let highest = 0;
  for (const roleId of member.roles) highest = Math.max(highest, guild.roles.get(roleId)?.position ?? 0);
  return highest;
};
