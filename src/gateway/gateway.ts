import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events } from 'discord.js';
import { type APIInteraction, GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Directory } from '../actors/request.ts';
import type { Clock } from '../kernel/clock.ts';
import { type GuildId, guildId, type MemberId, memberId } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import { createClient } from './client.ts';
import { createConversation } from './conversation.ts';
import { createReplier } from './exchange.ts';
import { createPresenter } from './present.ts';
import { publishCommands } from './publish.ts';
import { commandBodies } from './registration.ts';
import { createRouter } from './route.ts';

/** What a gateway needs. */
export interface GatewayParts {
  readonly registry: Registry;
  readonly directory: Directory;
  readonly token: string;
  /** Discord's REST address, such as `http://127.0.0.1:8420/api`; Discord's own when absent. */
  readonly api?: string | undefined;
  /** The shards of this process out of all; as many as Discord advises by default. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined;
  readonly log: Logger;
  readonly clock: Clock;
  /** Told of a server the bot is no longer in, or that Discord has lost sight of. Both may be mistakes: allow grace. */
  readonly onGuildRemoved?: ((guild: GuildId, why: 'removed' | 'outage') => void) | undefined;
  /** Told of a member who left. Needs the privileged intent for members. */
  readonly onMemberRemoved?: ((guild: GuildId, member: MemberId) => void) | undefined;
}

/** A bot that is logged in. */
export interface Gateway {
  /** Resolves when no interaction is being answered. */
  readonly idle: () => Promise<void>;
  /** Takes no more interactions, gives those being answered up to 5 seconds, and logs out. */
  readonly stop: () => Promise<void>;
}

const stopGraceMs = 5_000;

interface Packet {
  t?: string | null;
  readonly d: unknown;
}

/**
 * Takes interactions as Discord sent them. discord.js is kept from building its own objects of them: each costs more
 * than the answer, stays in its caches, and ends the process when a field it wants is missing. Should a later version
 * build them all the same, nobody listens and no harm is done.
 */
const takeInteractions = (client: Client, receive: (interaction: APIInteraction) => void): void => {
  client.on('raw', (packet: Packet) => {
    if (packet.t !== GatewayDispatchEvents.InteractionCreate) return;
    packet.t = null;
    receive(packet.d as APIInteraction);
  });
};

const watchMemberships = (client: Client, parts: GatewayParts): void => {
  const { onGuildRemoved, onMemberRemoved } = parts;
  if (onGuildRemoved) {
    client.ws.on(GatewayDispatchEvents.GuildDelete, (guild: { id: string; unavailable?: boolean }) => {
      onGuildRemoved(guildId(guild.id), guild.unavailable === true ? 'outage' : 'removed');
    });
  }
  if (onMemberRemoved) {
    client.ws.on(GatewayDispatchEvents.GuildMemberRemove, (gone: { guild_id: string; user: { id: string } }) => {
      onMemberRemoved(guildId(gone.guild_id), memberId(gone.user.id));
    });
  }
};

/**
 * Logs in, registers the commands where they changed, and answers interactions. Rejects when a declaration cannot be
 * registered, when Discord cannot be reached, or when it refuses the token.
 */
export const startGateway = async (parts: GatewayParts): Promise<Gateway> => {
  const { registry, directory, log, clock } = parts;
  const commands = commandBodies(registry);
  const { client } = createClient({
    token: parts.token,
    api: parts.api,
    shards: parts.shards,
    watchesMembers: parts.onMemberRemoved !== undefined,
    log,
    clock,
  });
  const conversation = createConversation({
    router: createRouter(registry),
    directory,
    presenter: createPresenter(registry, log),
    replier: createReplier(client.rest),
    log,
    clock,
  });
  takeInteractions(client, conversation.receive);
  watchMemberships(client, parts);

  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  try {
    await client.login(parts.token);
    const { application, user } = await ready;
    // Of several processes, the one with the first shard speaks for all.
    const isFirst = parts.shards?.ids.includes(0) ?? true;
    const outcome = isFirst ? await publishCommands(client.rest, application.id, commands) : 'left to another process';
    log.info({ user: user.id, guilds: client.guilds.cache.size, commands: outcome }, 'the bot is logged in');
  } catch (error) {
    await client.destroy();
    throw error;
  }
  return {
    idle: conversation.idle,
    stop: async () => {
      await client.destroy();
      await Promise.race([conversation.idle(), sleep(stopGraceMs, undefined, { ref: false })]);
    },
  };
};
