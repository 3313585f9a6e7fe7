// A text field with suggestions of the bot that come while one types (autocomplete).
import { make } from './elements.js';

const typingPauseMs = 60;
let made = 0;

/**
 * A field with a list under it. `suggest(text)` gives the `{name, value}` choices; what goes wrong in it is the
 * caller's to show. `read` gives the value of the choice taken, or else what was typed. Arrows, Enter and Escape work
 * as in any list.
 */
export const suggestingField = (properties, suggest) => {
  made += 1;
  const list = make('ul', { id: `suggestions-${made}`, role: 'listbox', popover: 'manual', className: 'suggestions' });
  const input = make('input', { ...properties, role: 'combobox', autocomplete: 'off', ariaAutoComplete: 'list' });
  input.setAttribute('aria-controls', list.id);
  let choices = [];
  let active = -1;
  let taken;
  let asked = 0;
  let timer;

  const close = () => {
    clearTimeout(timer);
    asked += 1;
    active = -1;
    list.hidePopover();
    input.ariaExpanded = 'false';
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (index) => {
    active = index;
    for (const [at, item] of [...list.children].entries()) {
      item.ariaSelected = String(at === active);
      if (at !== active) continue;
      item.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', item.id);
    }
  };
  const take = (index) => {
    taken = choices[index];
    input.value = taken.name;
    close();
  };
  const open = () => {
    list.replaceChildren(
      ...choices.map(({ name }, index) => {
        const item = make('li', {
          id: `${list.id}-${index}`,
          role: 'option',
          ariaSelected: 'false',
          textContent: name,
        });
        // Before the field loses the focus, which would close the list.
        item.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          take(index);
        });
        return item;
      }),
    );
    if (choices.length === 0) return close();
    const { left, top, width } = input.getBoundingClientRect();
    Object.assign(list.style, { left: `${left}px`, bottom: `${innerHeight - top}px`, minWidth: `${width}px` });
    list.showPopover();
    input.ariaExpanded = 'true';
  };
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const found = await suggest(input.value);
    // An answer that was overtaken, or that finds the field left, is not wanted any more.
    if (mine !== asked || document.activeElement !== input) return;
    choices = found;
    active = -1;
    open();
  };

  input.addEventListener('focus', ask);
  input.addEventListener('input', () => {
    taken = undefined;
    // What was suggested for the text before must not be taken for this one.
    close();
    timer = setTimeout(() => void ask(), typingPauseMs);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const isOpen = input.ariaExpanded === 'true';
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !isOpen) void ask();
    else if (step) mark((active + step + choices.length) % choices.length);
    else if (event.key === 'Enter' && isOpen && active >= 0) take(active);
    else if (event.key === 'Escape' && isOpen) close();
    else return;
    event.preventDefault();
  });
  return {
    element: make('span', { className: 'suggesting' }, input, list),
    input,
    read: () => taken?.value ?? input.value,
  };
};
