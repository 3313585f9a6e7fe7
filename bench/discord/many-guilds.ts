import { join } from 'node:path';
import { startChild } from '../child.ts';
import { runAll } from '../load.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import { type Bot, startEcho, startOurs } from './bots.ts';
import { post, runLoad } from './control.ts';
import { type Held, heldBy, probed, untilQuiet } from './process-figures.ts';

/** Discord gives a shard 2,500 servers at most, and advises 1,000. */
const guildsPerShard = 2_000;
const shardsLeast = 2;
const membersPerGuild = 3;
const makeOutstanding = 32;
/** How long a bot may be at work after its login, which is more where there are more servers. */
const quietPatienceMs = 180_000;
/** People of servers all over who look at their balance, to see that a bot is there for them. */
const askedGuilds = 200;

/** A bot that is in many servers. */
export interface GatewayRound extends Held {
  /** From its start to when it says that it is ready; what it holds is measured when it has little to do after that. */
  readonly loginSeconds: number;
}

/** Both bots in the same servers. */
export interface ManyGuildsRound {
  readonly ours: GatewayRound;
  readonly echo: GatewayRound;
}

interface Servers {
  readonly url: string;
  readonly ids: readonly string[];
  readonly end: () => Promise<void>;
}

const makeServers = async (count: number): Promise<Servers> => {
  const child = startChild(join(import.meta.dirname, 'simulator.child.ts'), {});
  const { url } = await child.next<{ readonly url: string }>();
  const ids: string[] = [];
  await runAll(count, makeOutstanding, async (index) => {
    const body = { name: `Bench ${index}`, members: membersPerGuild };
    ids.push((await post<{ readonly id: string }>(url, '/sim/guilds', body)).id);
  });
  return { url, ids, end: child.end };
};

const measure = async (servers: Servers, start: (probe: Probe) => Promise<Bot>): Promise<GatewayRound> => {
  const folder = await scratchFolder();
  const startedMs = performance.now();
  const bot = await start(probed(folder));
  const loginSeconds = (performance.now() - startedMs) / 1000;
  await untilQuiet(bot.pid, quietPatienceMs);
  const held = await heldBy(bot.pid, folder);
  const guilds = servers.ids.filter((_, index) => index % Math.ceil(servers.ids.length / askedGuilds) === 0);
  await runLoad(servers.url, { guilds, command: 'balance', options: {}, total: guilds.length, outstanding: 8 });
  await bot.end();
  await removeFolder(folder);
  return { loginSeconds, ...held };
};
type Probe = ReturnType<typeof probed>;

/**
 * Our bot and a bare client, each started anew in every round, in the same `count` servers over several shards. Ours
 * has nothing of them on disk.
 */
export const manyGuildsRounds = async (count: number, rounds: number): Promise<readonly ManyGuildsRound[]> => {
  const servers = await makeServers(count);
  const api = `${servers.url}/api`;
  const shards = Math.max(shardsLeast, Math.ceil(count / guildsPerShard));
  const measured: ManyGuildsRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const data = await scratchFolder();
    const ours = await measure(servers, (environment) => startOurs(api, data, { shards, environment }));
    await removeFolder(data);
    const echo = await measure(servers, (environment) => startEcho(api, { shards, environment }));
    measured.push({ ours, echo });
  }
  await servers.end();
  return measured;
};
