// A list of things to choose from, over whatever it belongs to; the keyboard stays in the field.
import { avatar, make } from './elements.js';

let made = 0;
const shownMax = 100;

const itemOf = (entry, id) =>
  make(
    'li',
    { id, role: 'option', ariaSelected: 'false', className: entry.checked ? 'checked' : '' },
    entry.avatar && avatar(entry.avatar),
    make(
      'span',
      { className: 'what' },
      make('span', { className: 'name', textContent: entry.name }),
      entry.description && make('span', { className: 'description', textContent: entry.description }),
    ),
    entry.note && make('span', { className: 'note', textContent: entry.note }),
  );

/**
 * A list over `anchor`, worked from `field`. `show(entries, title)` opens it with `{name, value, description?, note?,
 * group?, avatar?}` entries, or closes it when there is none; at most 100 are shown. `take(entry)` is called with what is
 * chosen. `handle(event)` gives a key to the list and says whether it was used.
 */
export const listOver = (anchor, field, take) => {
  made += 1;
  const list = make('ul', { id: `list-${made}`, role: 'listbox', ariaLabel: 'Choices' });
  const title = make('p', { className: 'list-title' });
  const box = make('div', { className: 'list', popover: 'manual' }, title, list);
  let entries = [];
  let active = -1;
  field.setAttribute('aria-controls', list.id);
  // A field of several lines may not be called a combobox, and only a combobox is open or closed.
  const tellOpen = (open) => field.role === 'combobox' && field.setAttribute('aria-expanded', String(open));
  tellOpen(false);

  const isOpen = () => box.matches(':popover-open');
  const mark = (index) => {
    active = index;
    for (const [at, item] of [...list.querySelectorAll('[role=option]')].entries()) {
      item.ariaSelected = String(at === active);
      if (at === active) item.scrollIntoView({ block: 'nearest' });
    }
    if (active >= 0) field.setAttribute('aria-activedescendant', `${list.id}-${active}`);
    else field.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    if (isOpen()) box.hidePopover();
    tellOpen(false);
    field.removeAttribute('aria-activedescendant');
  };
  const place = () => {
    const { left, width } = anchor.getBoundingClientRect();
    // Over the whole composer, not over the part of it that stands above a chip.
    const { top, bottom } = (anchor.closest('.box') ?? anchor).getBoundingClientRect();
    const isAbove = top > innerHeight / 2;
    const wide = Math.min(Math.max(width, 260), innerWidth - 16);
    Object.assign(box.style, {
      left: `${Math.max(8, Math.min(left, innerWidth - wide - 8))}px`,
      width: `${wide}px`,
      top: isAbove ? 'auto' : `${bottom + 4}px`,
      bottom: isAbove ? `${innerHeight - top + 6}px` : 'auto',
      maxHeight: `${Math.min(isAbove ? top - 16 : innerHeight - bottom - 16, 420)}px`,
    });
  };
  const choose = (index) => {
    const entry = entries[index];
    if (entry) take(entry);
  };
  // Before the field loses the focus, which would close the list.
  box.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role=option]');
    if (item) choose(Number(item.dataset.index));
  });

  return {
    element: box,
    isOpen,
    close,
    active: () => active,
    show: (all, text = '', chosen = 0) => {
      entries = all.slice(0, shownMax);
      title.textContent = text;
      title.hidden = text === '';
      let group;
      const items = entries.flatMap((entry, index) => {
        const item = itemOf(entry, `${list.id}-${index}`);
        item.dataset.index = index;
        const head = entry.group !== undefined && entry.group !== group;
        group = entry.group;
        return head ? [make('li', { role: 'presentation', className: 'group', textContent: group }), item] : [item];
      });
      list.replaceChildren(...items);
      list.hidden = items.length === 0;
      if (items.length === 0 && text === '') return close();
      place();
      if (!isOpen()) box.showPopover();
      tellOpen(true);
      mark(Math.min(chosen, entries.length - 1));
    },
    handle: (event) => {
      if (!isOpen()) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && entries.length > 0) mark((active + step + entries.length) % entries.length);
      else if (event.key === 'Enter' && active >= 0) choose(active);
      else if (event.key === 'Tab' && !event.shiftKey && active >= 0) choose(active);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
};

/** The entries whose name or value holds what was typed; those that begin with it first. */
export const matching = (entries, typed) => {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return entries;
  const found = entries.filter(({ name, note = '' }) => `${name} ${note}`.toLowerCase().includes(wanted));
  const begins = ({ name }) =>
    name
      .toLowerCase()
      .replace(/^[@#/]/, '')
      .startsWith(wanted);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
};
