// What stands under and in messages to press and choose from.
import { act } from './actions.js';
import { make } from './elements.js';
import { isSelect, selectFor, valuesOf } from './selects.js';
import { showWords } from './words.js';

const types = { row: 1, button: 2, section: 9, text: 10, separator: 14, container: 17 };
const buttonStyles = { 1: 'primary', 3: 'success', 4: 'danger' };

/** An address as a link that opens elsewhere; as bare text where it is no web address. */
export const showLink = (address, text) => {
  const isWeb = /^https?:$/.test(URL.parse(address)?.protocol ?? '');
  return isWeb
    ? make('a', { href: address, textContent: text, target: '_blank', rel: 'noreferrer' })
    : make('span', { textContent: `${text} (${address})` });
};

const idOf = (message, component) => `component-${message.id}-${component.custom_id}`;

const showButton = (message, button) => {
  const text = [button.emoji?.id ? `:${button.emoji.name}:` : button.emoji?.name, button.label]
    .filter(Boolean)
    .join(' ');
  if (button.url) return showLink(button.url, text);
  const id = idOf(message, button);
  const element = make('button', {
    id,
    type: 'button',
    textContent: text,
    className: buttonStyles[button.style] ?? '',
    disabled: button.disabled === true,
  });
  element.addEventListener('click', () => act('components', { message: message.id, customId: button.custom_id }, id));
  return element;
};

/** A select with a button: with the keyboard one passes over choices that are not meant. */
const showSelect = (message, component) => {
  const id = idOf(message, component);
  const select = selectFor(component, { id, ariaLabel: component.placeholder ?? 'Choose' });
  const choose = make('button', { type: 'button', textContent: 'Choose', disabled: select.disabled });
  choose.addEventListener('click', () =>
    act('components', { message: message.id, customId: component.custom_id, values: valuesOf(select) }, id),
  );
  return make('span', { className: 'row' }, select, choose);
};

const showInside = (message, { components = [], accessory }, className) =>
  make(
    'div',
    { className },
    ...[...components, ...(accessory ? [accessory] : [])].map((each) => showComponent(message, each)),
  );

/** One component of a message; one of a kind this page does not know is named. */
export const showComponent = (message, component) => {
  if (isSelect(component.type)) return showSelect(message, component);
  switch (component.type) {
    case types.row:
    case types.section:
      return showInside(message, component, 'row');
    case types.container:
      return showInside(message, component, 'embed');
    case types.button:
      return showButton(message, component);
    case types.text:
      return showWords(component.content);
    case types.separator:
      return make('hr');
    default:
      return make('small', { textContent: `(a component of type ${component.type} is not shown here)` });
  }
};
