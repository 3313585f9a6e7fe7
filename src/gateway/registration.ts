import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { assert } from '../kernel/assert.ts';
import type { Command } from '../kernel/feature.ts';
import { openOperation, type Who } from '../kernel/operation.ts';
import type { Option } from '../kernel/option.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Text } from '../kernel/text.ts';
import { declaredOptions } from './route.ts';

/** A slash command as Discord registers it. */
export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;

// Discord's limits. Source: developer documentation, application commands.
const commandsMax = 100;
const childrenMax = 25;
const descriptionMax = 100;
const charactersMax = 8_000;
const textMax = 6_000;
const namePattern = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;

const named = (name: string, path: string): string => {
  assert(namePattern.test(name), `/${path}: Discord takes names of 1 to 32 lower-case characters, not ${name}`);
  return name;
};

const described = (description: string, path: string): string => {
  assert(
    description.length > 0 && description.length <= descriptionMax,
    `/${path}: a description has 1 to ${descriptionMax} characters, not ${description.length}`,
  );
  return description;
};

const optionBody = (
  path: string,
  name: string,
  option: Option<unknown>,
  text: Text,
): APIApplicationCommandBasicOption => {
  const base = {
    name: named(name, path),
    description: described(text(option.describe), path),
    required: option.required,
  };
  switch (option.type) {
    case 'integer':
      return {
        ...base,
        type: ApplicationCommandOptionType.Integer,
        ...(option.min !== undefined && { min_value: option.min }),
        ...(option.max !== undefined && { max_value: option.max }),
      };
    case 'boolean':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'member':
      return { ...base, type: ApplicationCommandOptionType.User };
    case 'text': {
      if (option.choices) {
        assert(!option.complete, `/${path}: the option ${name} has choices or suggestions, not both`);
        const choices = option.choices.map((choice) => ({
          name: described(text(choice.describe), path),
          value: choice.value,
        }));
        assert(
          new Set(choices.map((choice) => choice.name)).size === choices.length,
          `/${path}: the choices of ${name} differ in their words`,
        );
        return { ...base, type: ApplicationCommandOptionType.String, choices };
      }
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        ...(option.min !== undefined && { min_length: option.min }),
        ...(option.max !== undefined && { max_length: Math.min(option.max, textMax) }),
        ...(option.complete && { autocomplete: true }),
      };
    }
  }
};

/** Discord wants required options first; otherwise the order is the declared one. */
const optionBodies = (command: Command, text: Text): APIApplicationCommandBasicOption[] => {
  const entries = Object.entries(declaredOptions(openOperation(command.operation)));
  assert(entries.length <= childrenMax, `/${command.path} has at most ${childrenMax} options`);
  return entries
    .map(([name, option]) => optionBody(command.path, name, option, text))
    .sort((left, right) => Number(right.required) - Number(left.required));
};

const permissionsOf = (who: Who): bigint | undefined => {
  switch (who) {
    case 'anyone':
      return undefined;
    case 'staff':
      return PermissionFlagsBits.ManageGuild;
    case 'administrator':
    case 'owner':
    case 'runtime':
      return PermissionFlagsBits.Administrator;
  }
};

/** Discord asks permissions of the first word only, so a command is shown to whoever may use one part of it. */
const shownTo = (commands: readonly Command[]): string | null => {
  const needed = new Set(commands.map((command) => permissionsOf(openOperation(command.operation).who)));
  if (needed.has(undefined)) return null;
  const staff = needed.has(PermissionFlagsBits.ManageGuild);
  return String(staff ? PermissionFlagsBits.ManageGuild : PermissionFlagsBits.Administrator);
};

/** Discord shows no description of a word that only leads to others, yet wants one: the words it leads to. */
const listed = (words: readonly string[]): string => {
  const list = words.join(', ');
  return list.length <= descriptionMax ? list : `${list.slice(0, descriptionMax - 1)}…`;
};

const word = (command: Command, depth: number): string => command.path.split(' ')[depth] ?? '';
const wordsIn = (command: Command): number => command.path.split(' ').length;

const subcommandBody = (command: Command, depth: number, text: Text): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name: named(word(command, depth), command.path),
  description: described(text(command.describe), command.path),
  options: optionBodies(command, text),
});

const childBodies = (commands: readonly Command[], text: Text): APIApplicationCommandOption[] =>
  [...Map.groupBy(commands, (command) => word(command, 1))].map(([name, inside]) => {
    const [only] = inside;
    if (only && inside.length === 1 && wordsIn(only) === 2) return subcommandBody(only, 1, text);
    assert(
      inside.every((command) => wordsIn(command) === 3),
      `/${only?.path ?? name}: a word is a subcommand or a group, not both`,
    );
    assert(inside.length <= childrenMax, `the group ${name} has at most ${childrenMax} subcommands`);
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: named(name, only?.path ?? name),
      description: listed(inside.map((command) => word(command, 2))),
      options: inside.map((command) => subcommandBody(command, 2, text)),
    };
  });

/** Characters as Discord counts them towards a command's limit: names, descriptions and values. */
const characters = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + characters(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) =>
      sum +
      (typeof part === 'string' && ['name', 'description', 'value'].includes(key) ? part.length : characters(part)),
    0,
  );
};

const commandBody = (name: string, commands: readonly Command[], text: Text): CommandBody => {
  const [only] = commands;
  const alone = only !== undefined && commands.length === 1 && wordsIn(only) === 1;
  if (!alone) {
    for (const { path } of commands) {
      const words = path.split(' ').length;
      assert(words === 2 || words === 3, `/${path}: a command is one word, or its parts have two or three`);
    }
  }
  const options = alone ? optionBodies(only, text) : childBodies(commands, text);
  assert(options.length <= childrenMax, `/${name} has at most ${childrenMax} parts`);
  const body: CommandBody = {
    type: ApplicationCommandType.ChatInput,
    name: named(name, name),
    description: alone
      ? described(text(only.describe), name)
      : listed([...new Set(commands.map((command) => word(command, 1)))]),
    options,
    default_member_permissions: shownTo(commands),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  assert(characters(body) <= charactersMax, `/${name} has at most ${charactersMax} characters`);
  return body;
};

/**
 * All declared commands as Discord registers them: described in English, inside servers only.
 * Throws on a declaration that Discord would refuse.
 */
export const commandBodies = (registry: Registry): readonly CommandBody[] => {
  const text = registry.text('en');
  const byName = Map.groupBy(registry.commands.values(), (command) => word(command, 0));
  assert(byName.size <= commandsMax, `Discord takes ${commandsMax} commands, not ${byName.size}`);
  return [...byName].map(([name, commands]) => commandBody(name, commands, text));
};
