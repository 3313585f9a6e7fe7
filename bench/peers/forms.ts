import type { PopulationGroup } from '../populate.ts';
import type { Ground, Peer, PeerRound } from './peer.ts';

/** Programs that a form needs, and the line that installs them. */
export const programs = {
  'redis-server': 'apt-get install -y redis-server',
  postgres: 'apt-get install -y postgresql',
  elixir: 'apt-get install -y elixir',
} as const;
export type Program = keyof typeof programs;

/** A file that is saved as a whole is the slower the more it holds: few guilds, with the members that bots often have. */
const largeGuilds: PopulationGroup = { guilds: 100, membersPerGuild: 1000 };

/** One way in which a peer is used. */
export interface Form {
  readonly peer: string;
  /** What is done in this form. */
  readonly form: string;
  readonly level: 'naive' | 'best' | 'other';
  /** Whether who is answered may rely on the disk. */
  readonly durable: boolean;
  readonly program?: Program;
  /** Other guilds and members than those of the plan. */
  readonly population?: PopulationGroup;
  /** The form of ours over the same guilds; that over the plan's unless said. */
  readonly beside?: string;
  /** Payments under way at once, where one waits for another anyway and 64 of them would only wait longer. */
  readonly outstanding?: number;
  /** Fills a folder once, for all rounds. Gives the bytes of a payment's record in its journal. */
  readonly prepare?: (ground: Ground) => Promise<number>;
  readonly open?: (ground: Ground) => Promise<Peer>;
  /** Where it measures itself, in a runtime of its own. */
  readonly measure?: (ground: Ground) => Promise<PeerRound>;
}

const appendFile = async (ground: Ground, how: 'each' | 'group' | 'durable-writes'): Promise<Peer> => {
  const { openGroupLog, openPlainLog } = await import('./log.ts');
  const { openAppendFile } = await import('./append-file.ts');
  const log = how === 'each' ? openPlainLog(ground.folder) : openGroupLog(ground.folder, how === 'durable-writes');
  return openAppendFile(ground, await log);
};

const redis =
  (sending: 'alone' | 'pipelined', connections: number, appendfsync: 'always' | 'everysec') =>
  async (ground: Ground): Promise<Peer> =>
    await (await import('./redis.ts')).openRedis(ground, { sending, connections, appendfsync });

const postgres =
  (sending: 'statements' | 'function', connections: number, synchronousCommit: 'on' | 'off') =>
  async (ground: Ground): Promise<Peer> =>
    await (await import('./postgres.ts')).openPostgres(ground, { sending, connections, synchronousCommit });

const sqlite =
  (form: 'each' | 'tick', synchronous: 'FULL' | 'NORMAL') =>
  async (ground: Ground): Promise<Peer> =>
    (await import('./sqlite.ts')).openSqlite(ground, form, synchronous);

const jsonFile =
  (durable: boolean) =>
  async (ground: Ground): Promise<Peer> =>
    await (await import('./json-file.ts')).openJsonFile(ground, durable);

const nact =
  (grouped: boolean) =>
  async (ground: Ground): Promise<Peer> => {
    const { openGroupLog, openPlainLog } = await import('./log.ts');
    const log = grouped ? openGroupLog(ground.folder, false) : openPlainLog(ground.folder);
    return (await import('./nact.ts')).openNact(ground, await log);
  };

const nactBatched = async (ground: Ground): Promise<Peer> => {
  const { openGroupLog } = await import('./log.ts');
  // The log that costs least: a bound is of the best there is.
  const log = await openGroupLog(ground.folder, true);
  return (await import('./nact-batched.ts')).openNactBatched(ground, log);
};

const elixir =
  (form: 'each' | 'group') =>
  async (ground: Ground): Promise<PeerRound> =>
    await (await import('./elixir.ts')).measureElixir(ground, form);

const ours = {
  peer: 'this bot',
  durable: true,
  prepare: async (ground: Ground) => await (await import('./ours.ts')).prepareOurs(ground),
  open: async (ground: Ground) => await (await import('./ours.ts')).openOurs(ground),
};

/** Every form of every peer, by the name it has in files. Ours is first: the logs of the others have its records' size. */
export const forms = {
  ours: {
    ...ours,
    form: 'as deployed: all features, over snapshots',
    level: 'best',
  },
  'ours-large-guilds': {
    ...ours,
    form: 'as deployed; 100 guilds × 1,000 members',
    level: 'other',
    population: largeGuilds,
  },
  'append-each': {
    peer: 'append-only file',
    form: 'a write and an fdatasync each',
    level: 'naive',
    durable: true,
    open: (ground: Ground) => appendFile(ground, 'each'),
  },
  'append-group': {
    peer: 'append-only file',
    form: 'one fdatasync for all that gathered: the limit',
    level: 'best',
    durable: true,
    open: (ground: Ground) => appendFile(ground, 'group'),
  },
  'append-durable-writes': {
    peer: 'append-only file',
    form: 'one O_DSYNC write into preallocated blocks',
    level: 'other',
    durable: true,
    open: (ground: Ground) => appendFile(ground, 'durable-writes'),
  },
  'redis-alone': {
    peer: 'Redis',
    form: 'appendfsync always, EVAL, one connection, no pipelining',
    level: 'naive',
    durable: true,
    program: 'redis-server',
    open: redis('alone', 1, 'always'),
  },
  'redis-pipelined': {
    peer: 'Redis',
    form: 'appendfsync always, EVALSHA, 64 pipelined on one connection',
    level: 'best',
    durable: true,
    program: 'redis-server',
    open: redis('pipelined', 1, 'always'),
  },
  'redis-pipelined-8': {
    peer: 'Redis',
    form: 'appendfsync always, EVALSHA, 64 pipelined over 8 connections',
    level: 'best',
    durable: true,
    program: 'redis-server',
    open: redis('pipelined', 8, 'always'),
  },
  'redis-everysec': {
    peer: 'Redis',
    form: 'appendfsync everysec, EVALSHA, 64 pipelined on one connection',
    level: 'best',
    durable: false,
    program: 'redis-server',
    open: redis('pipelined', 1, 'everysec'),
  },
  'postgres-statements': {
    peer: 'PostgreSQL',
    form: 'a round trip for each statement, pool of 10',
    level: 'naive',
    durable: true,
    program: 'postgres',
    open: postgres('statements', 10, 'on'),
  },
  'postgres-function': {
    peer: 'PostgreSQL',
    form: 'one call of a function, pool of 64',
    level: 'best',
    durable: true,
    program: 'postgres',
    open: postgres('function', 64, 'on'),
  },
  'postgres-function-16': {
    peer: 'PostgreSQL',
    form: 'one call of a function, pool of 16',
    level: 'best',
    durable: true,
    program: 'postgres',
    open: postgres('function', 16, 'on'),
  },
  'postgres-asynchronous': {
    peer: 'PostgreSQL',
    form: 'synchronous_commit off, one call of a function, pool of 64',
    level: 'best',
    durable: false,
    program: 'postgres',
    open: postgres('function', 64, 'off'),
  },
  'sqlite-each': {
    peer: 'SQLite',
    form: 'WAL, FULL, a transaction each',
    level: 'naive',
    durable: true,
    open: sqlite('each', 'FULL'),
  },
  'sqlite-tick': {
    peer: 'SQLite',
    form: 'WAL, FULL, a transaction for each tick',
    level: 'best',
    durable: true,
    open: sqlite('tick', 'FULL'),
  },
  'sqlite-normal': {
    peer: 'SQLite',
    form: 'WAL, NORMAL, a transaction for each tick',
    level: 'best',
    durable: false,
    open: sqlite('tick', 'NORMAL'),
  },
  'elixir-each': {
    peer: 'Elixir',
    form: 'a GenServer per guild that waits for the disk',
    level: 'naive',
    durable: true,
    program: 'elixir',
    measure: elixir('each'),
  },
  'elixir-group': {
    peer: 'Elixir',
    form: 'a GenServer per guild, group-committed log',
    level: 'best',
    durable: true,
    program: 'elixir',
    measure: elixir('group'),
  },
  'json-durable': {
    peer: 'JSON file',
    form: 'loaded, changed, saved to the disk, each',
    level: 'naive',
    durable: true,
    outstanding: 1,
    open: jsonFile(true),
  },
  'json-memory': {
    peer: 'JSON file',
    form: 'in memory, saved whole for all that gathered',
    level: 'best',
    durable: true,
    open: async (ground: Ground) => await (await import('./json-file.ts')).openJsonMemory(ground),
  },
  'json-bots': {
    peer: 'JSON file',
    form: 'loaded, changed, saved, as bots do; 100 guilds × 1,000 members',
    level: 'naive',
    durable: false,
    outstanding: 1,
    population: largeGuilds,
    beside: 'ours-large-guilds',
    open: jsonFile(false),
  },
  'nact-each': {
    peer: 'nact',
    form: 'an actor per guild whose handler awaits a sync of its own',
    level: 'naive',
    durable: true,
    open: nact(false),
  },
  'nact-group': {
    peer: 'nact',
    form: 'an actor per guild whose handler awaits a group-committed log',
    level: 'best',
    durable: true,
    open: nact(true),
  },
  'nact-batched': {
    peer: 'nact',
    form: 'an actor per guild that waits for nothing, over O_DSYNC writes: nact alone',
    level: 'best',
    durable: true,
    open: nactBatched,
  },
} as const satisfies Readonly<Record<string, Form>>;
export type FormName = keyof typeof forms;

/** A form by its name. */
export const formOf = (name: FormName): Form => forms[name];
