import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBotChild } from '../../src/local/bot-child.ts';
import { spawnSimulator } from '../../src/simulator/start.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const guildCount = 4;
const membersPerGuild = 500;
const outstanding = 64;
const warmUpInteractions = 2000;

/** Round trips a second and resident memory of one bot on the local Discord. */
export interface RoundTrips {
  readonly payPerSecond: number;
  readonly balancePerSecond: number;
  readonly payP99Ms: number;
  readonly residentMiB: number;
}

interface LoadAnswer {
  readonly total: number;
  readonly answered: number;
  readonly errors: number;
  readonly elapsedMs: number;
  readonly latenciesMs: { readonly p50: number; readonly p99: number };
}

const post = async <T>(url: string, path: string, body: unknown): Promise<T> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};

interface Bot {
  readonly pid: number | undefined;
  readonly end: () => Promise<void>;
}

const startEcho = async (api: string): Promise<Bot> => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'echo-bot.child.ts'), {
    env: { ...process.env, ECHO_API: api },
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the echo bot ended'))),
  ]);
  return {
    pid: child.pid,
    end: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

const startOurs = async (api: string, dataFolder: string): Promise<Bot> => {
  process.env['GUILDHALL_DATA'] = dataFolder;
  process.env['GUILDHALL_LOG'] = 'error';
  const child = await startBotChild({
    entry: join(import.meta.dirname, '../../src/bot-process.ts'),
    api,
    clockOffsetMs: 0,
  });
  return { pid: child.pid, end: () => child.end('SIGTERM') };
};

const residentMiB = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};

interface World {
  readonly url: string;
  readonly guilds: readonly string[];
  readonly users: readonly string[];
}

const load = async (world: World, command: string, options: object, total: number): Promise<LoadAnswer> => {
  const { url, guilds, users } = world;
  const answer = await post<LoadAnswer>(url, '/sim/load', { guilds, users, command, options, total, outstanding });
  if (answer.answered !== total) throw new Error(`/${command}: ${answer.answered} of ${total} were answered`);
  return answer;
};

const measure = async (world: World, bot: Bot, total: number): Promise<RoundTrips> => {
  const [receiver] = world.users.slice(-1);
  const pay = { member: receiver, amount: '1' };
  const payers = { ...world, users: world.users.slice(0, -1) };
  await load(payers, 'pay', pay, warmUpInteractions);
  await load(payers, 'balance', {}, warmUpInteractions);
  const pays = await load(payers, 'pay', pay, total);
  const balances = await load(payers, 'balance', {}, total);
  return {
    payPerSecond: (total * 1000) / pays.elapsedMs,
    balancePerSecond: (total * 1000) / balances.elapsedMs,
    payP99Ms: pays.latenciesMs.p99,
    residentMiB: await residentMiB(bot.pid),
  };
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
  total: number,
): Promise<{ readonly ours: readonly RoundTrips[]; readonly echo: readonly RoundTrips[] }> => {
  const folder = await scratchFolder();
  const ours: RoundTrips[] = [];
  const echo: RoundTrips[] = [];
  const simulator = await spawnSimulator({ port: 0, dataFolder: folder, parent: {} });
  for (let round = 0; round < rounds; round += 1) {
    const bot = await startOurs(`${simulator.url}/api`, folder);
    if (round === 0) await makeGuilds(simulator.url);
    const world = await lookAround(simulator.url);
    ours.push(await measure(world, bot, total));
    await bot.end();
    const bare = await startEcho(`${simulator.url}/api`);
    echo.push(await measure(world, bare, total));
    await bare.end();
  }
  await simulator.stop();
  await removeFolder(folder);
  return { ours, echo };
};
