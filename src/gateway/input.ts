import {
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteractionDataResolved,
  type APIModalSubmission,
  ApplicationCommandOptionType,
  type ApplicationCommandType,
  ComponentType,
} from 'discord-api-types/v10';
import type { Person } from '../kernel/option.ts';

type Given = readonly APIApplicationCommandInteractionDataOption[];

/** What somebody asked for by a slash command: its path and its options as Discord sent them. */
export interface CommandCall {
  readonly path: string;
  readonly options: Given;
}

type CommandData = Pick<APIChatInputApplicationCommandInteractionData, 'name'> & {
  readonly type: ApplicationCommandType;
  readonly options?: Given | undefined;
};

/** Finds the path of one to three words and the options below it. */
export const readCommand = (data: CommandData): CommandCall => {
  let path = data.name;
  let options = data.options ?? [];
  for (let depth = 0; depth < 2; depth += 1) {
    const [first] = options;
    if (
      first?.type !== ApplicationCommandOptionType.Subcommand &&
      first?.type !== ApplicationCommandOptionType.SubcommandGroup
    ) {
      break;
    }
    path += ` ${first.name}`;
    options = first.options ?? [];
  }
  return { path, options };
};

const person = (id: string, resolved: APIInteractionDataResolved | undefined): Person | undefined => {
  const users = resolved?.users ?? {};
  const user = Object.hasOwn(users, id) ? users[id] : undefined;
  if (!user) return undefined;
  const present = Object.hasOwn(resolved?.members ?? {}, id);
  return { id: user.id as Person['id'], bot: user.bot === true, present };
};

/** Options by name. A user whom Discord resolved becomes a `Person`; everything else stays as it came. */
export const readOptions = (
  options: Given,
  resolved: APIInteractionDataResolved | undefined,
): Readonly<Record<string, unknown>> =>
  // `fromEntries` defines own properties, so that an option named `__proto__` is an unknown option and nothing more.
  Object.fromEntries(
    options.map((option) => {
      const value = 'value' in option ? option.value : undefined;
      const named = option.type === ApplicationCommandOptionType.User && typeof value === 'string';
      return [option.name, named ? (person(value, resolved) ?? value) : value];
    }),
  );

/** What was typed into a form, by field. Everything that is no text field is left out. */
export const readForm = (data: APIModalSubmission): Readonly<Record<string, string>> => {
  const fields: [string, string][] = [];
  for (const part of data.components) {
    const inside =
      part.type === ComponentType.Label
        ? [part.component]
        : part.type === ComponentType.ActionRow
          ? part.components
          : [];
    for (const field of inside) {
      if (field.type === ComponentType.TextInput) fields.push([field.custom_id, field.value]);
    }
  }
  return Object.fromEntries(fields);
};
