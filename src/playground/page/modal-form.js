// A form of the bot, as a dialog.
import { ask } from './api.js';
import { find, make } from './elements.js';
import { notice } from './notice.js';
import { isSelect, selectFor, valuesOf } from './selects.js';
import { showWords } from './words.js';
import { place } from './world.js';

const paragraph = 2;
const textInput = 4;
const types = { row: 1, text: 10, label: 18 };

const inputFor = (input) => {
  const name = input.custom_id;
  if (isSelect(input.type)) return selectFor(input, { name, required: input.required !== false });
  if (input.type !== textInput) return undefined;
  const element = make(input.style === paragraph ? 'textarea' : 'input', {
    name,
    autocomplete: 'off',
    required: input.required !== false,
    placeholder: input.placeholder ?? '',
    value: input.value ?? '',
  });
  if (input.min_length) element.minLength = input.min_length;
  if (input.max_length) element.maxLength = input.max_length;
  return element;
};

const field = (input, label, description) => {
  const element = inputFor(input);
  if (!element) return make('p', { textContent: `A field of type ${input.type} cannot be filled in here.` });
  const star = element.required ? ' *' : '';
  return make(
    'label',
    {},
    `${label ?? input.custom_id}${star}`,
    description && make('small', {}, description),
    element,
  );
};

const fieldsOf = (component) => {
  if (component.type === types.row) return component.components.map((input) => field(input, input.label));
  if (component.type === types.label) return [field(component.component, component.label, component.description)];
  return component.type === types.text ? [showWords(component.content)] : [];
};

const filledIn = (form) =>
  Object.fromEntries(
    [...form.elements]
      .filter(({ name }) => name !== '')
      .map((element) => [element.name, element.tagName === 'SELECT' ? valuesOf(element) : element.value])
      .filter(([, value]) => value.length > 0),
  );

/** Opens a form. What was typed stays until the bot has taken it; then `opener` gets the focus back. */
export const openModal = (modal, opener) => {
  const dialog = find('modal');
  const problem = make('p', { role: 'alert', className: 'error' });
  const cancel = make('button', { type: 'button', textContent: 'Cancel' });
  const form = make(
    'form',
    {},
    make('h2', { id: 'modal-title', textContent: modal.title }),
    ...modal.components.flatMap(fieldsOf),
    problem,
    make('div', { className: 'row' }, make('button', { className: 'primary', textContent: 'Send' }), cancel),
  );
  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    try {
      const body = { user: place.member, customId: modal.custom_id, fields: filledIn(form) };
      const answer = await ask('POST', `/guilds/${place.guild}/modals`, body);
      if (!answer.answered && !answer.deferred) throw new Error('The bot did not answer within three seconds.');
      notice('');
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  // The message with the button may have been drawn anew meanwhile, so the browser cannot find the way back alone.
  dialog.addEventListener('close', () => opener && find(opener)?.focus(), { once: true });
  dialog.replaceChildren(form);
  dialog.showModal();
};
