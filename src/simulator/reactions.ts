import { intent } from './gateway/intents.ts';
import type { Simulator } from './simulator.ts';
import { memberPayload } from './world/payloads.ts';
import type { Message, Reaction } from './world/world.ts';

/** Reads an emoji as Discord's paths have it: a character, or `name:id`. */
const emojiFrom = (text: string): Reaction['emoji'] => {
  const match = /^(?:<?a?:)?(\w+):(\d{17,20})>?$/.exec(text);
  return match === null ? { id: null, name: text } : { id: String(match[2]), name: String(match[1]) };
};

const tell = (
  simulator: Simulator,
  message: Message,
  userId: string,
  emoji: Reaction['emoji'],
  isAdded: boolean,
): void => {
  const { world } = simulator;
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) return;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  simulator.store.changed(guild === undefined ? 'root' : { guildId: guild.id });
  simulator.feed.tell(() => ({
    type: isAdded ? 'reaction.add' : 'reaction.remove',
    ...(guild === undefined ? { direct: channel.recipientId } : { guild: guild.id }),
    channel: channel.id,
    message: message.id,
    user: userId,
    emoji: emoji.name,
  }));
  simulator.gateway.dispatch({
    name: isAdded ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    ...(guild === undefined ? {} : { guildId: guild.id }),
    intents: guild === undefined ? intent.directMessageReactions : intent.guildMessageReactions,
    data: {
      user_id: userId,
      channel_id: channel.id,
      message_id: message.id,
      ...(guild === undefined ? {} : { guild_id: guild.id }),
      ...(member === undefined || !isAdded ? {} : { member: memberPayload(world, member) }),
      ...(isAdded ? { message_author_id: message.authorId } : {}),
      emoji,
      burst: false,
      type: 0,
    },
  });
};

const sameEmoji =
  (emoji: Reaction['emoji']) =>
  (reaction: Reaction): boolean =>
    reaction.emoji.id === emoji.id && reaction.emoji.name === emoji.name;

/** Puts a user's reaction under a message; nothing happens when it is there. */
export const reactTo = (simulator: Simulator, message: Message, userId: string, emojiText: string): void => {
  const emoji = emojiFrom(emojiText);
  let reaction = message.reactions.find(sameEmoji(emoji));
  if (reaction === undefined) {
    reaction = { emoji, userIds: [] };
    message.reactions.push(reaction);
  }
  if (reaction.userIds.includes(userId)) return;
  reaction.userIds.push(userId);
  tell(simulator, message, userId, emoji, true);
};

/** Takes a user's reaction away; nothing happens when there is none. */
export const unreactTo = (simulator: Simulator, message: Message, userId: string, emojiText: string): void => {
  const emoji = emojiFrom(emojiText);
  const reaction = message.reactions.find(sameEmoji(emoji));
  const place = reaction?.userIds.indexOf(userId) ?? -1;
  if (reaction === undefined || place === -1) return;
  reaction.userIds.splice(place, 1);
  if (reaction.userIds.length === 0) message.reactions = message.reactions.filter((each) => each !== reaction);
  tell(simulator, message, userId, emoji, false);
};
