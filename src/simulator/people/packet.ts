import type { Interaction } from '../interactions/interactions.ts';
import { interactionNumber } from '../interactions/interactions.ts';
import type { Simulator } from '../simulator.ts';
import { channelPayload, interactionMemberPayload, messagePayload } from '../world/payloads.ts';
import { permissionsOf } from '../world/permissions.ts';
import type { JsonObject, Message } from '../world/world.ts';
import type { Person } from './person.ts';

const attachmentSizeMaxBytes = 10 * 1024 * 1024;

/** What somebody does, ready to be sent. */
export interface Action {
  readonly kind: Interaction['kind'];
  readonly person: Person;
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

/** Makes the interaction of an action, with its INTERACTION_CREATE, and does not send it yet. */
export const openInteraction = (simulator: Simulator, action: Action): Interaction => {
  const { world } = simulator;
  const { guild, channel, member } = action.person;
  const interaction = simulator.interactions.open({
    id: action.interactionId ?? simulator.nextId(),
    kind: action.kind,
    userId: member.userId,
    guildId: guild.id,
    channelId: channel.id,
    ...(action.name === undefined ? {} : { name: action.name }),
    ...(action.source === undefined ? {} : { source: action.source }),
    isLoad: action.isLoad === true,
  });
  const user = world.users.get(member.userId);
  const bot = guild.members.get(world.botId);
  const permissions = permissionsOf(guild, member).toString();
  interaction.packet = JSON.stringify({
    id: interaction.id,
    application_id: world.applicationId,
    type: interactionNumber[action.kind],
    token: interaction.token,
    version: 1,
    data: action.data,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    channel_id: channel.id,
    channel: { ...channelPayload(world, channel), permissions },
    member: interactionMemberPayload(world, guild, member),
    locale: user?.locale ?? 'en-US',
    app_permissions: bot === undefined ? '0' : permissionsOf(guild, bot).toString(),
    entitlements: [],
    authorizing_integration_owners: { '0': guild.id },
    context: 0,
    attachment_size_limit: attachmentSizeMaxBytes,
    ...(action.source === undefined
      ? {}
      : { message: { ...messagePayload(world, action.source), guild_id: guild.id } }),
  });
  return interaction;
};

/** Sends an interaction to the bot; twice or not at all when such a fault is ordered. */
export const sendInteraction = (simulator: Simulator, interaction: Interaction): void => {
  const fault = simulator.faults.strike(['drop-interaction', 'duplicate-interaction'], '');
  if (fault?.kind === 'drop-interaction') return;
  const times = fault?.kind === 'duplicate-interaction' ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    simulator.gateway.dispatchJson('INTERACTION_CREATE', interaction.guildId, interaction.packet);
  }
};
