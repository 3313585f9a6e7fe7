import type { Simulator } from '../simulator.ts';
import { permissionsOf } from '../world/permissions.ts';
import { type Command, findCommand } from '../world/world.ts';
import { commandData, declaredOption, type TypedOptions } from './options.ts';
import type { Action } from './packet.ts';
import { findPerson, type Person } from './person.ts';
import { type ControlRefusal, refuseControl } from './refused.ts';

/** What a person wants to run or is typing. */
export interface CommandRequest {
  readonly guild: string;
  readonly user: string;
  readonly channel?: string | undefined;
  /** The words as typed, with or without the slash: `bank deposit`. */
  readonly command: string;
  readonly options: TypedOptions;
  readonly interactionId?: string | undefined;
  /** Goes past what Discord's client checks, as a forged request would. */
  readonly forge?: boolean | undefined;
  readonly isLoad?: boolean;
}

interface FoundCommand {
  readonly person: Person;
  readonly command: Command;
  readonly words: readonly string[];
}

const find = (simulator: Simulator, request: CommandRequest): FoundCommand | ControlRefusal => {
  const person = findPerson(simulator, request.guild, request.user, request.channel);
  if ('refused' in person) return person;
  const [name = '', ...words] = request.command.trim().replace(/^\//, '').split(/\s+/);
  const command = findCommand(simulator.world, request.guild, name);
  if (command === undefined) {
    return refuseControl(404, 'unknown_command', `no command /${name} is registered here`, 'command');
  }
  const needed = command.default_member_permissions;
  const has = permissionsOf(person.guild, person.member);
  const isAllowed =
    needed === null || (BigInt(needed) === 0n ? (has & 8n) !== 0n : (has & BigInt(needed)) === BigInt(needed));
  if (!isAllowed && request.forge !== true) {
    return refuseControl(403, 'missing_permissions', `/${name} is not shown to this member`, 'user');
  }
  return { person, command, words };
};

const actionOf = (
  simulator: Simulator,
  request: CommandRequest,
  found: FoundCommand,
  focused: string | undefined,
): Action | ControlRefusal => {
  const { person, command, words } = found;
  const made = commandData({ world: simulator.world, guild: person.guild, upload: simulator.uploads.get }, command, {
    words,
    options: request.options,
    ...(focused === undefined ? {} : { focused }),
  });
  if ('refused' in made) return made;
  return {
    kind: focused === undefined ? 'command' : 'autocomplete',
    person,
    data: made.data,
    name: [command.name, ...words].join(' '),
    interactionId: request.interactionId,
    isLoad: request.isLoad === true,
  };
};

/** A person runs a slash command, as far as Discord's client lets them. */
export const slash = (simulator: Simulator, request: CommandRequest): Action | ControlRefusal => {
  const found = find(simulator, request);
  return 'refused' in found ? found : actionOf(simulator, request, found, undefined);
};

/** A person types in an option that has autocomplete. */
export const typeOption = (simulator: Simulator, request: CommandRequest, focused: string): Action | ControlRefusal => {
  const found = find(simulator, request);
  if ('refused' in found) return found;
  if (request.forge !== true && declaredOption(found.command, found.words, focused)?.autocomplete !== true) {
    return refuseControl(400, 'no_autocomplete', `the option "${focused}" has no autocomplete`, 'focused');
  }
  return actionOf(simulator, request, found, focused);
};
