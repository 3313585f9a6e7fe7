import { optionType } from '../validate/commands.ts';
import { channelPayload, interactionMemberPayload, rolePayload, userPayload } from '../world/payloads.ts';
import { permissionsOf } from '../world/permissions.ts';
import type { Attachment, Command, CommandOption, Guild, JsonObject, World } from '../world/world.ts';
import { type ControlRefusal, refuseControl } from './refused.ts';

/** What a person typed: values by the options' names. */
export type TypedOptions = Readonly<Record<string, unknown>>;

/** The things that ids in an interaction mean, as Discord sends them beside the ids. */
export interface Resolved {
  readonly users: Record<string, JsonObject>;
  readonly members: Record<string, JsonObject>;
  readonly roles: Record<string, JsonObject>;
  readonly channels: Record<string, JsonObject>;
  readonly attachments: Record<string, JsonObject>;
}

/** Nothing resolved yet. */
export const emptyResolved = (): Resolved => ({
  users: {},
  members: {},
  roles: {},
  channels: {},
  attachments: {},
});

/** Adds a user to what is resolved, and the member when the user is one. Unknown ids add nothing. */
export const resolveUser = (world: World, guild: Guild | undefined, resolved: Resolved, id: string): void => {
  const user = world.users.get(id);
  if (user === undefined) return;
  resolved.users[id] = userPayload(user);
  const member = guild?.members.get(id);
  if (guild === undefined || member === undefined) return;
  const { user: _user, ...bare } = interactionMemberPayload(world, guild, member);
  resolved.members[id] = bare;
};

/** Adds a role to what is resolved. Unknown ids add nothing. */
export const resolveRole = (guild: Guild, resolved: Resolved, id: string): void => {
  const role = guild.roles.get(id);
  if (role !== undefined) resolved.roles[id] = rolePayload(role);
};

/** Adds a channel to what is resolved. Unknown ids add nothing. */
export const resolveChannel = (world: World, guild: Guild, resolved: Resolved, id: string): void => {
  const channel = guild.channels.get(id);
  const bot = guild.members.get(world.botId);
  if (channel === undefined || bot === undefined) return;
  resolved.channels[id] = { ...channelPayload(world, channel), permissions: permissionsOf(guild, bot).toString() };
};

/** The parts of `resolved` that hold something, or nothing at all: Discord leaves out what is empty. */
export const resolvedPayload = (resolved: Resolved): JsonObject => {
  const parts = Object.entries(resolved).filter(([, entries]) => Object.keys(entries as JsonObject).length > 0);
  return parts.length === 0 ? {} : { resolved: Object.fromEntries(parts) };
};

/** Where the ids in options are looked up. */
export interface Lookup {
  readonly world: World;
  readonly guild: Guild;
  /** A file somebody picked. */
  readonly upload: (id: string) => Attachment | undefined;
}

const resolveValue = ({ world, guild, upload }: Lookup, resolved: Resolved, type: number, value: unknown): void => {
  if (typeof value !== 'string') return;
  if (type === optionType.user || type === optionType.mentionable) resolveUser(world, guild, resolved, value);
  if (type === optionType.role || type === optionType.mentionable) resolveRole(guild, resolved, value);
  if (type === optionType.channel) resolveChannel(world, guild, resolved, value);
  const attachment = type === optionType.attachment ? upload(value) : undefined;
  if (attachment !== undefined) resolved.attachments[value] = { ...attachment, ephemeral: true };
};

/** The type a broken client would claim for an option nobody declared. */
const guessType = (value: unknown): number => {
  if (typeof value === 'boolean') return optionType.boolean;
  if (typeof value !== 'number') return optionType.string;
  return Number.isSafeInteger(value) ? optionType.integer : optionType.number;
};

interface LeafCommand {
  /** The groups and the subcommand on the way, outermost first. */
  readonly nests: readonly CommandOption[];
  readonly options: readonly CommandOption[];
}

const isNest = (option: CommandOption): boolean =>
  option.type === optionType.subcommand || option.type === optionType.subcommandGroup;

/** Follows the words after a command's name to the subcommand they mean. */
const findLeaf = (command: Command, words: readonly string[]): LeafCommand | ControlRefusal => {
  const nests: CommandOption[] = [];
  let options = command.options;
  for (const word of words) {
    const nest = options.find((option) => option.name === word && isNest(option));
    if (nest === undefined) {
      return refuseControl(
        404,
        'unknown_command',
        `/${command.name} has no subcommand "${words.join(' ')}"`,
        'command',
      );
    }
    nests.push(nest);
    options = nest.options ?? [];
  }
  if (options.some(isNest)) {
    const names = options.map((option) => option.name).join(', ');
    return refuseControl(
      400,
      'incomplete_command',
      `/${[command.name, ...words].join(' ')} needs one of: ${names}`,
      'command',
    );
  }
  return { nests, options };
};

/**
 * The `data` of a command or an autocomplete interaction. A number for a text option goes as text; every other value
 * goes as it was given, whatever its type, and an option nobody declared goes too. Refuses an unknown subcommand.
 */
export const commandData = (
  lookup: Lookup,
  command: Command,
  spec: { readonly words: readonly string[]; readonly options: TypedOptions; readonly focused?: string },
): { readonly data: JsonObject } | ControlRefusal => {
  const leaf = findLeaf(command, spec.words);
  if ('refused' in leaf) return leaf;
  const resolved = emptyResolved();
  const typed = Object.entries(spec.options);
  if (spec.focused !== undefined && !Object.hasOwn(spec.options, spec.focused)) typed.push([spec.focused, '']);
  let options: JsonObject[] = typed.map(([name, value]) => {
    const declared = leaf.options.find((option) => option.name === name);
    const type = declared?.type ?? guessType(value);
    const isNumberAsText = type === optionType.string && typeof value === 'number';
    resolveValue(lookup, resolved, type, value);
    const given = { name, type, value: isNumberAsText ? String(value) : value };
    return name === spec.focused ? Object.assign(given, { focused: true }) : given;
  });
  for (const nest of leaf.nests.toReversed()) options = [{ name: nest.name, type: nest.type, options }];
  return {
    data: {
      id: command.id,
      name: command.name,
      type: command.type,
      options,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      ...resolvedPayload(resolved),
    },
  };
};

/** The declared option of this name in a command's leaf. */
export const declaredOption = (command: Command, words: readonly string[], name: string): CommandOption | undefined => {
  const leaf = findLeaf(command, words);
  return 'refused' in leaf ? undefined : leaf.options.find((option) => option.name === name);
};
