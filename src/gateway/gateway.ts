import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, ShardClientUtil, Status } from 'discord.js';
import type { Logger } from 'pino';
import type { Directory } from '../actors/request.ts';
import type { Clock } from '../kernel/clock.ts';
import type { GuildId, MemberId } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import { createClient } from './client.ts';
import { createConversation } from './conversation.ts';
import type { Performers } from './effects/by-kind.ts';
import { createDiscordPerformer } from './effects/discord.ts';
import { createReplier } from './exchange.ts';
import { ingest, type MembershipEvents } from './ingest.ts';
import { createLanguages } from './languages.ts';
import { createMemberLookup, type MemberConnections, MembersUnknownError } from './members.ts';
import { createIllustrator, type Pictures } from './pictures.ts';
import { createPresenter } from './present.ts';
import { publishCommands } from './publish.ts';
import { commandBodies } from './registration.ts';
import { createRouter } from './route.ts';

/** What a bot's way to Discord is made of. */
export interface DiscordParts {
  readonly registry: Registry;
  readonly token: string;
  /** Discord's REST address, such as `http://127.0.0.1:8420/api`; Discord's own when absent. */
  readonly api?: string | undefined;
  /** The shards of this process out of all; as many as Discord advises by default. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined;
  /** Without it messages go without their pictures. */
  readonly pictures?: Pictures | undefined;
  /** Has Discord tell of members who come and go, and who is there; a privileged intent. */
  readonly watchesMembers: boolean;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Whom a bot's way to Discord leads to. */
export interface Receivers {
  readonly directory: Directory;
  /** Hears of servers and, where members are watched, of members. */
  readonly memberships?: MembershipEvents | undefined;
}

/** A bot that is logged in. */
export interface Gateway {
  /** Resolves when no interaction is being answered. */
  readonly idle: () => Promise<void>;
  /** Takes no more interactions, gives those being answered up to 5 seconds, and logs out. */
  readonly stop: () => Promise<void>;
}

/** A bot's way to Discord. */
export interface Discord {
  /** What performs effects on Discord; at work as soon as the token is right, whether logged in or not. */
  readonly performers: Performers;
  /**
   * Those of `ids` who are members of the server now. Rejects when that cannot be known (an outage, a lost connection,
   * members are not watched): then nobody may be taken for gone. At most 9,000 ids a minute on each shard.
   */
  readonly membersPresent: (guild: GuildId, ids: readonly MemberId[]) => Promise<ReadonlySet<MemberId>>;
  /**
   * Logs in, registers the commands where they changed, and answers interactions. Rejects when Discord cannot be
   * reached or refuses the token. To be called once.
   */
  readonly start: (receivers: Receivers) => Promise<Gateway>;
}

const stopGraceMs = 5_000;

/** While servers are still being delivered a shard is as good as ready. */
const connected: ReadonlySet<Status | undefined> = new Set([Status.Ready, Status.WaitingForGuilds, Status.Nearly]);

const connectionsOf = (client: Client): MemberConnections => ({
  shardOf: (guild) => ShardClientUtil.shardIdForGuildId(guild, client.options.shardCount ?? 1),
  send: (shard, packet) => {
    const connection = client.ws.shards.get(shard);
    // discord.js would keep it until the shard is there, or end the process over it.
    if (!connection || !connected.has(connection.status)) throw new MembersUnknownError('the shard is not connected');
    connection.send(packet);
  },
});

/** Makes a bot's way to Discord. Throws when a declaration cannot be registered. */
export const createDiscord = (parts: DiscordParts): Discord => {
  const { registry, watchesMembers, log, clock } = parts;
  const commands = commandBodies(registry);
  const { token, api, shards } = parts;
  const { client } = createClient({ token, api, shards, watchesMembers, log, clock });
  const languages = createLanguages();
  const connections = connectionsOf(client);
  const members = createMemberLookup(connections, clock);

  const start = async ({ directory, memberships }: Receivers): Promise<Gateway> => {
    const conversation = createConversation({
      router: createRouter(registry),
      directory,
      presenter: createPresenter(registry, log),
      replier: createReplier(client.rest),
      illustrate: createIllustrator(parts.pictures, log),
      log,
      clock,
    });
    const { shardOf } = connections;
    ingest(client, { receive: conversation.receive, memberships, members, languages, shardOf, log });
    const ready = new Promise<Client<true>>((resolve) => {
      client.once(Events.ClientReady, resolve);
    });
    try {
      await client.login(token);
      const { application, user } = await ready;
      // Of several processes, the one with the first shard speaks for all.
      const isFirst = shards?.ids.includes(0) ?? true;
      const outcome = isFirst
        ? await publishCommands(client.rest, application.id, commands)
        : 'left to another process';
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

  return {
    performers: createDiscordPerformer({
      rest: client.rest,
      registry,
      languages,
      pictures: parts.pictures,
      log,
      clock,
    }),
    membersPresent: watchesMembers
      ? members.present
      : () => Promise.reject(new MembersUnknownError('members are not watched')),
    start,
  };
};
