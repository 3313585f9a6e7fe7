// An option of a command as a chip: its name and a field that knows what may stand in it.
import { make } from './elements.js';
import { listOver, matching } from './list.js';
import { channelEntries, memberEntries, roleEntries } from './world.js';

const types = { integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10 };
const typingPauseMs = 60;

const entriesOf = {
  [types.boolean]: () => [
    { value: 'true', name: 'True' },
    { value: 'false', name: 'False' },
  ],
  [types.user]: memberEntries,
  [types.channel]: channelEntries,
  [types.role]: roleEntries,
  [types.mentionable]: (place) => [...memberEntries(place), ...roleEntries(place)],
};
const wanted = {
  [types.boolean]: 'Choose True or False',
  [types.user]: 'Choose a member of this server',
  [types.channel]: 'Choose a channel of this server',
  [types.role]: 'Choose a role of this server',
  [types.mentionable]: 'Choose a member or a role of this server',
};

const numberProblem = (text, { type, min_value: least, max_value: most }) => {
  const value = Number(text);
  if (!Number.isFinite(value)) return 'Input a valid number';
  if (type === types.integer && !Number.isInteger(value)) return 'Input a valid integer';
  if (least !== undefined && value < least) return `Input a value of at least ${least}`;
  return most !== undefined && value > most ? `Input a value of at most ${most}` : undefined;
};

const textProblem = (text, { min_length: least, max_length: most }) => {
  if (least && text.length < least) return `Input at least ${least} characters`;
  return most && text.length > most ? `Input at most ${most} characters` : undefined;
};

const isNumber = ({ type }) => type === types.integer || type === types.number;

/**
 * The chip of an option: `element`, `field`, `isEmpty`, `read` (the value to send, `undefined` when it is empty) and `problem`
 * (what is wrong with it, in words, or `undefined`). `suggest()` gives the bot's suggestions for the option while one
 * types; `left()` is called on Backspace in an empty chip.
 */
export const optionChip = (pane, option, { suggest, left }) => {
  const { name, description } = option;
  const fixed =
    option.choices?.map((choice) => ({ value: String(choice.value), name: choice.name })) ??
    entriesOf[option.type]?.(pane.place);
  const field = make('input', {
    autocomplete: 'off',
    spellcheck: false,
    role: 'combobox',
    ariaLabel: `${name}${option.required ? ', required' : ''}: ${description}`,
    size: 1,
  });
  field.dataset.option = name;
  if (isNumber(option)) field.inputMode = 'numeric';
  const element = make('label', { className: 'chip' }, make('span', { textContent: name }), field);
  const title = `${name} — ${description}`;
  let taken;
  let asked = 0;
  let timer;

  const list = listOver(element, field, (entry) => {
    taken = entry;
    field.value = entry.name;
    list.close();
    element.classList.remove('wrong');
    pane.composer.next(field);
  });
  element.append(list.element);
  const offer = async () => {
    asked += 1;
    const asking = asked;
    if (fixed) return list.show(matching(fixed, taken ? '' : field.value), title);
    if (!option.autocomplete) return list.show([], title);
    const choices = await suggest();
    // Only the newest question counts, and only while it is still asked.
    if (asking === asked && document.activeElement === field) {
      list.show(
        choices.map((choice) => ({ ...choice, value: choice.value })),
        title,
        -1,
      );
    }
  };
  const found = () =>
    taken ??
    fixed?.find((entry) => entry.value === field.value.trim()) ??
    fixed?.find((entry) => entry.name.toLowerCase() === field.value.trim().toLowerCase());

  field.addEventListener('focus', () => void offer());
  field.addEventListener('input', () => {
    taken = undefined;
    asked += 1;
    element.classList.remove('wrong');
    clearTimeout(timer);
    if (!option.autocomplete || fixed) return void offer();
    // What was suggested for the text before must not be taken for this one.
    list.show([], title);
    timer = setTimeout(() => void offer(), typingPauseMs);
  });
  field.addEventListener('blur', () => {
    clearTimeout(timer);
    asked += 1;
    list.close();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' && field.value === '') {
      event.preventDefault();
      left();
      return;
    }
    // Enter with nothing chosen in the list sends the command.
    if (event.key === 'Tab' && field.value === '' && !option.required) return;
    if (event.key === 'Enter' && taken) return;
    list.handle(event);
  });

  return {
    name,
    element,
    field,
    isEmpty: () => field.value === '',
    read: () => {
      const text = field.value.trim();
      if (text === '') return undefined;
      const value = found()?.value ?? text;
      if (option.type === types.boolean) return value === 'true';
      return isNumber(option) && Number.isFinite(Number(value)) ? Number(value) : value;
    },
    problem: () => {
      const text = field.value.trim();
      if (text === '') return option.required ? 'This option is required. Specify a value' : undefined;
      if (fixed) return found() ? undefined : (wanted[option.type] ?? 'Choose one of the values in the list');
      return isNumber(option) ? numberProblem(text, option) : textProblem(text, option);
    },
  };
};
