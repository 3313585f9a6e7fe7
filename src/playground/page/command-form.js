// Choosing a command, filling in its options, running it.
import { act } from './actions.js';
import { ask } from './api.js';
import { find, make } from './elements.js';
import { followEnd } from './log.js';
import { notice } from './notice.js';
import { optionField } from './option-fields.js';
import { commandGroups, direct, guildHere, place } from './world.js';

let fields = [];
let shown = '';

const leafChosen = () =>
  commandGroups()
    .flatMap(({ leaves }) => leaves)
    .find(({ path }) => path === find('command').value);

const typed = () =>
  Object.fromEntries(fields.map(({ name, read }) => [name, read()]).filter(([, value]) => value !== undefined));

const suggest = async (focused) => {
  try {
    const { choices = [] } = await ask('POST', `/guilds/${place.guild}/autocomplete`, {
      user: place.member,
      command: find('command').value,
      // Discord sends the focused option also while it is empty.
      options: { [focused]: '', ...typed() },
      focused,
      ...(place.channel !== direct && { channel: place.channel }),
    });
    return choices;
  } catch (error) {
    notice(error.message, 'error');
    return [];
  }
};

/** Shows description and options of the command chosen. What is typed stays while they are the same. */
export const showOptions = () => {
  const leaf = leafChosen();
  const { id, members, roles, channels } = guildHere();
  const known = JSON.stringify([leaf, id, members.length, roles, channels]);
  if (known === shown) return;
  shown = known;
  find('description').textContent = leaf?.description ?? '';
  fields = (leaf?.options ?? []).map((option) => optionField(option, suggest));
  find('options').replaceChildren(...fields.map(({ element }) => element));
};

/** Offers the commands the member sees, and keeps the chosen one. */
export const showCommands = () => {
  const select = find('command');
  const before = select.value;
  const groups = commandGroups();
  select.replaceChildren(
    ...groups.map(({ name, leaves }) =>
      make(
        'optgroup',
        { label: name },
        ...leaves.map(({ path }) => make('option', { value: path, textContent: `/${path}` })),
      ),
    ),
  );
  if (groups.some(({ leaves }) => leaves.some(({ path }) => path === before))) select.value = before;
  // In direct messages there is no server to run a command in.
  find('command-form').hidden = place.channel === direct;
  showOptions();
  if (groups.length === 0) find('description').textContent = 'No commands are registered for this member yet.';
};

/** Makes the form work. */
export const mountCommandForm = () => {
  find('command').addEventListener('change', showOptions);
  find('command-form').addEventListener('submit', (event) => {
    event.preventDefault();
    followEnd();
    void act('commands', { command: find('command').value, options: typed(), channel: place.channel });
  });
};
