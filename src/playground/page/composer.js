// The field at the bottom: a message, or a command with its options.
import { act } from './actions.js';
import { ask } from './api.js';
import { optionChip } from './chips.js';
import { icon, make, makeButton } from './elements.js';
import { fileChip } from './files.js';
import { listOver, matching } from './list.js';
import { insertMention, mentionEntries, withMentions } from './mentions.js';
import { notice } from './notice.js';
import { packOf, packOrder } from './packs.js';
import { channelOf, commandsOf, direct, memberOf, theBot } from './world.js';

const messageMax = 2_000;
const attachmentType = 11;

/** The commands as entries of a list, by pack; `/` and what follows it narrows them. */
const commandEntries = (place, typed) => {
  const order = packOrder();
  const entries = commandsOf(place).map((leaf) => ({
    value: leaf,
    name: `/${leaf.path}`,
    description: leaf.description,
    note: leaf.options.map(({ name, required }) => (required ? name : `${name}?`)).join(' '),
    group: packOf(leaf.path),
  }));
  const found = matching(entries, typed);
  return typed.trim() === ''
    ? found.toSorted((one, other) => order.indexOf(one.group) - order.indexOf(other.group))
    : found.toSorted(
        (one, other) => Number(other.name.startsWith(`/${typed}`)) - Number(one.name.startsWith(`/${typed}`)),
      );
};

/** The composer of a pane. */
export const createComposer = (pane) => {
  const problem = make('p', { className: 'problem', role: 'alert' });
  const answering = make('div', { className: 'answering', hidden: true });
  const field = make('textarea', {
    className: 'message',
    rows: 1,
    autocomplete: 'off',
    ariaAutoComplete: 'list',
    ariaHasPopup: 'listbox',
  });
  const box = make('div', { className: 'box' });
  const element = make('form', { className: 'composer' }, answering, problem, box);
  let command;
  let chips = [];
  let replyTo;

  let naming = false;
  const list = listOver(box, field, (entry) => {
    if (!naming) return openCommand(entry.value);
    insertMention(field, entry);
    list.close();
  });
  const openButton = makeButton(
    { className: 'round', ariaLabel: 'Commands', title: 'Commands' },
    () => {
      if (command) closeCommand();
      if (!field.value.startsWith('/')) field.value = '/';
      field.focus();
      offer();
    },
    icon('slash'),
  );
  const send = make('button', { className: 'round send', ariaLabel: 'Send', title: 'Send' }, icon('send'));

  const offer = () => {
    const isCommand = field.value.startsWith('/') && !field.value.includes('\n') && pane.place.channel !== direct;
    naming = !isCommand;
    if (naming) return list.show(mentionEntries(pane.place, field));
    const entries = commandEntries(pane.place, field.value.slice(1));
    list.show(entries, entries.length === 0 ? 'No command of that name' : '');
  };
  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  };
  const say = (text) => {
    problem.textContent = text;
  };
  const stopAnswering = () => {
    replyTo = undefined;
    answering.hidden = true;
  };

  const closeCommand = (text = '') => {
    command = undefined;
    chips = [];
    field.value = text;
    say('');
    show();
    field.focus();
  };
  const tail = make('input', {
    className: 'tail',
    autocomplete: 'off',
    ariaLabel: 'End of the command: Enter runs it',
    size: 1,
  });
  tail.addEventListener('input', () => {
    tail.value = '';
  });
  tail.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace') return;
    event.preventDefault();
    back(chips.at(-1));
  });
  /** Backspace in an empty place: to the chip before it, or out of the command. */
  const back = (chip) => {
    if (chip) chip.field.focus();
    else closeCommand(`/${command.path}`);
  };
  const typed = () =>
    Object.fromEntries(chips.map(({ name, read }) => [name, read()]).filter(([, value]) => value !== undefined));
  const suggest = async (focused) => {
    const { place } = pane;
    try {
      const { choices = [] } = await ask('POST', `/guilds/${place.guild}/autocomplete`, {
        user: place.member,
        command: command.path,
        // Discord sends the focused option also while it is empty.
        options: { [focused]: '', ...typed() },
        focused,
        channel: place.channel,
      });
      return choices;
    } catch (error) {
      notice(error.message, 'error');
      return [];
    }
  };
  const addChip = (option) => {
    const makeChip = option.type === attachmentType ? fileChip : optionChip;
    const chip = makeChip(pane, option, {
      suggest: () => suggest(option.name),
      done: () => pane.composer.next(chip.field),
      left: () => {
        const at = chips.indexOf(chip);
        if (!option.required) {
          chips.splice(at, 1);
          show();
        }
        back(chips[at - 1]);
      },
    });
    chips.push(chip);
    return chip;
  };
  const openCommand = (leaf) => {
    list.close();
    command = leaf;
    chips = [];
    for (const option of leaf.options) if (option.required) addChip(option);
    say('');
    show();
    (chips[0]?.field ?? tail).focus();
  };
  const optionalButtons = () =>
    command.options
      .filter(({ name }) => !chips.some((chip) => chip.name === name))
      .map((option) =>
        makeButton({ className: 'add', textContent: `+ ${option.name}`, title: option.description }, () => {
          const chip = addChip(option);
          show();
          chip.field.focus();
        }),
      );
  const name = () => {
    const { place } = pane;
    const where = place.channel === direct ? `@${theBot().name}` : `#${channelOf(place)?.name ?? ''}`;
    field.placeholder = `Message ${where}`;
    field.ariaLabel = `Message ${where} as ${memberOf(place)?.name ?? 'nobody'}`;
    send.ariaLabel = command ? 'Run' : 'Send';
    send.title = send.ariaLabel;
    openButton.hidden = place.channel === direct;
  };
  const show = () => {
    name();
    box.replaceChildren(
      openButton,
      ...(command
        ? [
            make(
              'div',
              { className: 'command' },
              make('span', { className: 'path', textContent: `/${command.path}` }),
              ...chips.map((chip) => chip.element),
              tail,
              ...optionalButtons(),
              makeButton(
                { className: 'add', ariaLabel: 'Leave the command', title: 'Leave the command' },
                () => closeCommand(),
                icon('close'),
              ),
            ),
          ]
        : [field, list.element]),
      send,
    );
    grow();
  };

  const run = async () => {
    const wrong = chips.find((chip) => chip.problem() !== undefined);
    for (const chip of chips) chip.element.classList.toggle('wrong', chip === wrong);
    if (wrong) {
      wrong.field.focus();
      return say(`${wrong.name}: ${wrong.problem()}`);
    }
    const body = { command: command.path, options: typed(), channel: pane.place.channel };
    closeCommand();
    pane.log.followEnd();
    await act(pane, 'commands', body);
  };
  const speak = async () => {
    const { place } = pane;
    const content = withMentions(field.value.trim(), place);
    if (content === '') return;
    if (content.length > messageMax) {
      return say(`Your message is too long: ${content.length} of ${messageMax} characters.`);
    }
    const answered = replyTo;
    field.value = '';
    say('');
    stopAnswering();
    grow();
    pane.log.followEnd();
    if (place.channel !== direct) {
      await act(pane, 'messages', { channel: place.channel, content, ...(answered && { replyTo: answered }) });
    } else
      await ask('POST', `/users/${place.member}/messages`, { content }).then(
        () => notice(''),
        (error) => notice(error.message, 'error'),
      );
  };
  const submit = () => void (command ? run() : speak());

  field.addEventListener('input', () => {
    say('');
    grow();
    offer();
  });
  field.addEventListener('focus', offer);
  field.addEventListener('blur', list.close);
  field.addEventListener('keydown', (event) => {
    if (list.handle(event)) return;
    if (event.key === 'Escape') stopAnswering();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && command && !event.defaultPrevented) closeCommand();
  });
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  return {
    element,
    /** Shows the place as it is now; a command that is being typed stays while its channel does. */
    show: () => {
      name();
      // The commands may have changed while somebody looks at them.
      if (document.activeElement === field) offer();
    },
    /** Starts a command as if it had been typed. */
    open: (path) => {
      const leaf = commandsOf(pane.place).find((each) => each.path === path);
      if (leaf) openCommand(leaf);
    },
    /** Gives up what is being typed. */
    clear: () => {
      stopAnswering();
      command = undefined;
      chips = [];
      say('');
      show();
    },
    /** Goes on after a chip: to the next empty required one, or to the end. */
    next: (from) => {
      const at = chips.findIndex((chip) => chip.field === from);
      const rest = chips.slice(at + 1).find((chip) => chip.isEmpty());
      (rest?.field ?? tail).focus();
    },
    /** Makes the next message an answer to this one. */
    reply: (message) => {
      if (command) closeCommand();
      replyTo = message.id;
      answering.hidden = false;
      answering.replaceChildren(
        make('span', {}, 'Replying to ', make('strong', { textContent: message.author.name })),
        makeButton({ className: 'as-link', textContent: 'Cancel' }, stopAnswering),
      );
      field.focus();
    },
    focus: () => (command ? tail : field).focus(),
  };
};
