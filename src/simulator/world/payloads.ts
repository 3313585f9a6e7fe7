import { highestPosition, permissionsOf } from './permissions.ts';
import type { Channel, Guild, JsonObject, Member, Message, Role, User, World } from './world.ts';

/** Discord's flag of a message that one person sees. */
export const ephemeralFlag = 1 << 6;
/** Discord's flag of a deferred answer that has no content yet. */
export const loadingFlag = 1 << 7;
/** Discord's flag of a message made of components alone. */
export const componentsV2Flag = 1 << 15;

const isoTime = (ms: number): string => new Date(ms).toISOString();

/** A user, as Discord sends it. */
export const userPayload = (user: User): JsonObject => ({
  id: user.id,
  username: user.name,
  global_name: user.bot ? null : user.name,
  discriminator: '0',
  avatar: null,
  bot: user.bot,
  public_flags: 0,
});

/** A user who may have been forgotten, as Discord sends it. */
export const userPayloadOf = (world: World, userId: string): JsonObject =>
  userPayload(world.users.get(userId) ?? { id: userId, name: 'Deleted User', bot: false, locale: 'en-US' });

/** A member without the user, as Discord sends it inside messages. */
export const bareMemberPayload = (member: Member): JsonObject => ({
  roles: member.roles,
  nick: member.nick ?? null,
  avatar: null,
  joined_at: isoTime(member.joinedAtMs),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
  communication_disabled_until: null,
});

/** A member with the user. */
export const memberPayload = (world: World, member: Member): JsonObject => ({
  ...bareMemberPayload(member),
  user: userPayloadOf(world, member.userId),
});

/** A role, as Discord sends it. */
export const rolePayload = (role: Role): JsonObject => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions,
  position: role.position,
  color: role.color,
  colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: role.managed,
  mentionable: false,
  flags: 0,
  icon: null,
  unicode_emoji: null,
});

/** A channel, as Discord sends it. */
export const channelPayload = (world: World, channel: Channel): JsonObject =>
  channel.guildId === undefined
    ? {
        id: channel.id,
        type: channel.type,
        last_message_id: null,
        recipients: [userPayloadOf(world, channel.recipientId ?? world.botId)],
        flags: 0,
      }
    : {
        id: channel.id,
        guild_id: channel.guildId,
        type: channel.type,
        name: channel.name,
        position: channel.position,
        topic: null,
        nsfw: false,
        parent_id: null,
        permission_overwrites: [],
        rate_limit_per_user: 0,
        last_message_id: null,
        flags: 0,
      };

/** A server without its members and channels, as REST answers it. */
export const guildPayload = (guild: Guild): JsonObject => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  owner_id: guild.ownerId,
  roles: Array.from(guild.roles.values(), rolePayload),
  emojis: [],
  stickers: [],
  features: [],
  preferred_locale: guild.locale,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  vanity_url_code: null,
  application_id: null,
  widget_enabled: false,
});

/** A server as GUILD_CREATE carries it, with the members given. */
export const guildCreatePayload = (world: World, guild: Guild, members: readonly Member[]): JsonObject => ({
  ...guildPayload(guild),
  joined_at: isoTime(guild.createdAtMs),
  large: guild.members.size > 250,
  unavailable: false,
  member_count: guild.members.size,
  members: members.map((member) => memberPayload(world, member)),
  channels: Array.from(guild.channels.values(), (channel) => channelPayload(world, channel)),
  threads: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
});

/** A member as an interaction carries it: with the user and all permissions. */
export const interactionMemberPayload = (world: World, guild: Guild, member: Member): JsonObject => ({
  ...memberPayload(world, member),
  permissions: permissionsOf(guild, member).toString(),
});

const interactionMetadata = (world: World, message: Message): JsonObject => {
  const { interaction } = message;
  if (interaction === undefined) return {};
  const user = userPayloadOf(world, interaction.userId);
  return {
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user,
      authorizing_integration_owners: { '0': '0' },
    },
    ...(interaction.name === undefined
      ? {}
      : { interaction: { id: interaction.id, type: interaction.type, name: interaction.name, user } }),
  };
};

const referencePayload = (message: Message): JsonObject =>
  message.reference === undefined
    ? {}
    : {
        message_reference: {
          type: 0,
          channel_id: message.reference.channelId,
          message_id: message.reference.messageId,
        },
      };

/** A message, as Discord sends it. */
export const messagePayload = (world: World, message: Message): JsonObject => ({
  id: message.id,
  type: message.type,
  channel_id: message.channelId,
  author: userPayloadOf(world, message.authorId),
  content: message.content,
  embeds: message.embeds,
  components: message.components,
  attachments: message.attachments,
  flags: message.flags,
  timestamp: isoTime(message.createdAtMs),
  edited_timestamp: message.editedAtMs === undefined ? null : isoTime(message.editedAtMs),
  tts: false,
  pinned: false,
  mention_everyone: false,
  mentions: message.mentionIds.map((id) => userPayloadOf(world, id)),
  mention_roles: [],
  ...(message.reactions.length === 0
    ? {}
    : {
        reactions: message.reactions.map((reaction) => ({
          emoji: reaction.emoji,
          count: reaction.userIds.length,
          count_details: { burst: 0, normal: reaction.userIds.length },
          me: reaction.userIds.includes(world.botId),
          me_burst: false,
          burst_colors: [],
        })),
      }),
  ...(message.authorId === world.botId ? { application_id: world.applicationId } : {}),
  ...interactionMetadata(world, message),
  ...referencePayload(message),
});

/** Whether the bot stands high enough in the server to give or take this role. */
export const botMayManageRole = (world: World, guild: Guild, role: Role): boolean => {
  const bot = guild.members.get(world.botId);
  return bot !== undefined && !role.managed && role.id !== guild.id && highestPosition(guild, bot) > role.position;
};
