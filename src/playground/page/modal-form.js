// A form of the bot, as a dialog.
import { askAs } from './actions.js';
import { choiceField, isSelect } from './choices.js';
import { find, make, makeButton } from './elements.js';
import { notice } from './notice.js';
import { showWords } from './words.js';
import { theBot } from './world.js';

const paragraph = 2;
const textInput = 4;
const types = { row: 1, text: 10, label: 18 };

const textField = (input) => {
  const element = make(input.style === paragraph ? 'textarea' : 'input', {
    name: input.custom_id,
    autocomplete: 'off',
    required: input.required !== false,
    placeholder: input.placeholder ?? '',
    value: input.value ?? '',
  });
  if (input.min_length) element.minLength = input.min_length;
  if (input.max_length) element.maxLength = input.max_length;
  return { element, values: () => element.value };
};

const fieldOf = (pane, input) => {
  if (isSelect(input.type)) {
    return choiceField(
      input,
      pane.place,
      { name: input.custom_id, required: input.required !== false },
      () => undefined,
    );
  }
  return input.type === textInput ? textField(input) : undefined;
};

const showInput = (pane, input, label, description, reads) => {
  const field = fieldOf(pane, input);
  if (!field) return make('p', { textContent: `A field of type ${input.type} cannot be filled in here.` });
  reads.set(input.custom_id, field.values);
  return make(
    'label',
    {},
    make(
      'span',
      { className: 'label' },
      label ?? input.custom_id,
      input.required !== false && make('span', { className: 'star', textContent: ' *' }),
    ),
    description && make('small', {}, description),
    field.element,
  );
};

const fieldsOf = (pane, component, reads) => {
  if (component.type === types.row) {
    return component.components.map((input) => showInput(pane, input, input.label, undefined, reads));
  }
  if (component.type === types.label) {
    return [showInput(pane, component.component, component.label, component.description, reads)];
  }
  return component.type === types.text ? [showWords(component.content, pane.place)] : [];
};

/** Opens a form of the pane's member. What was typed stays until the bot has taken it; then `opener` gets the focus back. */
export const openModal = (pane, modal, opener) => {
  const place = { ...pane.place };
  const dialog = find('modal');
  const reads = new Map();
  const problem = make('p', { role: 'alert', className: 'problem' });
  const form = make(
    'form',
    {},
    make('h2', { id: 'modal-title', textContent: modal.title }),
    make('p', {
      className: 'warning',
      textContent: `This form will be submitted to ${theBot().name}. Do not share passwords or other sensitive information.`,
    }),
    ...modal.components.flatMap((component) => fieldsOf(pane, component, reads)),
    problem,
    make(
      'div',
      { className: 'row' },
      makeButton({ className: 'component secondary', textContent: 'Cancel' }, () => dialog.close()),
      make('button', { className: 'component primary', textContent: 'Submit' }),
    ),
  );
  const filledIn = () =>
    Object.fromEntries([...reads].map(([name, read]) => [name, read()]).filter(([, value]) => value.length > 0));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    try {
      const answer = await askAs(place, 'modals', { customId: modal.custom_id, fields: filledIn() });
      if (!answer.answered && !answer.deferred) throw new Error('Something went wrong. Try again.');
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
