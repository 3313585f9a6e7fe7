import { directChannelOf } from '../messages.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, Guild, Member, Message } from '../world/world.ts';
import { type ControlRefusal, refuseControl } from './refused.ts';

/** Somebody in a channel: of a server, or of their direct messages with the bot. */
export interface Somebody {
  readonly userId: string;
  readonly channel: Channel;
  readonly guild?: Guild;
  readonly member?: Member;
}

/** Somebody in a channel of a server. */
export interface Person extends Somebody {
  readonly guild: Guild;
  readonly member: Member;
}

/** The server, unless there is none or it is in an outage. */
export const findGuild = (simulator: Simulator, guildId: string): Guild | ControlRefusal => {
  const guild = simulator.world.guilds.get(guildId);
  if (guild === undefined) return refuseControl(404, 'unknown_guild', `there is no server ${guildId}`);
  return guild.unavailable ? refuseControl(409, 'guild_unavailable', `the server ${guildId} is in an outage`) : guild;
};

/** The member who acts and the channel they act in: the one named, else the server's first. */
export const findPerson = (
  simulator: Simulator,
  guildId: string,
  userId: string,
  channelId: string | undefined,
): Person | ControlRefusal => {
  const guild = findGuild(simulator, guildId);
  if ('refused' in guild) return guild;
  const member = guild.members.get(userId);
  if (member === undefined) {
    return refuseControl(404, 'unknown_member', `${userId} is not a member of this server`, 'user');
  }
  if (userId === simulator.world.botId) {
    return refuseControl(400, 'not_a_person', 'the bot acts for itself', 'user');
  }
  const [first] = guild.channels.values();
  const channel = channelId === undefined ? first : guild.channels.get(channelId);
  return channel === undefined
    ? refuseControl(404, 'unknown_channel', 'there is no such channel in this server', 'channel')
    : { userId, guild, channel, member };
};

/** A person in their direct messages with the bot. */
export const findDirectPerson = (simulator: Simulator, userId: string): Somebody | ControlRefusal => {
  const user = simulator.world.users.get(userId);
  return user === undefined || user.bot
    ? refuseControl(404, 'unknown_user', `there is no person ${userId}`)
    : { userId, channel: directChannelOf(simulator, userId) };
};

/** A message of the server that the person sees. */
export const findVisibleMessage = (person: Person, messageId: string): Message | ControlRefusal => {
  for (const channel of person.guild.channels.values()) {
    const message = channel.messages.get(messageId);
    if (message === undefined) continue;
    return message.viewerId === undefined || message.viewerId === person.member.userId
      ? message
      : refuseControl(403, 'not_visible', 'that message is for somebody else alone', 'message');
  }
  return refuseControl(404, 'unknown_message', 'there is no such message in this server', 'message');
};
