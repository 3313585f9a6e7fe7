// The selects of messages and forms.
import { fill, make } from './elements.js';
import { channelEntries, memberEntries, roleEntries } from './world.js';

const entriesOf = {
  3: ({ options }) =>
    options.map(({ value, label, description }) => [value, description ? `${label}: ${description}` : label]),
  5: memberEntries,
  6: roleEntries,
  7: () => [...memberEntries(), ...roleEntries()],
  8: channelEntries,
};
const linesMax = 6;

/** Whether a component's type is that of a select. */
export const isSelect = (type) => type in entriesOf;

/** The select for a component, with these properties; one of several values where it takes several. */
export const selectFor = (component, properties) => {
  const multiple = (component.max_values ?? 1) > 1;
  const entries = entriesOf[component.type](component);
  const select = make('select', { ...properties, multiple, disabled: component.disabled === true });
  fill(select, multiple ? entries : [['', component.placeholder ?? 'Choose…'], ...entries]);
  if (multiple) select.size = Math.min(entries.length, linesMax);
  const preset = new Set([
    ...(component.options ?? []).filter((option) => option.default === true).map(({ value }) => value),
    ...(component.default_values ?? []).map(({ id }) => id),
  ]);
  for (const option of select.options) if (preset.has(option.value)) option.selected = true;
  return select;
};

/** The values chosen in a select. */
export const valuesOf = (select) =>
  Array.from(select.selectedOptions, ({ value }) => value).filter((value) => value !== '');
