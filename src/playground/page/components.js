// What stands under and in messages to press and choose from.
import { act } from './actions.js';
import { choiceField, isSelect } from './choices.js';
import { make, makeButton } from './elements.js';
import { showFile, showPicture } from './pictures.js';
import { showLink, showWords } from './words.js';

const types = {
  row: 1,
  button: 2,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
};
const buttonStyles = { 1: 'primary', 3: 'success', 4: 'danger' };

const idOf = (pane, message, component) => `${pane.id}-${message.id}-${component.custom_id}`;

const faceOf = ({ emoji, label }) => [emoji?.id ? `:${emoji.name}:` : emoji?.name, label].filter(Boolean).join(' ');

const showButton = (pane, message, button) => {
  if (button.url) return make('span', { className: 'link-button' }, showLink(button.url, `${faceOf(button)} ↗`));
  const id = idOf(pane, message, button);
  return makeButton(
    {
      id,
      textContent: faceOf(button),
      className: `component ${buttonStyles[button.style] ?? 'secondary'}`,
      disabled: button.disabled === true,
    },
    () => act(pane, 'components', { message: message.id, customId: button.custom_id }, id),
  );
};

const showSelect = (pane, message, component) => {
  const id = idOf(pane, message, component);
  const properties = { id, ariaLabel: component.placeholder ?? 'Make a selection' };
  const send = (values) => act(pane, 'components', { message: message.id, customId: component.custom_id, values }, id);
  return choiceField(component, pane.place, properties, send).element;
};

const showInside = (pane, message, { components = [], accessory }, className) =>
  make(
    'div',
    { className },
    ...(accessory ? [make('div', {}, ...components.map((each) => showComponent(pane, message, each)))] : []),
    ...(accessory ? [accessory] : components).map((each) => showComponent(pane, message, each)),
  );

const showContainer = (pane, message, component) => {
  const element = showInside(pane, message, component, 'embed container');
  if (component.accent_color)
    element.style.borderLeftColor = `#${component.accent_color.toString(16).padStart(6, '0')}`;
  return element;
};

/** One component of a message; one of a kind this page does not know is named. */
export const showComponent = (pane, message, component) => {
  if (isSelect(component.type)) return showSelect(pane, message, component);
  switch (component.type) {
    case types.row:
      return showInside(pane, message, component, 'row');
    case types.section:
      return showInside(pane, message, component, 'section');
    case types.container:
      return showContainer(pane, message, component);
    case types.button:
      return showButton(pane, message, component);
    case types.text:
      return showWords(component.content, pane.place);
    case types.thumbnail:
      return showPicture(message, component.media, component.description ?? 'thumbnail');
    case types.gallery:
      return make(
        'div',
        { className: 'gallery' },
        ...component.items.map(({ media, description }) => showPicture(message, media, description ?? 'picture')),
      );
    case types.file:
      return showFile(message, component.file);
    case types.separator:
      return make('hr', { className: component.divider === false ? 'gap' : '' });
    default:
      return make('small', { textContent: `(a component of type ${component.type} is not shown here)` });
  }
};
