import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { coinsMax, type Ground, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';

/** `each`: a transaction for each payment. `tick`: one for all that were asked for in the same turn of the event loop. */
export type SqliteForm = 'each' | 'tick';

const schema = `
  CREATE TABLE account (guild INTEGER, member INTEGER, coins INTEGER NOT NULL, PRIMARY KEY (guild, member)) WITHOUT ROWID;
  CREATE TABLE ledger (id INTEGER PRIMARY KEY, guild INTEGER, payer INTEGER, receiver INTEGER, coins INTEGER, at INTEGER);
  CREATE TABLE request (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
`;

/** Payments as a transaction does them, without beginning or ending it. */
const payer = (database: DatabaseSync): ((payment: Payment) => boolean) => {
  const seen = database.prepare('SELECT 1 FROM request WHERE id = ?');
  const held = database.prepare('SELECT coins FROM account WHERE guild = ? AND member = ?');
  const change = database.prepare('UPDATE account SET coins = coins + ? WHERE guild = ? AND member = ?');
  const remember = database.prepare('INSERT INTO request (id, at) VALUES (?, ?)');
  const enter = database.prepare('INSERT INTO ledger (guild, payer, receiver, coins, at) VALUES (?, ?, ?, ?, ?)');
  const coinsOf = (guild: number, member: number): number => Number(held.get(guild, member)?.['coins']);
  return ({ guild, payer: from, receiver: to, id }) => {
    if (seen.get(id) !== undefined) return true;
    if (coinsOf(guild, from) < paidCoins || coinsOf(guild, to) + paidCoins > coinsMax) return false;
    const at = Date.now();
    change.run(-paidCoins, guild, from);
    change.run(paidCoins, guild, to);
    enter.run(guild, from, to, paidCoins, at);
    remember.run(id, at);
    return true;
  };
};

/** SQLite with a write-ahead log, in this process, as Node has it. */
export const openSqlite = (ground: Ground, form: SqliteForm, synchronous: 'FULL' | 'NORMAL'): Peer => {
  const database = new DatabaseSync(join(ground.folder, 'bench.sqlite'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -262144;`);
  // The best form copies the log back in larger pieces.
  if (form === 'tick') database.exec('PRAGMA wal_autocheckpoint = 10000');
  database.exec(schema);
  database.exec('BEGIN');
  const insert = database.prepare('INSERT INTO account (guild, member, coins) VALUES (?, ?, ?)');
  for (let guild = 0; guild < ground.guilds; guild += 1) {
    for (let member = 0; member < ground.membersPerGuild; member += 1) insert.run(guild, member, startCoins);
  }
  database.exec('COMMIT');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const pay = payer(database);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let waiting: { readonly payment: Payment; readonly resolve: (paid: boolean) => void }[] = [];
  const payAll = (): void => {
    const batch = waiting;
    waiting = [];
    begin.run();
    const outcomes = batch.map(({ payment }) => pay(payment));
    commit.run();
    batch.forEach(({ resolve }, index) => resolve(outcomes[index] ?? false));
  };
  const sum = (sql: string): number => Number(database.prepare(sql).get()?.['value']);
  return {
    pay: (payment) => {
      if (form === 'each') {
        begin.run();
        const paid = pay(payment);
        commit.run();
        return Promise.resolve(paid);
      }
      return new Promise((resolve) => {
        waiting.push({ payment, resolve });
        if (waiting.length === 1) setImmediate(payAll);
      });
    },
    audit: async () => ({
      coins: sum('SELECT sum(coins) AS value FROM account'),
      ledgerRows: sum('SELECT count(*) AS value FROM ledger'),
    }),
    close: async () => database.close(),
  };
};
