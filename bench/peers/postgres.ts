import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { coinsMax, type Ground, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';
import { programPath, type Runner, type Server, startServer, unprivileged } from './server.ts';

/** `statements`: a transaction of one round trip for each statement. `function`: one call of a prepared statement. */
export interface PostgresForm {
  readonly sending: 'statements' | 'function';
  readonly connections: number;
  readonly synchronousCommit: 'on' | 'off';
}

const schema = readFileSync(join(import.meta.dirname, 'pay.sql'), 'utf8');
const user = 'postgres';

const start = async (folder: string, { connections, synchronousCommit }: PostgresForm): Promise<Server> => {
  // Whoever runs the server must get through the folder that only we may enter otherwise.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const runner: Runner | undefined = unprivileged(data);
  if (runner) unprivileged(folder);
  const made = spawnSync(
    programPath('initdb'),
    ['-D', data, '-U', user, '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'],
    { encoding: 'utf8', cwd: '/', ...runner },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: connections + 8,
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    synchronous_commit: synchronousCommit,
    fsync: 'on',
    full_page_writes: 'on',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return await startServer(
    [programPath('postgres'), '-D', data, ...flags],
    // An orderly end would write all it has to the disk first, and for nobody.
    'SIGQUIT',
    async () => {
      const probe = new pg.Client({ host: folder, user, database: user });
      await probe.connect();
      await probe.end();
    },
    runner,
  );
};

const sums = async (pool: pg.Pool, sql: string): Promise<number> => {
  const { rows } = await pool.query<{ value: string }>(sql);
  return Number(rows[0]?.value);
};

const lock = 'SELECT member, coins FROM account WHERE guild = $1 AND member IN ($2, $3) ORDER BY member FOR UPDATE';
const enter = 'INSERT INTO ledger (guild, payer, receiver, coins, at) VALUES ($1, $2, $3, $4, now())';
const change = 'UPDATE account SET coins = coins + $3 WHERE guild = $1 AND member = $2';

/** The payment of a transaction that has begun; gives what it came to and how the transaction is to end. */
const payStatements = async (
  client: pg.PoolClient,
  { guild, payer, receiver, id }: Payment,
): Promise<{ readonly paid: boolean; readonly end: 'COMMIT' | 'ROLLBACK' }> => {
  const { rows } = await client.query<{ member: number; coins: string }>(lock, [guild, payer, receiver]);
  const seen = await client.query('SELECT 1 FROM request WHERE id = $1', [id]);
  if (seen.rowCount !== 0) return { paid: true, end: 'ROLLBACK' };
  const coinsOf = (member: number): number => Number(rows.find((row) => row.member === member)?.coins);
  if (coinsOf(payer) < paidCoins || coinsOf(receiver) + paidCoins > coinsMax) return { paid: false, end: 'ROLLBACK' };
  await client.query(change, [guild, payer, -paidCoins]);
  await client.query(change, [guild, receiver, paidCoins]);
  await client.query(enter, [guild, payer, receiver, paidCoins]);
  await client.query('INSERT INTO request (id, at) VALUES ($1, now())', [id]);
  return { paid: true, end: 'COMMIT' };
};

/** PostgreSQL on a socket of its own, balances in rows that are locked, reached through a pool. */
export const openPostgres = async (ground: Ground, form: PostgresForm): Promise<Peer> => {
  const server = await start(ground.folder, form);
  const pool = new pg.Pool({ host: ground.folder, user, database: user, max: form.connections, idleTimeoutMillis: 0 });
  pool.on('error', (error) => {
    throw error;
  });
  await pool.query(schema);
  await pool.query(
    `INSERT INTO account SELECT guild, member, ${startCoins}
     FROM generate_series(0, ${ground.guilds - 1}) guild, generate_series(0, ${ground.membersPerGuild - 1}) member`,
  );
  await pool.query('VACUUM ANALYZE account');
  await pool.query('CHECKPOINT');
  const payByFunction = async ({ guild, payer, receiver, id }: Payment): Promise<boolean> => {
    const { rows } = await pool.query<{ paid: boolean }>({
      name: 'pay',
      text: 'SELECT pay($1, $2, $3, $4, $5, $6) AS paid',
      values: [guild, payer, receiver, paidCoins, coinsMax, id],
    });
    return rows[0]?.paid === true;
  };
  const payByStatements = async (payment: Payment): Promise<boolean> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { paid, end } = await payStatements(client, payment);
      await client.query(end);
      return paid;
    } finally {
      client.release();
    }
  };
  return {
    pay: form.sending === 'function' ? payByFunction : payByStatements,
    audit: async () => ({
      coins: await sums(pool, 'SELECT sum(coins) AS value FROM account'),
      ledgerRows: await sums(pool, 'SELECT count(*) AS value FROM ledger'),
    }),
    close: async () => {
      await pool.end();
      await server.stop();
    },
  };
};
