/** A figure that is to be reached: the name of a ratio or a result, and its bound. */
export interface Target {
  readonly name: string;
  readonly least?: number;
  readonly below?: number;
}

/** A ratio of medians of one run: one result, and the greatest of others. */
export interface Quotient {
  readonly name: string;
  readonly one: string;
  /**
   * What takes the place of `one` if a pay were nothing but a message of nact and a record in a log. Nothing does on
   * slower disks: that log has one block on its way, our journal several.
   */
  readonly nact?: string;
  readonly others: readonly string[];
}

/** Every ratio that is formed where its results are there. */
export const quotients: readonly Quotient[] = [
  {
    name: 'durable pay / append-file limit',
    one: 'pay, ours',
    nact: 'pay, nact-batched',
    others: ['pay, append-group'],
  },
  {
    name: 'durable pay / Redis, appendfsync always',
    one: 'pay, ours',
    nact: 'pay, nact-batched',
    others: ['pay, redis-alone', 'pay, redis-pipelined', 'pay, redis-pipelined-8'],
  },
  { name: 'durable pay / batched SQLite', one: 'pay, ours', nact: 'pay, nact-batched', others: ['pay, sqlite-tick'] },
  {
    name: 'durable pay / Elixir',
    one: 'pay, ours',
    nact: 'pay, nact-batched',
    others: ['pay, elixir-each', 'pay, elixir-group'],
  },
  {
    name: 'durable pay / PostgreSQL',
    one: 'pay, ours',
    nact: 'pay, nact-batched',
    others: ['pay, postgres-statements', 'pay, postgres-function', 'pay, postgres-function-16'],
  },
  // Over the same few guilds, which nact alone is not measured with.
  { name: 'durable pay / JSON file', one: 'pay, ours-large-guilds', others: ['pay, json-bots'] },
  { name: 'durable pay / nact, awaiting the disk', one: 'pay, ours', others: ['pay, nact-each'] },
  {
    name: 'durable pay / append file, 1 ms added',
    one: 'pay, ours, 1 ms added',
    others: ['pay, append-group, 1 ms added'],
  },
  {
    name: 'durable pay / append file, 5 ms added',
    one: 'pay, ours, 5 ms added',
    others: ['pay, append-group, 5 ms added'],
  },
  { name: 'pay / echo bot', one: '/pay through discord.js', others: ['echo bot, /pay'] },
  { name: 'balance / echo bot', one: '/balance through discord.js', others: ['echo bot, /balance'] },
  {
    name: 'leaderboard / echo bot',
    one: '/leaderboard through discord.js',
    others: ['echo bot, /leaderboard'],
  },
  { name: 'many guilds on disk / few', one: 'pay, many guilds on disk', others: ['pay, few guilds on disk'] },
];

/** What is to be reached. */
export const targets: readonly Target[] = [
  { name: 'durable pay / append-file limit', least: 0.7 },
  { name: 'durable pay / Redis, appendfsync always', least: 2 },
  { name: 'durable pay / batched SQLite', least: 1 },
  { name: 'durable pay / Elixir', least: 1 },
  { name: 'durable pay / PostgreSQL', least: 10 },
  { name: 'durable pay / JSON file', least: 5000 },
  { name: 'pay / echo bot', least: 0.85 },
  { name: 'durable pay / append file, 1 ms added', least: 0.8 },
  { name: 'durable pay / append file, 5 ms added', least: 0.8 },
  { name: 'many guilds on disk / few', least: 0.8 },
  { name: 'quiet guilds p99, one flooded / none', below: 1.5 },
  { name: 'p99 at half load, snapshots / none', below: 1.5 },
  { name: 'casino and shop / pay, rows changed a second', least: 0.8 },
  { name: 'cold /balance p99', below: 2 },
  { name: '/leaderboard of 100,000 members, cold, p99', below: 5 },
  { name: '/leaderboard of 100,000 members, warm, p99', below: 1 },
  { name: 'recovery of 1,000,000 operations', below: 10 },
  { name: 'recovery of 1,000,000 operations: most memory', below: 300 },
  { name: 'from start to the first answer, 100,000 guilds', below: 2 },
  { name: '100,000 jobs due at once: run in', below: 60 },
  { name: '/pay p99 while due jobs run', below: 50 },
  { name: 'memory of a guild on disk that nobody asked', below: 50 },
  { name: 'memory of a guild that was asked and let go of', below: 50 },
];

/** What a target asks for, in words. */
export const boundOf = ({ least, below }: Target): string =>
  least === undefined ? `under ${below}` : `at least ${least.toLocaleString('en')}`;

/** Whether a value reaches a target. */
export const isReached = (value: number, { least, below }: Target): boolean =>
  (least === undefined || value >= least) && (below === undefined || value < below);
