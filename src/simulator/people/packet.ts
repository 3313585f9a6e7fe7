import type { Interaction } from '../interactions/interactions.ts';
import { interactionNumber } from '../interactions/interactions.ts';
import type { Simulator } from '../simulator.ts';
import { channelPayload, interactionMemberPayload, messagePayload, userPayloadOf } from '../world/payloads.ts';
import { directPermissions, permissionsOf } from '../world/permissions.ts';
import type { Channel, Guild, JsonObject, Member, Message, World } from '../world/world.ts';
import type { Somebody } from './person.ts';

/** Discord's limit where nobody pays for more. */
export const attachmentSizeMaxBytes = 10 * 1024 * 1024;

/** What somebody does, ready to be sent. */
export interface Action {
  readonly kind: Interaction['kind'];
  readonly person: Somebody;
  /** The `data` of the interaction. */
  readonly data: JsonObject;
  /** The command's name. */
  readonly name?: string;
  /** The message whose component was used, or from which the modal came. */
  readonly source?: Message | undefined;
  /** An id to use again in place of a fresh one. */
  readonly interactionId?: string | undefined;
  readonly isLoad?: boolean;
}

/** What an interaction says of the server it comes from. */
const guildParts = (world: World, guild: Guild, channel: Channel, member: Member): JsonObject => {
  const bot = guild.members.get(world.botId);
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    channel: { ...channelPayload(world, channel), permissions: permissionsOf(guild, member).toString() },
    member: interactionMemberPayload(world, guild, member),
    app_permissions: bot === undefined ? '0' : permissionsOf(guild, bot).toString(),
    authorizing_integration_owners: { '0': guild.id },
    context: 0,
  };
};

/** What it says when it comes from the direct messages with the bot: a user and no member, no server. */
const directParts = (world: World, channel: Channel, userId: string): JsonObject => ({
  channel: channelPayload(world, channel),
  user: userPayloadOf(world, userId),
  app_permissions: directPermissions.toString(),
  authorizing_integration_owners: { '0': '0' },
  context: 1,
});

/** Makes the interaction of an action, with its INTERACTION_CREATE, and does not send it yet. */
export const openInteraction = (simulator: Simulator, action: Action): Interaction => {
  const { world } = simulator;
  const { userId, guild, channel, member } = action.person;
  const interaction = simulator.interactions.open({
    id: action.interactionId ?? simulator.nextId(),
    kind: action.kind,
    userId,
    ...(guild === undefined ? {} : { guildId: guild.id }),
    channelId: channel.id,
    ...(action.name === undefined ? {} : { name: action.name }),
    ...(action.source === undefined ? {} : { source: action.source }),
    isLoad: action.isLoad === true,
  });
  interaction.packet = JSON.stringify({
    id: interaction.id,
    application_id: world.applicationId,
    type: interactionNumber[action.kind],
    token: interaction.token,
    version: 1,
    data: action.data,
    channel_id: channel.id,
    ...(guild === undefined || member === undefined
      ? directParts(world, channel, userId)
      : guildParts(world, guild, channel, member)),
    locale: world.users.get(userId)?.locale ?? 'en-US',
    entitlements: [],
    attachment_size_limit: attachmentSizeMaxBytes,
    ...(action.source === undefined
      ? {}
      : { message: { ...messagePayload(world, action.source), ...(guild && { guild_id: guild.id }) } }),
  });
  return interaction;
};

/**
 * Sends an interaction to the bot; twice or not at all when such a fault is ordered, which is meant for what people do
 * and not for what leaves no trace.
 */
export const sendInteraction = (simulator: Simulator, interaction: Interaction): void => {
  const fault = interaction.isLoad
    ? undefined
    : simulator.faults.strike(['drop-interaction', 'duplicate-interaction'], '');
  if (fault?.kind === 'drop-interaction') return;
  const times = fault?.kind === 'duplicate-interaction' ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    simulator.gateway.dispatchJson('INTERACTION_CREATE', interaction.guildId, interaction.packet);
  }
};
