// The inside as it happens: each server is a lane, its interactions follow one another, its actor tells its figures.
import { glance } from './api.js';
import { find, icon, make } from './elements.js';
import { allPanes } from './stage.js';
import { timeText } from './words.js';
import { guilds, memberOf, now } from './world.js';

const shownMax = 40;
const lanesMax = 4;
const settleMs = 250;
const told = new Set([
  'Mailbox depth',
  'Operations run',
  'Rows in memory',
  'Journal position',
  'Durable position',
  'Incarnation',
]);

/** @type {Map<string, {element: HTMLElement, events: HTMLElement, figures: HTMLElement, timer?: number}>} */
const lanes = new Map();

const isShown = () => !find('strip').hidden;

const readFigures = async (id) => {
  const guild = guilds().find((each) => each.id === id);
  const lane = lanes.get(id);
  if (!guild || !lane) return;
  try {
    const fields = (await glance(id, guild.ownerId, 'debug actor'))?.embeds[0]?.fields ?? [];
    lane.figures.replaceChildren(
      ...fields
        .filter(({ name }) => told.has(name))
        .map(({ name, value }) => make('span', {}, `${name} `, make('strong', { textContent: value }))),
    );
  } catch {
    lane.figures.replaceChildren(make('span', { textContent: 'The bot does not answer.' }));
  }
};

/** The figures come after the last of several interactions, not after each. */
const readSoon = (id) => {
  const lane = lanes.get(id);
  clearTimeout(lane.timer);
  lane.timer = setTimeout(() => void readFigures(id), settleMs);
};

const laneOf = (id) => {
  const present = lanes.get(id);
  if (present) return present;
  const guild = guilds().find((each) => each.id === id);
  const events = make('ol', {
    className: 'events',
    tabIndex: 0,
    ariaLabel: `Interactions in ${guild?.name ?? 'direct messages'}`,
  });
  const figures = make('div', { className: 'figures' });
  const element = make(
    'div',
    { className: 'lane' },
    make('h3', { textContent: guild?.name ?? 'Direct' }),
    make('div', {}, figures, events),
  );
  const lane = { element, events, figures };
  lanes.set(id, lane);
  find('lanes').append(element);
  if (lanes.size > lanesMax) {
    const [oldest, gone] = lanes.entries().next().value;
    gone.element.remove();
    lanes.delete(oldest);
  }
  return lane;
};

const stateOf = ({ answered, deferred }) => {
  if (!answered && !deferred) return 'unanswered';
  return deferred ? 'deferred' : 'answered';
};

const operationName = ({ kind, name }) => (kind === 'command' ? `/${name}` : (String(name).split('~')[1] ?? kind));

/** Takes in an interaction of the stream. */
export const interactionHappened = (event) => {
  if (event.kind === 'autocomplete' || !isShown()) return;
  const id = event.guild ?? 'direct';
  const { events } = laneOf(id);
  const who = memberOf({ guild: event.guild }, event.user)?.name ?? 'somebody';
  const state = stateOf(event);
  const item = make(
    'li',
    { className: state, title: `${timeText(now(), 'T')} · ${who} · ${state}` },
    make('strong', { textContent: who }),
    make('span', { textContent: operationName(event) }),
    make('em', { textContent: state === 'unanswered' ? 'no answer' : `${event.latencyMs.toFixed(1)} ms` }),
    state === 'deferred' && make('small', { textContent: 'deferred' }),
  );
  events.append(item);
  while (events.childElementCount > shownMax) events.firstElementChild.remove();
  events.scrollLeft = events.scrollWidth;
  if (event.guild) readSoon(event.guild);
};

/** Shows or hides the strip. */
export const toggleStrip = () => {
  const strip = find('strip');
  strip.hidden = !strip.hidden;
  find('inside').ariaPressed = String(!strip.hidden);
  localStorage.setItem('guildhall-strip', String(!strip.hidden));
  if (isShown()) refreshStrip();
};

/** Reads the figures of the servers that are looked at. */
export const refreshStrip = () => {
  if (!isShown()) return;
  for (const { place } of allPanes()) {
    laneOf(place.guild);
    readSoon(place.guild);
  }
};

/** Shows the strip where it was shown last time. */
export const mountStrip = () => {
  find('strip').prepend(make('h2', {}, icon('inside'), 'The inside, as it happens'));
  if (localStorage.getItem('guildhall-strip') === 'true') toggleStrip();
};
