import { ApplicationCommandCreateRequestSchema } from 'discord-api-spec/zod';
import { type Problem, within } from '../refusal.ts';
import type { JsonObject } from '../world/world.ts';
import { publishedProblems } from './published.ts';

/** Discord's numbers of command option types. Source: Discord's application command reference. */
export const optionType = {
  subcommand: 1,
  subcommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

const chatInputNamePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const commandCharactersMax = 8_000;
const chatInputCommandsMax = 100;

type Path = readonly (string | number)[];

const longest = (text: unknown, localizations: unknown): number => {
  const own = typeof text === 'string' ? text.length : 0;
  const others = Object.values((localizations as JsonObject | null | undefined) ?? {}).map(
    (each) => String(each).length,
  );
  return Math.max(own, ...others);
};

const optionsOf = (node: JsonObject): readonly JsonObject[] =>
  (node['options'] as JsonObject[] | null | undefined) ?? [];

/** Discord's count of a command: names, descriptions and choices' values, the longest translation of each. */
const charactersOf = (node: JsonObject): number => {
  const own =
    longest(node['name'], node['name_localizations']) + longest(node['description'], node['description_localizations']);
  const choices = (node['choices'] as JsonObject[] | null | undefined) ?? [];
  const ofChoices = choices.reduce(
    (sum, choice) => sum + longest(choice['name'], choice['name_localizations']) + String(choice['value']).length,
    0,
  );
  return own + ofChoices + optionsOf(node).reduce((sum, option) => sum + charactersOf(option), 0);
};

const nameProblems = (node: JsonObject, path: Path): Problem[] => {
  const names: [Path, unknown][] = [[['name'], node['name']]];
  const translations = (node['name_localizations'] as JsonObject | null | undefined) ?? {};
  for (const [locale, name] of Object.entries(translations)) names.push([['name_localizations', locale], name]);
  return names.flatMap(([at, name]) => {
    const text = String(name);
    return chatInputNamePattern.test(text) && text === text.toLowerCase()
      ? []
      : [
          {
            path: [...path, ...at],
            code: 'APPLICATION_COMMAND_INVALID_NAME',
            message: 'Command name is invalid',
          },
        ];
  });
};

const choiceProblems = (option: JsonObject, path: Path): Problem[] => {
  const choices = (option['choices'] as JsonObject[] | null | undefined) ?? [];
  const problems: Problem[] = [];
  if (choices.length > 0 && option['autocomplete'] === true) {
    problems.push({
      path: [...path, 'choices'],
      code: 'APPLICATION_COMMAND_OPTIONS_CHOICES_WITH_AUTOCOMPLETE',
      message: 'Choices cannot be set together with autocomplete',
    });
  }
  const seen = new Set<unknown>();
  for (const [index, choice] of choices.entries()) {
    if (seen.has(choice['name'])) {
      problems.push({
        path: [...path, 'choices', index, 'name'],
        code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
        message: 'Option choice names must be unique',
      });
    }
    seen.add(choice['name']);
  }
  return problems;
};

const optionProblems = (node: JsonObject, path: Path, depth: number): Problem[] => {
  const problems: Problem[] = [];
  const names = new Set<unknown>();
  let hasOptional = false;
  const isNest = (option: JsonObject): boolean =>
    option['type'] === optionType.subcommand || option['type'] === optionType.subcommandGroup;
  const options = optionsOf(node);
  const nests = options.filter(isNest).length;
  if (nests > 0 && nests < options.length) {
    problems.push({
      path: [...path, 'options'],
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message: 'Sub-command and sub-command group option types are mutually exclusive to all other types',
    });
  }
  for (const [index, option] of options.entries()) {
    const at = [...path, 'options', index];
    problems.push(...nameProblems(option, at), ...choiceProblems(option, at));
    if (names.has(option['name'])) {
      problems.push({
        path: [...at, 'name'],
        code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        message: 'Option names must be unique',
      });
    }
    names.add(option['name']);
    if (option['required'] === true && hasOptional) {
      problems.push({
        path: at,
        code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        message: 'Required options must be placed before non-required options',
      });
    }
    hasOptional ||= option['required'] !== true && !isNest(option);
    // A group may only stand at the top, a subcommand at the top or in a group.
    const depthMax = option['type'] === optionType.subcommandGroup ? 0 : 1;
    if (isNest(option) && depth > depthMax) {
      problems.push({
        path: [...at, 'type'],
        code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        message: 'Sub-commands cannot be nested deeper',
      });
    }
    problems.push(...optionProblems(option, at, depth + 1));
  }
  return problems;
};

const isChatInput = (command: JsonObject): boolean => (command['type'] ?? 1) === 1;

/** What Discord refuses in one command; `path` is where it stands in the body. */
export const commandProblems = (command: unknown, path: Path): Problem[] => {
  const permissions = (command as JsonObject | null)?.['default_member_permissions'];
  // Discord takes the permissions as text too, which its published schema does not know.
  const comparable =
    typeof permissions === 'string' && /^\d{1,19}$/.test(permissions)
      ? { ...(command as JsonObject), default_member_permissions: Number(permissions) }
      : command;
  const shape = publishedProblems(ApplicationCommandCreateRequestSchema, comparable);
  if (shape.length > 0) return within(path, shape);
  const node = command as JsonObject;
  if (!isChatInput(node)) return [];
  const problems = [...nameProblems(node, path), ...optionProblems(node, path, 0)];
  if (typeof node['description'] !== 'string' || node['description'] === '') {
    problems.push({ path: [...path, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
  }
  const characters = charactersOf(node);
  if (characters > commandCharactersMax) {
    problems.push({
      path,
      code: 'APPLICATION_COMMAND_TOO_LARGE',
      message: `Command exceeds maximum size (${commandCharactersMax})`,
    });
  }
  return problems;
};

/** What Discord refuses in a whole list of commands. */
export const commandListProblems = (commands: unknown): Problem[] => {
  if (!Array.isArray(commands)) {
    return [{ path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' }];
  }
  const problems = commands.flatMap((command, index) => commandProblems(command, [index]));
  if (problems.length > 0) return problems;
  const chatInputs = (commands as JsonObject[]).filter(isChatInput);
  if (chatInputs.length > chatInputCommandsMax) {
    return [
      {
        path: [],
        code: 'APPLICATION_COMMANDS_MAX_EXCEEDED',
        message: `Maximum number of application commands reached (${chatInputCommandsMax})`,
      },
    ];
  }
  const seen = new Set<string>();
  return (commands as JsonObject[]).flatMap((command, index) => {
    const key = `${Number(command['type'] ?? 1)}:${String(command['name'])}`;
    const isDoubled = seen.has(key);
    seen.add(key);
    return isDoubled
      ? [
          {
            path: [index, 'name'],
            code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
            message: 'Application command names must be unique',
          },
        ]
      : [];
  });
};
