import { type REST, Routes } from 'discord.js';
import type { CommandBody } from './registration.ts';

type Fields = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
const numbers = (value: unknown): readonly number[] => [...((value ?? []) as number[])].sort((a, b) => a - b);

const plainOption = (option: Fields): unknown => [
  option['type'],
  option['name'],
  option['description'],
  option['required'] === true,
  option['autocomplete'] === true,
  [option['min_value'], option['max_value'], option['min_length'], option['max_length']].map((bound) => bound ?? ''),
  list(option['choices']).map((choice) => [choice['name'], choice['value']]),
  list(option['options']).map(plainOption),
];

const plainCommand = (command: Fields): unknown => [
  command['type'] ?? 1,
  command['name'],
  command['description'],
  command['default_member_permissions'] ?? '',
  numbers(command['contexts']),
  numbers(command['integration_types']),
  list(command['options']).map(plainOption),
];

/** What matters of a list of commands, as a text: equal for commands as sent and as Discord gives them back. */
export const fingerprint = (commands: readonly unknown[]): string =>
  commands
    .map((command) => JSON.stringify(plainCommand(command as Fields)))
    .sort()
    .join('\n');

/**
 * Registers the global commands where they differ from what is registered: Discord counts creations, and each change
 * makes members wait. Rejects when Discord refuses.
 */
export const publishCommands = async (
  rest: REST,
  application: string,
  commands: readonly CommandBody[],
): Promise<'published' | 'unchanged'> => {
  const registered = (await rest.get(Routes.applicationCommands(application))) as readonly unknown[];
  if (fingerprint(registered) === fingerprint(commands)) return 'unchanged';
  await rest.put(Routes.applicationCommands(application), { body: commands });
  return 'published';
};
