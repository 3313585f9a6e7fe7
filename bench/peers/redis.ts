import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { coinsMax, type Ground, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';
import { programPath, startServer } from './server.ts';

/** How long a key is remembered: as long as ours remembers an interaction. */
const keptSeconds = 15 * 60;
const script = readFileSync(join(import.meta.dirname, 'pay.lua'), 'utf8');

/** `alone`: one connection, the script's text with each command, the next after the answer. `pipelined`: all at once, by its hash. */
export interface RedisForm {
  readonly sending: 'alone' | 'pipelined';
  readonly connections: number;
  readonly appendfsync: 'always' | 'everysec';
}

const balances = (guild: number): string => `balances:${guild}`;
const ledger = (guild: number): string => `ledger:${guild}`;

const clientOf = (path: string) => createClient({ socket: { path, reconnectStrategy: false } });
type Client = ReturnType<typeof clientOf>;

const fill = async (client: Client, { guilds, membersPerGuild }: Ground): Promise<void> => {
  const members = Object.fromEntries(Array.from({ length: membersPerGuild }, (_, index) => [index, startCoins]));
  await Promise.all(Array.from({ length: guilds }, (_, guild) => client.hSet(balances(guild), members)));
};

/** Redis on a socket of its own, every change in its append-only file. */
export const openRedis = async (ground: Ground, form: RedisForm): Promise<Peer> => {
  const { folder } = ground;
  const socket = join(folder, 'redis.sock');
  const settings = {
    port: '0',
    unixsocket: socket,
    dir: folder,
    save: '',
    daemonize: 'no',
    appendonly: 'yes',
    appendfsync: form.appendfsync,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = await startServer([programPath('redis-server'), ...flags], 'SIGTERM', async () => {
    const probe = clientOf(socket);
    probe.on('error', () => undefined);
    await probe.connect();
    await probe.ping();
    await probe.close();
  });
  const clients = await Promise.all(
    Array.from({ length: form.connections }, async () => {
      const client = clientOf(socket);
      client.on('error', (error) => {
        throw error;
      });
      return await client.connect();
    }),
  );
  const [first] = clients;
  if (first === undefined) throw new RangeError('Redis is reached over one connection at least');
  await fill(first, ground);
  const hash = await first.scriptLoad(script);
  let turn = 0;
  let last: Promise<unknown> = Promise.resolve();
  const options = ({ guild, payer, receiver, id }: Payment) => ({
    keys: [balances(guild), ledger(guild), `request:${id}`],
    arguments: [payer, receiver, paidCoins, coinsMax, Date.now(), keptSeconds].map(String),
  });
  const payPipelined = async (payment: Payment): Promise<boolean> => {
    turn = (turn + 1) % clients.length;
    return (await (clients[turn] ?? first).evalSha(hash, options(payment))) === 1;
  };
  const payAlone = async (payment: Payment): Promise<boolean> => (await first.eval(script, options(payment))) === 1;
  return {
    pay: (payment) => {
      if (form.sending === 'pipelined') return payPipelined(payment);
      const paid = last.then(() => payAlone(payment));
      last = paid;
      return paid;
    },
    audit: async () => {
      const guilds = Array.from({ length: ground.guilds }, (_, guild) => guild);
      const held = await Promise.all(guilds.map((guild) => first.hVals(balances(guild))));
      const rows = await Promise.all(guilds.map((guild) => first.lLen(ledger(guild))));
      return {
        coins: held.flat().reduce((sum, coins) => sum + Number(coins), 0),
        ledgerRows: rows.reduce((sum, count) => sum + count, 0),
      };
    },
    close: async () => {
      for (const client of clients) await client.close();
      await server.stop();
    },
  };
};
