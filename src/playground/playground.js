// The bare page: choose a server and a member, run a command, press a button. Everything shown is set as text.
const find = (id) => document.getElementById(id);
const [guilds, channels, members, commands] = ['guild', 'channel', 'member', 'command'].map(find);
let state;

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const notice = (text) => {
  find('notice').textContent = text;
};

const ask = async (method, path, body) => {
  const response = await fetch(`/sim${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
};

const here = () => state.guilds.find((guild) => guild.id === guilds.value);

const act = async (path, body) => {
  notice('…');
  try {
    const answer = await ask('POST', `/guilds/${guilds.value}/${path}`, { user: members.value, ...body });
    notice(answer.answered === false ? 'The application did not respond' : '');
    if (answer.modal) showModal(answer.modal);
  } catch (error) {
    notice(error.message);
  }
};

const fill = (select, entries) => {
  const before = select.value;
  select.replaceChildren(...entries.map(([value, text]) => make('option', { value, textContent: text })));
  if (entries.some(([value]) => value === before)) select.value = before;
};

const nestTypes = new Set([1, 2]);
const leaves = (words, options) =>
  options.some((option) => nestTypes.has(option.type))
    ? options.flatMap((option) => leaves([...words, option.name], option.options ?? []))
    : [{ path: words.join(' '), options }];

const offered = () =>
  state.commands
    .filter((command) => command.type === 1 && (command.guild_id ?? guilds.value) === guilds.value)
    .flatMap((command) => leaves([command.name], command.options ?? []));

const inputFor = (option) => {
  const guild = here();
  const choicesOf = {
    5: () => [
      ['true', 'yes'],
      ['false', 'no'],
    ],
    6: () => guild.members.map(({ id, name }) => [id, name]),
    7: () => guild.channels.map(({ id, name }) => [id, `#${name}`]),
    8: () => guild.roles.map(({ id, name }) => [id, name]),
  };
  const choices = option.choices?.map(({ name, value }) => [String(value), name]) ?? choicesOf[option.type]?.();
  if (!choices) return typedInput(option);
  const select = make('select', { required: option.required === true });
  fill(select, [['', '–'], ...choices]);
  return select;
};

const typedInput = (option) => {
  const input = make('input', { required: option.required === true, autocomplete: 'off' });
  if (!option.autocomplete) return input;
  const list = make('datalist', { id: `list-${option.name}` });
  input.setAttribute('list', list.id);
  const suggest = async () => {
    const { choices = [] } = await ask('POST', `/guilds/${guilds.value}/autocomplete`, {
      user: members.value,
      command: commands.value,
      options: typedOptions(),
      focused: option.name,
    });
    list.replaceChildren(...choices.map(({ name, value }) => make('option', { value, textContent: name })));
  };
  input.addEventListener('input', () => suggest().catch((error) => notice(error.message)));
  input.addEventListener('focus', () => suggest().catch((error) => notice(error.message)));
  return make('span', {}, input, list);
};

const showOptions = () => {
  const leaf = offered().find(({ path }) => path === commands.value);
  find('options').replaceChildren(
    ...(leaf?.options ?? []).map((option) => {
      const label = make('label', { textContent: `${option.name}${option.required ? ' *' : ''}` }, inputFor(option));
      label.dataset.name = option.name;
      label.dataset.type = option.type;
      return label;
    }),
  );
};

const typedValue = (text, type) => {
  if (type === '5') return text === 'true';
  const isNumber = ['4', '10'].includes(type) && text.trim() !== '' && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
};

const typedOptions = () =>
  Object.fromEntries(
    [...find('options').querySelectorAll('label')]
      .map((label) => [label.dataset.name, label.querySelector('input, select').value, label.dataset.type])
      .filter(([, text]) => text !== '')
      .map(([name, text, type]) => [name, typedValue(text, type)]),
  );

const showEmbed = (embed) =>
  make(
    'div',
    { className: 'embed' },
    make('strong', { textContent: embed.title ?? '' }),
    make('p', { textContent: embed.description ?? '' }),
    make(
      'dl',
      {},
      ...(embed.fields ?? []).map(({ name, value }) =>
        make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: value })),
      ),
    ),
    make('small', { textContent: embed.footer?.text ?? '' }),
  );

const showComponent = (message, component) => {
  if (component.components) {
    return make('div', { className: 'controls' }, ...component.components.map((each) => showComponent(message, each)));
  }
  const press = (values) =>
    act('components', { message: message.id, customId: component.custom_id, ...(values && { values }) });
  if (component.type === 2) {
    const text = [component.emoji?.name, component.label].filter(Boolean).join(' ');
    const button = make('button', {
      textContent: text,
      disabled: component.disabled === true || Boolean(component.url),
    });
    button.addEventListener('click', () => press());
    return button;
  }
  if (component.type === 3) {
    const select = make('select', { disabled: component.disabled === true });
    fill(select, [['', component.placeholder ?? '…'], ...component.options.map(({ value, label }) => [value, label])]);
    select.addEventListener('change', () => select.value !== '' && press([select.value]));
    return select;
  }
  return make('p', { textContent: component.content ?? '' });
};

const showMessage = (message) =>
  make(
    'article',
    { className: message.ephemeral ? 'private' : '' },
    make('h3', { textContent: `${message.author.name}${message.ephemeral ? ' · only you see this' : ''}` }),
    make('p', { textContent: message.flags & 128 ? 'thinking…' : message.content }),
    ...message.embeds.map(showEmbed),
    ...message.attachments.map(({ url, filename }) =>
      make('img', { src: new URL(url).pathname, alt: filename, style: 'max-width: 30rem' }),
    ),
    ...message.components.map((component) => showComponent(message, component)),
  );

const showMessages = async () => {
  const shown = await ask('GET', `/guilds/${guilds.value}/channels/${channels.value}/messages?user=${members.value}`);
  const list = find('messages');
  list.replaceChildren(...shown.slice(-100).map(showMessage));
  list.scrollTop = list.scrollHeight;
};

const showModal = (modal) => {
  const dialog = find('modal');
  const fields = modal.fields.map((field) => {
    const input = make(field.style === 2 ? 'textarea' : 'input', {
      name: field.customId,
      required: field.required !== false,
      placeholder: field.placeholder ?? '',
      value: field.value ?? '',
    });
    return make('label', { textContent: field.label ?? field.customId }, input);
  });
  const form = make(
    'form',
    { method: 'dialog' },
    make('strong', { textContent: modal.title }),
    ...fields,
    make('button', { textContent: 'Send' }),
  );
  form.addEventListener('submit', () => {
    void act('modals', { customId: modal.customId, fields: Object.fromEntries(new FormData(form)) });
  });
  dialog.replaceChildren(form);
  dialog.showModal();
};

const showPlace = async () => {
  fill(
    channels,
    here().channels.map(({ id, name }) => [id, `#${name}`]),
  );
  fill(
    members,
    here()
      .members.filter(({ bot }) => !bot)
      .map(({ id, name }) => [id, name]),
  );
  fill(
    commands,
    offered().map(({ path }) => [path, `/${path}`]),
  );
  showOptions();
  await showMessages();
};

const refresh = async () => {
  state = await ask('GET', '/state');
  fill(
    guilds,
    state.guilds.map(({ id, name }) => [id, name]),
  );
  await showPlace();
};

const safely = (work) => () => work().catch((error) => notice(error.message));

guilds.addEventListener('change', safely(showPlace));
channels.addEventListener('change', safely(showMessages));
members.addEventListener('change', safely(showMessages));
commands.addEventListener('change', showOptions);
find('run').addEventListener('submit', (event) => {
  event.preventDefault();
  void act('commands', { command: commands.value, options: typedOptions(), channel: channels.value });
});

const events = new EventSource('/sim/events');
for (const type of ['message.create', 'message.update', 'message.delete', 'reaction.add', 'reaction.remove']) {
  events.addEventListener(type, safely(showMessages));
}
for (const type of ['commands', 'guild.create', 'guild.delete', 'member.add', 'member.remove']) {
  events.addEventListener(type, safely(refresh));
}
safely(refresh)();
