import { spawnSimulator } from '../../src/simulator/start.ts';
import { runAll } from '../load.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import { type Bot, startEcho, startOurs } from './bots.ts';
import { type LoadAnswer, post, runLoad } from './control.ts';
import { cpuUsOf, residentMiB } from './process-figures.ts';

const guildCount = 4;
const membersPerGuild = 500;
const outstanding = 64;
/** Messages are said one request each, and so fewer of them. */
const messagesShare = 0.2;

/** Round trips of one command. */
export interface CommandTrips {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Processor time of the bot's process for each. */
  readonly cpuUs: number;
}

/** The commands that are measured. */
export const commands = ['pay', 'balance', 'leaderboard'] as const;
export type CommandName = (typeof commands)[number];

/** Round trips and resident memory of one bot on the local Discord. */
export interface RoundTrips {
  readonly commands: Readonly<Record<CommandName, CommandTrips>>;
  readonly residentMiB: number;
}

/** One round: ours and the echo bot, and the processor time that each takes for a message somebody says. */
export interface RoundTripRound {
  readonly ours: RoundTrips;
  readonly echo: RoundTrips;
  readonly oursMessageUs: number;
  /** Of an echo bot that asked Discord for messages. */
  readonly echoMessageUs: number;
}

/** How many of each command are measured, and made before. */
interface Interactions {
  readonly total: number;
  readonly warmUp: number;
}

interface World {
  readonly url: string;
  readonly guilds: readonly string[];
  readonly users: readonly string[];
}

const load = ({ url, guilds, users }: World, command: string, options: object, total: number): Promise<LoadAnswer> =>
  runLoad(url, { guilds, users, command, options, total, outstanding });

const measure = async (world: World, bot: Bot, { total, warmUp }: Interactions): Promise<RoundTrips> => {
  const [receiver] = world.users.slice(-1);
  const payers = { ...world, users: world.users.slice(0, -1) };
  const optionsOf = (command: CommandName): object => (command === 'pay' ? { member: receiver, amount: '1' } : {});
  for (const command of commands) await load(payers, command, optionsOf(command), warmUp);
  const trips = async (command: CommandName): Promise<CommandTrips> => {
    const before = await cpuUsOf(bot.pid);
    const { elapsedMs, latenciesMs } = await load(payers, command, optionsOf(command), total);
    const cpuUs = ((await cpuUsOf(bot.pid)) - before) / total;
    return { perSecond: (total * 1000) / elapsedMs, p99Ms: latenciesMs.p99, cpuUs };
  };
  return {
    commands: { pay: await trips('pay'), balance: await trips('balance'), leaderboard: await trips('leaderboard') },
    residentMiB: await residentMiB(bot.pid),
  };
};

/** Processor time of a bot's process for each message that somebody says. */
const measureMessages = async (world: World, bot: Bot, { total, warmUp }: Interactions): Promise<number> => {
  const { url, guilds, users } = world;
  const sayOne = (index: number): Promise<unknown> =>
    post(url, `/sim/guilds/${guilds[index % guilds.length]}/messages`, {
      user: users[index % users.length],
      content: `Message ${index}`,
    });
  await runAll(Math.min(total, warmUp), outstanding, sayOne);
  const before = await cpuUsOf(bot.pid);
  await runAll(total, outstanding, sayOne);
  // What comes over the same connection comes in order: once this is answered, every message has been taken in.
  await load(world, 'balance', {}, 1);
  return ((await cpuUsOf(bot.pid)) - before) / total;
};

interface Guild {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly bot: boolean }[];
}

const makeGuilds = async (url: string): Promise<void> => {
  for (let index = 0; index < guildCount; index += 1) {
    await post(url, '/sim/guilds', { name: `Bench ${index}`, members: membersPerGuild });
  }
};

const lookAround = async (url: string): Promise<World> => {
  const state = (await (await fetch(`${url}/sim/state`)).json()) as { readonly guilds: readonly Guild[] };
  const guilds = state.guilds.filter(({ name }) => name.startsWith('Bench'));
  // Only people who are in every one of the servers.
  const everywhere = guilds
    .map(({ members }) => new Set(members.filter(({ bot }) => !bot).map(({ id }) => id)))
    .reduce((left, right) => left.intersection(right));
  return { url, guilds: guilds.map(({ id }) => id), users: [...everywhere] };
};

/** Our bot and the echo bot, one after the other in each round, over the same local Discord and people. */
export const roundTripRounds = async (
  rounds: number,
  interactions: Interactions,
): Promise<readonly RoundTripRound[]> => {
  const folder = await scratchFolder();
  const simulator = await spawnSimulator({ port: 0, dataFolder: folder, parent: {} });
  const api = `${simulator.url}/api`;
  const messages = { ...interactions, total: Math.ceil(interactions.total * messagesShare) };
  const measured: RoundTripRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bot = await startOurs(api, folder);
    if (round === 0) await makeGuilds(simulator.url);
    const world = await lookAround(simulator.url);
    const ours = await measure(world, bot, interactions);
    const oursMessageUs = await measureMessages(world, bot, messages);
    await bot.end();
    const bare = await startEcho(api);
    const echo = await measure(world, bare, interactions);
    await bare.end();
    const listening = await startEcho(api, { hearsMessages: true });
    const echoMessageUs = await measureMessages(world, listening, messages);
    await listening.end();
    measured.push({ ours, echo, oursMessageUs, echoMessageUs });
  }
  await simulator.stop();
  await removeFolder(folder);
  return measured;
};
