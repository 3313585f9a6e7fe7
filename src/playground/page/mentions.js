// Members, roles and channels named in a message: picked while one types, sent as Discord writes them.
import { matching } from './list.js';
import { channelEntries, memberEntries, roleEntries } from './world.js';

/** What is being named right before the caret: the sign, and the beginning of a name. */
const token = /(?<=^|\s)(?<sign>[@#])(?<typed>(?:[^\s@#][^@#\n]{0,31})?)$/u;

const named = (place) => [
  ...memberEntries(place).map(({ value, name, ...more }) => ({ ...more, name: `@${name}`, value: `<@${value}>` })),
  ...roleEntries(place).map(({ value, name }) => ({ name, value: `<@&${value}>`, note: 'role' })),
  ...channelEntries(place).map(({ value, name }) => ({ name, value: `<#${value}>` })),
];

/** What can be named at the caret of a field, as entries of a list; none where nothing is being named. */
export const mentionEntries = (place, field) => {
  const { sign, typed } = token.exec(field.value.slice(0, field.selectionStart))?.groups ?? {};
  if (sign === undefined) return [];
  return matching(
    named(place).filter(({ name }) => name.startsWith(sign)),
    typed,
  );
};

/** Puts a name in the place of what was typed of it. */
export const insertMention = (field, { name }) => {
  const before = field.value.slice(0, field.selectionStart).replace(token, () => `${name} `);
  field.value = before + field.value.slice(field.selectionStart);
  field.setSelectionRange(before.length, before.length);
};

/** A text with the names that stand in it written as Discord writes them. */
export const withMentions = (text, place) =>
  named(place)
    .toSorted((one, other) => other.name.length - one.name.length)
    .reduce(
      (written, { name, value }) =>
        written.replaceAll(
          new RegExp(`(?<![\\p{L}\\p{N}<])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'gu'),
          () => value,
        ),
      text,
    );
