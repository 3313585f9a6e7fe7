import { Client, Events, GatewayIntentBits, type Interaction, Options } from 'discord.js';
import { type RunningSimulator, type StartOptions, startSimulator } from '../../src/simulator/start.ts';

/** A local Discord, a discord.js client on it, and a way to play the people. */
export interface House {
  readonly simulator: RunningSimulator;
  readonly client: Client<true>;
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Called>;
}

export interface Called {
  readonly status: number;
  // What the control API answers is what the tests are about: they look at it as it comes.
  readonly body: Answered;
}

/** What the control API answers, as far as the tests look at it. */
export interface Answered {
  readonly id: string;
  readonly answered: boolean;
  readonly deferred: boolean;
  readonly ephemeral: boolean;
  readonly interactionId: string;
  readonly latencyMs: number;
  readonly message: {
    readonly id: string;
    readonly content: string;
    readonly embeds: readonly Record<string, unknown>[];
    readonly components: readonly Record<string, unknown>[];
    readonly attachments: readonly { readonly url: string; readonly filename: string; readonly size: number }[];
    readonly viewer?: string;
    readonly reactions: readonly { readonly emoji: string; readonly users: readonly string[] }[];
  };
  readonly modal?: { readonly customId: string; readonly title: string };
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly callbacks: readonly { readonly type: number; readonly status: number; readonly code?: number }[];
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
  readonly [field: string]: unknown;
}

export interface State {
  readonly ready: boolean;
  readonly clock: number;
  readonly bot: { readonly id: string };
  readonly guilds: readonly {
    readonly id: string;
    readonly name: string;
    readonly ownerId: string;
    readonly unavailable: boolean;
    readonly channels: readonly { readonly id: string; readonly name: string; readonly type: number }[];
    readonly roles: readonly { readonly id: string; readonly name: string; readonly position: number }[];
    readonly members: readonly {
      readonly id: string;
      readonly name: string;
      readonly bot: boolean;
      readonly roles: readonly string[];
      readonly permissions: string;
      readonly locale: string;
    }[];
  }[];
  readonly commands: readonly { readonly name: string; readonly guild_id?: string }[];
  readonly refusals: readonly { readonly route: string; readonly status: number; readonly code: number }[];
}

export const allIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A client as the bot's own, logged in and with every server seen. */
export const connect = async (
  url: string,
  options: { readonly shards?: number; readonly token?: string; readonly intents?: readonly number[] } = {},
): Promise<Client<true>> => {
  const client = new Client({
    intents: [...(options.intents ?? allIntents)],
    ...(options.shards === undefined
      ? {}
      : { shardCount: options.shards, shards: Array.from({ length: options.shards }, (_, shard) => shard) }),
    makeCache: Options.cacheEverything(),
    rest: { api: `${url}/api`, version: '10', retries: 0 },
  });
  client.on(Events.Error, () => {});
  const ready = new Promise<void>((resolve) => {
    client.once(Events.ClientReady, () => resolve());
  });
  await client.login(options.token ?? 'a-token');
  await ready;
  return client as Client<true>;
};

/** Asks the control API. */
export const caller =
  (url: string): House['call'] =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/sim${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answered };
  };

export const openHouse = async (options: Partial<StartOptions> = {}): Promise<House> => {
  const simulator = await startSimulator({ port: 0, ...options });
  const client = await connect(simulator.url);
  return { simulator, client, call: caller(simulator.url) };
};

export const closeHouse = async ({ simulator, client }: House): Promise<void> => {
  await client.destroy();
  await simulator.stop();
};

export const stateOf = async ({ call }: Pick<House, 'call'>): Promise<State> =>
  (await call('GET', '/state')).body as unknown as State;

/** Moves the simulator's time past the three seconds, again and again, until the asker has given up waiting. */
export const outlast = async ({ call }: Pick<House, 'call'>, asking: Promise<Called>): Promise<Called> => {
  for (;;) {
    const moving = call('POST', '/clock', { advanceMs: 3_000 });
    const answer = await Promise.race([asking, moving.then(() => undefined)]);
    if (answer !== undefined) return answer;
  }
};

/** The first server, its people in order (the owner first), and its first channel. */
export const firstGuild = async (house: Pick<House, 'call'>) => {
  const [guild] = (await stateOf(house)).guilds;
  if (guild === undefined) throw new Error('the world has no server');
  const people = guild.members.filter((member) => !member.bot).map((member) => member.id);
  const [owner = '', first = '', second = ''] = people;
  const [channel] = guild.channels;
  return { id: guild.id, owner, first, second, people, channel: channel?.id ?? '', guild };
};

/** Answers every interaction with `handle`; what it throws is kept for the test to look at. */
export const answerWith = (client: Client, handle: (interaction: Interaction) => Promise<unknown>): unknown[] => {
  const errors: unknown[] = [];
  client.removeAllListeners(Events.InteractionCreate);
  client.on(Events.InteractionCreate, (interaction) => {
    handle(interaction).catch((error: unknown) => errors.push(error));
  });
  return errors;
};
