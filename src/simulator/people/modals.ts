import type { Simulator } from '../simulator.ts';
import { componentType, customIdOf, flattenComponents } from '../validate/components.ts';
import type { JsonObject, Message } from '../world/world.ts';
import type { Action } from './packet.ts';
import { findDirectPerson, findPerson, type Somebody } from './person.ts';
import { type ControlRefusal, refuseControl } from './refused.ts';

/** A form somebody has open. */
export interface OpenModal {
  readonly customId: string;
  readonly components: readonly JsonObject[];
  readonly channelId: string;
  readonly source: Message | undefined;
}

/** Stands for the server where there is none. */
export const directPlace = '@me';

/** The forms people have open, one each in a server, as in Discord's client. */
export interface OpenModals {
  readonly open: (guildId: string, userId: string, modal: OpenModal) => void;
  readonly of: (guildId: string, userId: string) => OpenModal | undefined;
  readonly close: (guildId: string, userId: string) => void;
}

const openMax = 10_000;

/** Nobody has a form open. The oldest of 10,000 is forgotten. */
export const createOpenModals = (): OpenModals => {
  const byPerson = new Map<string, OpenModal>();
  const key = (guildId: string, userId: string): string => `${guildId}:${userId}`;
  return {
    open: (guildId, userId, modal) => {
      byPerson.delete(key(guildId, userId));
      byPerson.set(key(guildId, userId), modal);
      if (byPerson.size <= openMax) return;
      for (const oldest of byPerson.keys()) {
        byPerson.delete(oldest);
        break;
      }
    },
    of: (guildId, userId) => byPerson.get(key(guildId, userId)),
    close: (guildId, userId) => {
      byPerson.delete(key(guildId, userId));
    },
  };
};

/** A form filled in and sent. */
export interface ModalRequest {
  /** Absent: in the direct messages. */
  readonly guild?: string | undefined;
  readonly user: string;
  readonly customId: string;
  /** What was typed or chosen, by the inputs' custom ids. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly channel?: string | undefined;
  readonly interactionId?: string | undefined;
  /** Goes past what Discord's client checks, as a forged request would. */
  readonly forge?: boolean | undefined;
}

const fieldRefused = (input: JsonObject, value: string | readonly string[] | undefined): ControlRefusal | undefined => {
  const name = customIdOf(input) ?? '';
  const refuse = (message: string): ControlRefusal => refuseControl(400, 'invalid_field', message, `fields.${name}`);
  const isRequired = input['required'] !== false;
  if (value === undefined || value.length === 0) return isRequired ? refuse('this field is required') : undefined;
  if (input['type'] !== componentType.textInput) return undefined;
  if (typeof value !== 'string') return refuse('a text is typed here');
  const minimum = Number(input['min_length'] ?? 0);
  const maximum = Number(input['max_length'] ?? 4_000);
  return value.length < minimum || value.length > maximum
    ? refuse(`type ${minimum} to ${maximum} characters`)
    : undefined;
};

const filledIn = (component: JsonObject, fields: ModalRequest['fields']): JsonObject => {
  const inner = component['components'];
  if (Array.isArray(inner)) {
    return { ...identity(component), components: (inner as JsonObject[]).map((each) => filledIn(each, fields)) };
  }
  const labelled = component['component'] as JsonObject | undefined;
  if (labelled !== undefined) return { ...identity(component), component: filledIn(labelled, fields) };
  const name = customIdOf(component);
  if (name === undefined) return identity(component);
  const value = fields[name];
  return component['type'] === componentType.textInput
    ? { ...identity(component), custom_id: name, value: value ?? '' }
    : { ...identity(component), custom_id: name, values: value === undefined ? [] : [value].flat() };
};

const identity = (component: JsonObject): JsonObject => ({ type: component['type'], id: Number(component['id'] ?? 1) });

/** The form of a forged submission: one row a field. */
const forgedComponents = (fields: ModalRequest['fields']): JsonObject[] =>
  Object.keys(fields).map((name) => ({
    type: componentType.actionRow,
    components: [{ type: componentType.textInput, custom_id: name }],
  }));

/** A person sends the form they have open, as far as Discord's client lets them. */
export const submit = (simulator: Simulator, request: ModalRequest): Action | ControlRefusal => {
  const { guild, user } = request;
  const place: Somebody | ControlRefusal =
    guild === undefined ? findDirectPerson(simulator, user) : findPerson(simulator, guild, user, request.channel);
  if ('refused' in place) return place;
  const open = simulator.openModals.of(guild ?? directPlace, user);
  const isOpen = open?.customId === request.customId;
  if (!isOpen && request.forge !== true) {
    return refuseControl(409, 'no_such_modal', 'this member has no such form open', 'customId');
  }
  const components = isOpen ? open.components : forgedComponents(request.fields);
  const inputs = flattenComponents(components).filter((each) => customIdOf(each.component) !== undefined);
  if (request.forge !== true) {
    const names = new Set(inputs.map((each) => customIdOf(each.component)));
    const unknown = Object.keys(request.fields).find((name) => !names.has(name));
    if (unknown !== undefined) {
      return refuseControl(400, 'invalid_field', 'the form has no such field', `fields.${unknown}`);
    }
    for (const { component } of inputs) {
      const name = customIdOf(component) ?? '';
      const refused = fieldRefused(component, Object.hasOwn(request.fields, name) ? request.fields[name] : undefined);
      if (refused !== undefined) return refused;
    }
  }
  const channel = (isOpen ? place.guild?.channels.get(open.channelId) : undefined) ?? place.channel;
  return {
    kind: 'modal',
    person: { ...place, channel },
    source: isOpen ? open.source : undefined,
    interactionId: request.interactionId,
    data: {
      custom_id: request.customId,
      components: components.map((component) => filledIn(component, request.fields)),
    },
  };
};
