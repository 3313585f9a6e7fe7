// The options of a command as fields.
import { fill, make } from './elements.js';
import { suggestingField } from './suggestions.js';
import { channelEntries, memberEntries, roleEntries } from './world.js';

const types = { integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };
const numberTypes = new Set([types.integer, types.number]);

const entriesOf = {
  [types.boolean]: () => [
    ['true', 'yes'],
    ['false', 'no'],
  ],
  [types.user]: memberEntries,
  [types.channel]: channelEntries,
  [types.role]: roleEntries,
  [types.mentionable]: () => [...memberEntries(), ...roleEntries()],
};

const selectOf = (entries, option) => {
  const element = make('select', { required: option.required === true });
  fill(element, [['', option.required ? 'Choose…' : '(leave out)'], ...entries]);
  return { element, input: element, read: () => element.value };
};

const inputOf = (option) => {
  const input = make('input', { autocomplete: 'off', required: option.required === true });
  if (numberTypes.has(option.type)) {
    input.type = 'number';
    input.step = option.type === types.integer ? '1' : 'any';
    if (option.min_value !== undefined) input.min = option.min_value;
    if (option.max_value !== undefined) input.max = option.max_value;
  }
  if (option.min_length) input.minLength = option.min_length;
  if (option.max_length) input.maxLength = option.max_length;
  return { element: input, input, read: () => input.value };
};

const controlOf = (option, suggest) => {
  const entries = option.choices?.map(({ name, value }) => [String(value), name]) ?? entriesOf[option.type]?.();
  if (entries) return selectOf(entries, option);
  return option.autocomplete
    ? suggestingField({ required: option.required === true }, () => suggest(option.name))
    : inputOf(option);
};

/** What Discord's client sends for a text in an option of this type. */
const valueOf = (text, { type }) => {
  if (type === types.boolean) return text === 'true';
  return numberTypes.has(type) && Number.isFinite(Number(text)) ? Number(text) : text;
};

/**
 * The field of an option: `element` to show and `read`, which gives its value or `undefined` when it is left out.
 * `suggest(name)` gives the bot's suggestions for the option of this name.
 */
export const optionField = (option, suggest) => {
  const name = option.required ? `${option.name} *` : option.name;
  if (option.type === types.attachment) {
    const element = make('p', { textContent: `${option.name}: files cannot be attached here.` });
    return { name: option.name, element, read: () => undefined };
  }
  const { element, input, read } = controlOf(option, suggest);
  input.dataset.option = option.name;
  const label = make('label', {}, name, element, make('small', { textContent: option.description }));
  return {
    name: option.name,
    element: label,
    read: () => (read().trim() === '' ? undefined : valueOf(read(), option)),
  };
};
