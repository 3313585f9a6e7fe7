import { z } from 'zod';
import { isSnowflake } from './kernel/ids.ts';

const wholeNumber = (least: number, most: number): z.ZodType<number> =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most));

const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(8420),
  GUILDHALL_DATA: z.string().min(1).default('./data'),
  DISCORD_TOKEN: z.string().min(1).optional(),
  GUILDHALL_OWNERS: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .pipe(z.array(z.string().refine(isSnowflake, 'must be Discord user ids, separated by commas')))
    .optional(),
  GUILDHALL_DURABILITY: z.enum(['power', 'process']).default('power'),
  GUILDHALL_SNAPSHOT_SECONDS: wholeNumber(1, 3600).default(5),
  GUILDHALL_DEFAULTS: z.string().min(1).optional(),
  GUILDHALL_SHARDS: wholeNumber(1, 1000).optional(),
  GUILDHALL_WATCH_MEMBERS: z.enum(['on', 'off']).default('on'),
  GUILDHALL_RETENTION_DAYS: wholeNumber(0, 3650).default(30),
  GUILDHALL_HISTORY_DAYS: wholeNumber(0, 90).default(30),
  GUILDHALL_CLOCK_GRACE_SECONDS: wholeNumber(0, 86_400).default(60),
  GUILDHALL_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Everything an operator may set, from the environment. */
export interface Configuration {
  /** Port of the playground; unused with a token. */
  readonly port: number;
  readonly dataFolder: string;
  /** Absent: the local Discord. */
  readonly token: string | undefined;
  /** Operators of this bot, by Discord user id. */
  readonly owners: ReadonlySet<string>;
  readonly durability: 'power' | 'process';
  readonly snapshotIntervalMs: number;
  /** File with the owner's defaults for settings of servers; built-in ones without it. */
  readonly defaultsFile: string | undefined;
  readonly shards: number | undefined;
  /** Whether Discord tells of members who leave and come, which an application must be allowed to ask for. */
  readonly watchesMembers: boolean;
  /** Days for which the rows of a server are kept that sent the bot away. */
  readonly retentionDays: number;
  /** Days for which the journal's history and backups are kept; 0 keeps no history. */
  readonly historyDays: number;
  /** How long deadlines are held after the machine's clock jumped; 0 for not at all. */
  readonly clockGraceMs: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A setting of the environment that cannot be used; its message is one line for the operator. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the environment. An empty variable counts as absent. Throws a `ConfigurationError` that names the variable. */
export const readConfiguration = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(present);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ConfigurationError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { data } = result;
  return {
    port: data.PORT,
    dataFolder: data.GUILDHALL_DATA,
    token: data.DISCORD_TOKEN,
    owners: new Set(data.GUILDHALL_OWNERS),
    durability: data.GUILDHALL_DURABILITY,
    snapshotIntervalMs: data.GUILDHALL_SNAPSHOT_SECONDS * 1000,
    defaultsFile: data.GUILDHALL_DEFAULTS,
    shards: data.GUILDHALL_SHARDS,
    watchesMembers: data.GUILDHALL_WATCH_MEMBERS === 'on',
    retentionDays: data.GUILDHALL_RETENTION_DAYS,
    historyDays: data.GUILDHALL_HISTORY_DAYS,
    clockGraceMs: data.GUILDHALL_CLOCK_GRACE_SECONDS * 1000,
    logLevel: data.GUILDHALL_LOG,
  };
};
