import { setTimeout as sleep } from 'node:timers/promises';
import { Client, GatewayIntentBits, Options, SimpleIdentifyThrottler } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.ts';
import { createIdentifyPacing } from './identify.ts';
import { describeFailure, redact } from './redact.ts';
import { createTransport, type Transport } from './transport.ts';

/** What a client needs to know. */
export interface ClientSpec {
  readonly token: string;
  /** Discord's REST address; Discord's own unless a local Discord stands in. */
  readonly api?: string | undefined;
  /** The shards of this process out of all; discord.js's advice by default. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined;
  /** Asks Discord to tell of members who leave; a privileged intent. */
  readonly watchesMembers: boolean;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Nothing behind the gateway reads discord.js's memory, so it keeps what it cannot do without. */
const smallCaches = Options.cacheWithLimits({
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
  VoiceStateManager: 0,
});

/** A small server's worth of members at most in the first packet of a server. */
const largeThreshold = 50;
const handlerSweepMs = 60_000;
/** Until then a request, or another try of it, may be sent; from then on the transport counts. */
const requestTimeoutMs = 30_000;
/** Where effects go. Source: Discord's routes of messages, roles and direct messages. */
const effectRoutes = ['/channels/', '/guilds/', '/users/'] as const;
const rateLimitWaitMsMax = 10_000;
/** How long the client waits at start for servers Discord announced but does not deliver. */
const waitGuildMs = 2_000;

/** discord.js's client, tuned, and the transport under it. Logs what goes wrong with the connection. */
export const createClient = (spec: ClientSpec): { readonly client: Client; readonly transport: Transport } => {
  const { log, clock } = spec;
  const pacing = createIdentifyPacing();
  // discord.js takes one 401 for the token's end. A wrong one shows at the next request; a revoked one trips the breaker.
  const transport = createTransport({
    clock,
    onUnauthorised: () => {
      log.warn('Discord answered 401 to an authorised request');
      client.rest.setToken(spec.token);
    },
  });
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds, ...(spec.watchesMembers ? [GatewayIntentBits.GuildMembers] : [])],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: smallCaches,
    waitGuildTimeout: waitGuildMs,
    ...(spec.shards ? { shards: [...spec.shards.ids], shardCount: spec.shards.count } : { shards: 'auto' as const }),
    ws: {
      large_threshold: largeThreshold,
      buildIdentifyThrottler: async (manager) => {
        const gateway = await manager.fetchGatewayInformation();
        const throttler = new SimpleIdentifyThrottler(gateway.session_start_limit.max_concurrency);
        return {
          waitForIdentify: async (shard, signal) => {
            const delayMs = pacing.delayMs(shard, clock.monotonicMs());
            if (delayMs > 0) {
              log.warn({ shard, delayMs }, 'the session was lost repeatedly: waiting before the next login');
              await sleep(delayMs, undefined, { signal });
            }
            await throttler.waitForIdentify(shard, signal);
          },
        };
      },
    },
    rest: {
      version: '10',
      // Discord does not count answers to interactions towards its 50 a second; discord.js does. The transport counts.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // The transport tries again, with pauses.
      retries: 0,
      timeout: requestTimeoutMs,
      // An effect that would wait longer comes again later; answers and registrations wait.
      rejectOnRateLimit: ({ route, retryAfter, timeToReset }) =>
        effectRoutes.some((start) => route.startsWith(start)) && Math.max(retryAfter, timeToReset) > rateLimitWaitMsMax,
      // One handler is kept for each interaction that was deferred, until the sweep.
      handlerSweepInterval: handlerSweepMs,
      makeRequest: transport.makeRequest,
      ...(spec.api !== undefined && { api: spec.api }),
    },
  });

  // Effects that were left over may be performed before the login is through.
  client.rest.setToken(spec.token);
  client.on('error', (error) => log.error({ failure: describeFailure(error) }, 'the Discord client failed'));
  client.on('warn', (message) => log.warn({ message: redact(message) }, 'the Discord client warns'));
  client.on('shardError', (error, shard) => log.warn({ shard, failure: describeFailure(error) }, 'a shard failed'));
  client.on('shardDisconnect', (event, shard) => log.error({ shard, code: event.code }, 'a shard is gone for good'));
  client.on('shardReconnecting', (shard) => log.info({ shard }, 'a shard connects again'));
  client.on('shardResume', (shard, replayed) => log.info({ shard, replayed }, 'a shard resumed its session'));
  client.on('invalidated', () => log.fatal('Discord ended the session for good'));
  client.rest.on('rateLimited', ({ route, method, timeToReset, global, scope }) => {
    log.warn({ route, method, timeToResetMs: timeToReset, global, scope }, 'Discord limits the rate of requests');
  });
  return { client, transport };
};
