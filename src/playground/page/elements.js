// Makes elements. Text is only ever set as text: nothing on this page is parsed as markup.

/** The element of the page with this id. */
export const find = (id) => document.getElementById(id);

/** A new element with these properties and children; children that are `undefined` or `false` are left out. */
export const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
};

const entriesMax = 1_000;

/** Fills a select with `[value, text]` entries, at most 1,000 of them, and keeps what was chosen if it is still there. */
export const fill = (select, entries, wanted = select.value) => {
  const shown = entries.slice(0, entriesMax);
  const rest = entries.length - shown.length;
  select.replaceChildren(
    ...shown.map(([value, text]) => make('option', { value, textContent: text })),
    ...(rest > 0 ? [make('option', { disabled: true, textContent: `… and ${rest} more` })] : []),
  );
  if (shown.some(([value]) => value === wanted)) select.value = wanted;
};
