// A select of a message or a form: a field that opens a list; several values where it takes several.
import { icon, make } from './elements.js';
import { listOver, matching } from './list.js';
import { channelEntries, memberEntries, roleEntries } from './world.js';

const entriesOf = {
  3: ({ options }) =>
    options.map(({ value, label, description, emoji }) => ({
      value,
      name: emoji && !emoji.id ? `${emoji.name} ${label}` : label,
      description,
    })),
  5: (_component, place) => memberEntries(place),
  6: (_component, place) => roleEntries(place),
  7: (_component, place) => [...memberEntries(place), ...roleEntries(place)],
  8: (_component, place) => channelEntries(place),
};

/** Whether a component's type is that of a select. */
export const isSelect = (type) => type in entriesOf;

/**
 * The element of a select and `values`, which reads what is chosen. `properties` go to its field. `done(values)` is
 * called when somebody has chosen: at once where it takes one value, on closing where it takes several.
 */
export const choiceField = (component, place, properties, done) => {
  const entries = entriesOf[component.type](component, place);
  const valuesMax = component.max_values ?? 1;
  const preset = [
    ...(component.options ?? []).filter((option) => option.default === true).map(({ value }) => value),
    ...(component.default_values ?? []).map(({ id }) => id),
  ];
  let chosen = preset;
  const field = make('input', {
    ...properties,
    role: 'combobox',
    autocomplete: 'off',
    placeholder: component.placeholder ?? 'Make a selection',
    disabled: component.disabled === true,
  });
  const element = make('span', { className: 'choice' }, field, icon('chevron'));
  const show = () => {
    field.value = entries
      .filter(({ value }) => chosen.includes(value))
      .map(({ name }) => name)
      .join(', ');
  };
  const listed = (typed, at) =>
    list.show(
      matching(entries, typed).map((entry) => ({ ...entry, checked: chosen.includes(entry.value) })),
      valuesMax > 1 ? `Choose up to ${Math.min(valuesMax, entries.length)}, then close with Escape` : '',
      at,
    );
  const toggle = ({ value }) => {
    if (chosen.includes(value)) return chosen.filter((each) => each !== value);
    return chosen.length < valuesMax ? [...chosen, value] : chosen;
  };
  const list = listOver(element, field, (entry) => {
    if (valuesMax > 1) {
      chosen = toggle(entry);
      return listed('', list.active());
    }
    chosen = [entry.value];
    list.close();
    show();
    done(chosen);
  });
  element.append(list.element);
  let opened = '';
  const open = () => {
    if (list.isOpen()) return;
    opened = chosen.join();
    field.value = '';
    listed('');
  };
  const close = () => {
    list.close();
    show();
    if (valuesMax > 1 && chosen.join() !== opened) done(chosen);
    opened = chosen.join();
  };
  field.addEventListener('click', open);
  field.addEventListener('input', () => listed(field.value));
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (!list.isOpen()) {
      if (!['ArrowDown', 'Enter', ' '].includes(event.key)) return;
      event.preventDefault();
      open();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.stopPropagation();
      close();
    } else list.handle(event);
  });
  show();
  return { element, values: () => chosen };
};
