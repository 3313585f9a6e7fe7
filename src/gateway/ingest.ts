import { type Client, Events } from 'discord.js';
import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayGuildMembersChunkDispatchData,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { type GuildId, guildId, type MemberId, memberId } from '../kernel/ids.ts';
import type { LearntLanguages } from './languages.ts';
import type { MemberLookup } from './members.ts';
import { describeFailure } from './redact.ts';

/**
 * Who hears of members and servers that come and go. Nothing is told twice without need, but anything may be told
 * twice; nothing is told of an outage. What these functions throw is logged.
 */
export interface MembershipEvents {
  readonly onMemberLeft: (guild: GuildId, member: MemberId) => void;
  readonly onMemberJoined: (guild: GuildId, member: MemberId) => void;
  /** The bot is no longer in the server. Discord has been known to say so in an outage: allow grace. */
  readonly onGuildLeft: (guild: GuildId) => void;
  /**
   * The bot is in the server: `listed` at login, when the server may still be in an outage; `available` when it is
   * there, just joined or back from an outage, and its members can be asked for.
   */
  readonly onGuildSeen: (guild: GuildId, how: 'listed' | 'available') => void;
  /** A shard logged in: every server it is in, for those who know of others it should be in. */
  readonly onShardReady?: (listed: ReadonlySet<GuildId>, isOfShard: (guild: GuildId) => boolean) => void;
}

/** Where what Discord sends goes. */
export interface IngestParts {
  readonly receive: (interaction: APIInteraction) => void;
  readonly memberships: MembershipEvents | undefined;
  readonly members: MemberLookup;
  readonly languages: LearntLanguages;
  readonly shardOf: (guild: GuildId) => number;
  readonly log: Logger;
}

interface Packet {
  t?: string | null;
  readonly d: unknown;
}

interface MemberPacket {
  readonly guild_id: string;
  readonly user: { readonly id: string };
}

/**
 * Takes what Discord sends, as it sent it. discord.js is kept from building its own objects of interactions and lists
 * of members: each costs more than the answer, stays in its caches, and ends the process when a field it wants is
 * missing. Should a later version build them all the same, nobody listens and no harm is done.
 */
export const ingest = (client: Client, parts: IngestParts): void => {
  const { memberships, members, languages, log } = parts;

  const learnFrom = (interaction: APIInteraction): void => {
    const user = interaction.member?.user ?? interaction.user;
    if (user && 'locale' in interaction) languages.learnMember(user.id, interaction.locale);
    if (interaction.guild_id !== undefined && interaction.guild_locale) {
      languages.learnGuild(interaction.guild_id, interaction.guild_locale);
    }
  };

  const takeInteraction = (interaction: APIInteraction): void => {
    parts.receive(interaction);
    learnFrom(interaction);
  };

  const takeReady = (ready: GatewayReadyDispatchData, shard: number): void => {
    const listed = new Set(ready.guilds.map(({ id }) => guildId(id)));
    memberships?.onShardReady?.(listed, (guild) => parts.shardOf(guild) === shard);
    for (const guild of listed) memberships?.onGuildSeen(guild, 'listed');
  };

  const takeGuild = (guild: GatewayGuildCreateDispatchData): void => {
    const id = guildId(guild.id);
    if (guild.unavailable === true) {
      memberships?.onGuildSeen(id, 'listed');
      return;
    }
    languages.learnGuild(id, guild.preferred_locale);
    memberships?.onGuildSeen(id, 'available');
  };

  const takeGuildDeletion = (guild: GatewayGuildDeleteDispatchData): void => {
    if (guild.unavailable === true) return;
    languages.forgetGuild(guild.id);
    memberships?.onGuildLeft(guildId(guild.id));
  };

  const isOther = ({ user }: MemberPacket): boolean => user.id !== client.user?.id;

  const take = (packet: Packet, shard: number): void => {
    const { d } = packet;
    switch (packet.t) {
      case GatewayDispatchEvents.InteractionCreate:
        packet.t = null;
        return takeInteraction(d as APIInteraction);
      case GatewayDispatchEvents.GuildMembersChunk:
        packet.t = null;
        return members.takeChunk(d as GatewayGuildMembersChunkDispatchData);
      case GatewayDispatchEvents.RateLimited: {
        const { meta } = d as { readonly meta?: { readonly nonce?: string } };
        return members.takeRefusal(meta?.nonce ?? '');
      }
      case GatewayDispatchEvents.Ready:
        return takeReady(d as GatewayReadyDispatchData, shard);
      case GatewayDispatchEvents.GuildCreate:
        return takeGuild(d as GatewayGuildCreateDispatchData);
      case GatewayDispatchEvents.GuildUpdate: {
        const { id, preferred_locale } = d as { readonly id: string; readonly preferred_locale: string };
        return languages.learnGuild(id, preferred_locale);
      }
      case GatewayDispatchEvents.GuildDelete:
        return takeGuildDeletion(d as GatewayGuildDeleteDispatchData);
      case GatewayDispatchEvents.GuildMemberAdd: {
        const came = d as MemberPacket;
        if (isOther(came)) memberships?.onMemberJoined(guildId(came.guild_id), memberId(came.user.id));
        return;
      }
      case GatewayDispatchEvents.GuildMemberRemove: {
        const gone = d as MemberPacket;
        if (isOther(gone)) memberships?.onMemberLeft(guildId(gone.guild_id), memberId(gone.user.id));
        return;
      }
      default:
        return;
    }
  };

  client.on(Events.Raw, (packet: Packet, shard: number) => {
    const event = packet.t;
    try {
      take(packet, shard);
    } catch (error) {
      log.error({ event, failure: describeFailure(error) }, 'an event could not be taken in');
    }
  });
};
