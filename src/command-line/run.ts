import { parseArgs } from 'node:util';
import { backup, backups } from './commands/backup.ts';
import { compact } from './commands/compact.ts';
import { restore } from './commands/restore.ts';
import { restoreGuild } from './commands/restore-guild.ts';
import { verify } from './commands/verify.ts';
import { CommandError } from './errors.ts';
import type { CommandParts } from './parts.ts';

/** What there is to be asked for. */
export const usage = `Usage: npm run guildhall -- COMMAND

  backup         [--to FOLDER]                 back up, while the bot runs or not
  backups        [--from FOLDER]               list backups and history
  restore        --from BACKUP [--to FOLDER] [--at TIME] [--history FOLDER]
                                               make a data folder of a backup
  restore-guild  --from BACKUP --guild ID [--at TIME] [--dry-run]
                                               put one server back, while the bot runs or not
  verify         [--from BACKUP]               check every row, while no bot runs
  compact                                      write the rows anew, while no bot runs

  --data FOLDER  the data folder; GUILDHALL_DATA, or ./data, unless given
  BACKUP         a backup, or a folder of backups: then the newest (before TIME)
  TIME           as 2026-11-21T16:00:00Z`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

type Values = Readonly<Record<string, string | boolean | undefined>>;

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

const timeOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const at = timePattern.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at))
    throw new CommandError(`${given} is no time: it looks like 2026-11-21T16:00:00Z. Nothing was changed.`);
  return at;
};

const given = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

const required = (values: Values, name: string): string => {
  const value = given(values, name);
  if (value === undefined || value === '') throw new CommandError(`--${name} is missing. Nothing was changed.`);
  return value;
};

interface Command {
  readonly options: Readonly<Record<string, typeof text | typeof flag>>;
  readonly run: (parts: CommandParts, values: Values, data: string) => Promise<void>;
}

const commands: Readonly<Record<string, Command>> = {
  backup: {
    options: { to: text },
    run: (parts, values, data) => backup(parts, { data, to: given(values, 'to') }),
  },
  backups: {
    options: { from: text },
    run: (parts, values, data) => backups(parts, { data, from: given(values, 'from') }),
  },
  restore: {
    options: { from: text, to: text, at: text, history: text },
    run: (parts, values, data) =>
      restore(parts, {
        from: required(values, 'from'),
        to: given(values, 'to') ?? data,
        at: timeOf(given(values, 'at')),
        history: given(values, 'history'),
      }),
  },
  'restore-guild': {
    options: { from: text, guild: text, at: text, 'dry-run': flag },
    run: (parts, values, data) =>
      restoreGuild(parts, {
        data,
        from: required(values, 'from'),
        guild: required(values, 'guild'),
        at: timeOf(given(values, 'at')),
        dryRun: values['dry-run'] === true,
      }),
  },
  verify: {
    options: { from: text },
    run: (parts, values, data) => verify(parts, { data, from: given(values, 'from') }),
  },
  compact: { options: {}, run: (parts, _, data) => compact(parts, { data }) },
};

const parse = (command: Command, args: readonly string[]): Values => {
  try {
    const options = { ...command.options, data: text };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [sentence = message] = message.split('. ');
    throw new CommandError(`${sentence}. Nothing was changed.`, { cause });
  }
};

/** Runs one command. Rejects with an error whose message is one line for people. */
export const runCommand = async (args: readonly string[], parts: CommandParts): Promise<void> => {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    parts.say(usage);
    if (name === undefined) throw new CommandError('no command was given. Nothing was changed.');
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new CommandError(`there is no command ${name}: npm run guildhall -- help lists them. Nothing was changed.`);
  }
  const values = parse(command, rest);
  await command.run(parts, values, given(values, 'data') ?? parts.dataFolder);
};
