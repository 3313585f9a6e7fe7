// Makes elements. Text is only ever set as text: nothing on this page is parsed as markup.

/** The element of the page with this id. */
export const find = (id) => document.getElementById(id);

/** A new element with these properties and children; children that are `undefined` or `false` are left out. */
export const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== false && child !== ''));
  return element;
};

/** A button with a listener. */
export const makeButton = (properties, listener, ...children) => {
  const button = make('button', { type: 'button', ...properties }, ...children);
  button.addEventListener('click', listener);
  return button;
};

const vector = 'http://www.w3.org/2000/svg';

/** The drawings of buttons, in a square of 24. */
const drawings = {
  hash: 'M10 3 8 21M16 3l-2 18M4 8.5h17M3 15.5h17',
  at: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm4 0v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2',
  plus: 'M12 5v14M5 12h14',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14a6.5 6.5 0 0 1 3.5 6',
  controls:
    'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  split: 'M4 5h16v14H4zM12 5v14',
  inside: 'M3 12h4l2.5-7 5 14 2.5-7h4',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  help: 'M9.2 9.2a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1.1-1.4 2.2M12 17.2v.4M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  menu: 'M4 6h16M4 12h16M4 18h16',
  send: 'M4 12 3 4l18 8-18 8 1-8Zm0 0h9',
  eye: 'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12Zm10-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  close: 'M6 6l12 12M18 6 6 18',
  chevron: 'm6 9 6 6 6-6',
  slash: 'M15 4 9 20',
};

/** A small drawing that says nothing to a screen reader: whatever holds it has a name of its own. */
export const icon = (name) => {
  const drawing = document.createElementNS(vector, 'svg');
  for (const [key, value] of [
    ['viewBox', '0 0 24 24'],
    ['class', 'icon'],
    ['aria-hidden', 'true'],
  ]) {
    drawing.setAttribute(key, value);
  }
  const path = document.createElementNS(vector, 'path');
  path.setAttribute('d', drawings[name]);
  drawing.append(path);
  return drawing;
};

/** Up to two letters of a name. */
export const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('');

const hues = 6;

/** The round picture of a person or bot: a letter on one of a few colours, always the same for the same id. */
export const avatar = ({ id, name }) =>
  make('span', {
    // Ids made one after another differ at their end.
    className: `avatar hue-${Number(String(id).slice(-6)) % hues}`,
    ariaHidden: 'true',
    textContent: initials(name ?? '?').slice(0, 1),
  });
