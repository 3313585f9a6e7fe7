import type { Simulator } from '../simulator.ts';
import { componentType, customIdOf, flattenComponents } from '../validate/components.ts';
import type { JsonObject, Message, World } from '../world/world.ts';
import { emptyResolved, resolveChannel, resolvedPayload, resolveRole, resolveUser } from './options.ts';
import type { Action } from './packet.ts';
import { findDirectPerson, findPerson, findVisibleMessage, type Somebody } from './person.ts';
import { type ControlRefusal, refuseControl } from './refused.ts';

/** A press on a button or a choice in a select. */
export interface ComponentRequest {
  /** Absent: in the direct messages. */
  readonly guild?: string | undefined;
  readonly user: string;
  readonly message: string;
  readonly customId: string;
  readonly values?: readonly string[] | undefined;
  readonly interactionId?: string | undefined;
  /** Goes past what Discord's client checks, as a forged request would. */
  readonly forge?: boolean | undefined;
}

const isSelect = (type: unknown): boolean =>
  type === componentType.stringSelect || (typeof type === 'number' && type >= 5 && type <= 8);

const valuesRefused = (component: JsonObject, values: readonly string[]): ControlRefusal | undefined => {
  const minimum = Number(component['min_values'] ?? 1);
  const maximum = Number(component['max_values'] ?? 1);
  if (values.length < minimum || values.length > maximum) {
    return refuseControl(400, 'wrong_values', `choose ${minimum} to ${maximum} values`, 'values');
  }
  const options = component['options'] as readonly JsonObject[] | undefined;
  const unknown = values.find((value) => options?.some((option) => option['value'] === value) === false);
  return unknown === undefined
    ? undefined
    : refuseControl(400, 'wrong_values', `"${unknown}" is not offered`, 'values');
};

/** What Discord's client checks before it sends a press. */
const pressRefused = (component: JsonObject | undefined, request: ComponentRequest): ControlRefusal | undefined => {
  if (component === undefined) {
    return refuseControl(404, 'unknown_component', 'the message has no such component', 'customId');
  }
  if (component['disabled'] === true) {
    return refuseControl(409, 'component_disabled', 'that component is disabled', 'customId');
  }
  if (isSelect(component['type'])) return valuesRefused(component, request.values ?? []);
  return request.values === undefined
    ? undefined
    : refuseControl(400, 'wrong_values', 'a button takes no values', 'values');
};

const resolvedOf = (world: World, person: Somebody, type: number, values: readonly string[]): JsonObject => {
  const resolved = emptyResolved();
  for (const value of values) {
    if (type === componentType.userSelect || type === componentType.mentionableSelect) {
      resolveUser(world, person.guild, resolved, value);
    }
    if (person.guild === undefined) continue;
    if (type === componentType.roleSelect || type === componentType.mentionableSelect) {
      resolveRole(person.guild, resolved, value);
    }
    if (type === componentType.channelSelect) resolveChannel(world, person.guild, resolved, value);
  }
  return resolvedPayload(resolved);
};

interface Pressed {
  readonly person: Somebody;
  readonly message: Message;
}

const findInGuild = (simulator: Simulator, guild: string, request: ComponentRequest): Pressed | ControlRefusal => {
  const place = findPerson(simulator, guild, request.user, undefined);
  if ('refused' in place) return place;
  const message = findVisibleMessage(place, request.message);
  if ('refused' in message) return message;
  const channel = place.guild.channels.get(message.channelId) ?? place.channel;
  return { person: { ...place, channel }, message };
};

const findDirectly = (simulator: Simulator, request: ComponentRequest): Pressed | ControlRefusal => {
  const person = findDirectPerson(simulator, request.user);
  if ('refused' in person) return person;
  const message = person.channel.messages.get(request.message);
  return message === undefined
    ? refuseControl(404, 'unknown_message', 'there is no such message between this person and the bot', 'message')
    : { person, message };
};

/** A person uses a component of a message, as far as Discord's client lets them. */
export const press = (simulator: Simulator, request: ComponentRequest): Action | ControlRefusal => {
  const { guild } = request;
  const found = guild === undefined ? findDirectly(simulator, request) : findInGuild(simulator, guild, request);
  if ('refused' in found) return found;
  const { person, message } = found;
  const component = flattenComponents(message.components).find(
    (each) => customIdOf(each.component) === request.customId,
  )?.component;
  const refused = request.forge === true ? undefined : pressRefused(component, request);
  if (refused !== undefined) return refused;
  const guessed = request.values === undefined ? componentType.button : componentType.stringSelect;
  const type = Number(component?.['type'] ?? guessed);
  const values = request.values ?? [];
  return {
    kind: 'component',
    person,
    source: message,
    interactionId: request.interactionId,
    data: {
      custom_id: request.customId,
      component_type: type,
      ...(component?.['id'] === undefined ? {} : { id: component['id'] }),
      ...(isSelect(type) ? { values, ...resolvedOf(simulator.world, person, type, values) } : {}),
    },
  };
};
