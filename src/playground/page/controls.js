// What a real Discord does not give: the clock, the bot's process, the connection, servers and people.
import { ask } from './api.js';
import { payTogether } from './crowd.js';
import { find } from './elements.js';
import { notice, safely } from './notice.js';
import { chosenPermissions, mountPermissions } from './permissions.js';
import { activePane, go } from './stage.js';
import { refreshTimes, timeText } from './words.js';
import { isReady, now, peopleOf, readWorld } from './world.js';

const tickMs = 1_000;
const gatewayDownMs = 10_000;

/** Shows whether the bot can be asked. */
export const showBotState = () => {
  find('bot-state').textContent = isReady() ? 'the bot is ready' : 'the bot is away';
  find('bot-state').className = isReady() ? 'ready' : 'away';
};

const showClock = () => {
  find('clock').textContent = `${timeText(now(), 'D')}, ${timeText(now(), 'T')}`;
  refreshTimes();
};

const deeds = {
  kill: {
    actions: ['kill'],
    doing: 'Killing the bot…',
    done: 'The bot was killed (SIGKILL). Nothing it answered is lost.',
  },
  start: { actions: ['start'], doing: 'Starting the bot…', done: 'The bot runs.' },
  restart: {
    actions: ['kill', 'start'],
    doing: 'Killing and starting the bot…',
    done: 'The bot was killed and runs again.',
  },
};

const disturb = async ({ actions, doing, done }) => {
  notice(doing, 'busy');
  for (const action of actions) await ask('POST', '/bot', { action });
  notice(done);
};

const advance = async (button) => {
  await ask('POST', '/clock', { advanceMs: Number(button.dataset.advanceMs) });
  await readWorld();
  showClock();
  notice(`It is ${button.textContent.slice(1)} later.`);
};

const faults = {
  'drop-interaction': 'The next interaction will be lost on its way to the bot.',
  'duplicate-interaction': 'The next interaction will reach the bot twice.',
};

const cutGateway = async () => {
  await ask('POST', '/gateway', { action: 'drop', downMs: gatewayDownMs });
  notice('The gateway is down for ten seconds.', 'busy');
};

const addServer = async (form) => {
  const { name, members } = form.elements;
  const guild = await ask('POST', '/guilds', { name: name.value, members: Number(members.value) });
  form.reset();
  await readWorld();
  await go({ guild: guild.id });
  notice(`${guild.name} is there, and the bot in it.`);
};

const addMember = async (form) => {
  const { name, kind } = form.elements;
  const member = await ask('POST', `/guilds/${activePane().place.guild}/members`, {
    name: name.value,
    ...(kind.value === 'bot' && { bot: true }),
    ...(kind.value !== 'bot' && { permissions: chosenPermissions() }),
  });
  form.reset();
  find('permissions').hidden = false;
  notice(`${member.name} is here.`);
};

const removeMember = async () => {
  const { place } = activePane();
  const id = find('leaver').value;
  const name = find('leaver').selectedOptions[0]?.textContent ?? 'The member';
  await ask('DELETE', `/guilds/${place.guild}/members/${id}`);
  notice(`${name} has left.`);
};

const onEach = (selector, work) => {
  for (const button of document.querySelectorAll(selector))
    button.addEventListener(
      'click',
      safely(() => work(button)),
    );
};

const onSubmit = (id, work) =>
  find(id).addEventListener(
    'submit',
    safely(async (event) => {
      event.preventDefault();
      await work(event.target);
    }),
  );

/** Offers who may be sent away. */
export const showLeavers = () => {
  const select = find('leaver');
  const before = select.value;
  select.replaceChildren(
    ...peopleOf(activePane().place)
      .slice(0, 500)
      .map(({ id, name }) => new Option(name, id)),
  );
  if ([...select.options].some(({ value }) => value === before)) select.value = before;
};

/** Makes the buttons work and the clock go. */
export const mountControls = () => {
  mountPermissions();
  find('add-member').elements.kind.addEventListener('change', ({ target }) => {
    find('permissions').hidden = target.value === 'bot';
  });
  onEach('[data-bot]', (button) => disturb(deeds[button.dataset.bot]));
  onEach('[data-advance-ms]', advance);
  onEach('[data-fault]', async ({ dataset }) => {
    await ask('POST', '/faults', { kind: dataset.fault });
    notice(faults[dataset.fault]);
  });
  onEach('#cut-gateway', cutGateway);
  onEach('#remove-member', removeMember);
  onEach('#pay-together', payTogether);
  onSubmit('add-server', addServer);
  onSubmit('add-member', addMember);
  showClock();
  setInterval(showClock, tickMs);
};
