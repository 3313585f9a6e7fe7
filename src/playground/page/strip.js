// The inside as it happens: a lane for each server's actor and one for the market's. What the bot tells of an interaction
// and what the local Discord saw of it are two events; an entry is made of both.
import { glance } from './api.js';
import { find, icon, make } from './elements.js';
import { createLane } from './lane.js';
import { allPanes } from './stage.js';
import { addReply, entryOf, entryWithout, parts } from './work.js';
import { guilds, memberOf } from './world.js';

const lanesMax = 6;
const settleMs = 250;
/** What was answered and no actor told of by then did not reach one. */
const patienceMs = 5_000;
const direct = 'direct';
const market = 'market';
const told = new Set(['Journal position', 'Durable position']);

/** @type {Map<string, ReturnType<typeof createLane>>} By the server's id; the market and direct messages have one too. */
const lanes = new Map();
/** @type {Map<string, any>} Interactions the local Discord told of and no actor yet. */
const waiting = new Map();
/** @type {Map<string, any>} Entries whose answer has not been told of yet. */
const unanswered = new Map();
const timers = new Map();
const readout = make('p', { className: 'readout', ariaHidden: 'true' });
const legend = make('p', { className: 'legend' });
const missed = make('p', { className: 'hint' });
let used = 0;
let skipped = 0;

const isShown = () => !find('strip').hidden;

const say = (text) => {
  readout.textContent = text;
  legend.hidden = text !== '';
  readout.hidden = text === '';
};

const titleOf = (id) => {
  if (id === direct) return 'Direct messages';
  if (id === market) return 'The market';
  return guilds().find((each) => each.id === id)?.name ?? 'A server that is gone';
};

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

/** The figures come after the last of several operations, not after each. */
const readSoon = (id) => {
  clearTimeout(timers.get(id));
  if (!isShown()) return;
  timers.set(
    id,
    setTimeout(() => void readFigures(id), settleMs),
  );
};

const dropIdlest = () => {
  const shown = new Set(allPanes().map(({ place }) => place.guild));
  const [idlest] = [...lanes]
    .filter(([id]) => !shown.has(id) && id !== market)
    .sort(([, one], [, other]) => one.usedAt - other.usedAt);
  if (!idlest) return;
  idlest[1].element.remove();
  lanes.delete(idlest[0]);
};

const laneOf = (id) => {
  const present = lanes.get(id);
  if (present) return present;
  if (lanes.size >= lanesMax) dropIdlest();
  const lane = createLane(say);
  lane.setTitle(titleOf(id));
  lanes.set(id, lane);
  arrange();
  if (isShown()) lane.show();
  return lane;
};

/** The lanes of what is looked at first, the market's last: it goes on by itself. Moves no more than it must. */
const arrange = () => {
  const looked = new Set(allPanes().map(({ place }) => place.guild));
  const rankOf = (id) => (looked.has(id) ? 0 : id === market ? 2 : 1);
  const sorted = [...lanes].sort(([one], [other]) => rankOf(one) - rankOf(other));
  for (const [at, [, { element }]] of sorted.entries()) {
    const present = find('lanes').children[at];
    if (present !== element) find('lanes').insertBefore(element, present ?? null);
  }
};

const add = (id, entry) => {
  const lane = laneOf(id);
  used += 1;
  lane.usedAt = used;
  lane.add(entry);
  if (id !== direct && id !== market) readSoon(id);
};

/** Takes in what the local Discord saw of an interaction. */
export const interactionHappened = (event) => {
  if (event.kind === 'autocomplete') return;
  const entry = unanswered.get(event.interaction);
  if (entry) {
    unanswered.delete(event.interaction);
    addReply(entry, event);
    laneOf(entry.guild).changed(entry);
    return;
  }
  waiting.set(event.interaction, event);
  setTimeout(
    () => {
      if (!waiting.delete(event.interaction)) return;
      const who = memberOf({ guild: event.guild }, event.user)?.name ?? 'somebody';
      add(event.guild ?? direct, entryWithout(event, who));
    },
    event.answered ? patienceMs : 0,
  );
};

/** Takes in what the bot's actors did. */
export const insideHappened = ({ works, skipped: more }) => {
  for (const work of works) {
    const entry = entryOf(work);
    const event = waiting.get(work.interaction);
    if (event) {
      waiting.delete(work.interaction);
      addReply(entry, event);
    } else if (work.interaction !== undefined) {
      unanswered.set(work.interaction, entry);
      setTimeout(() => unanswered.delete(work.interaction), 60_000);
    }
    add(work.realm === market ? market : work.guild, entry);
  }
  skipped += more;
  missed.textContent = skipped > 0 ? `${skipped} more were too many to tell.` : '';
};

/** What a server's actor did, as far as it is kept, in the order in which it ran. */
export const worksOf = (guild) => (lanes.get(guild)?.entries() ?? []).toReversed();

/** The servers that have a lane. */
export const lanesNow = () => [...lanes.keys()];

const show = (visible) => {
  find('strip').hidden = !visible;
  find('inside').ariaPressed = String(visible);
  localStorage.setItem('guildhall-strip', String(visible));
  if (visible) refreshStrip();
  else for (const lane of lanes.values()) lane.hide();
};

/** Shows the strip, at a server's lane. */
export const showStrip = (guild) => {
  show(true);
  laneOf(guild);
  find('strip').scrollTop = 0;
};

/** Shows or hides the strip. */
export const toggleStrip = () => show(!isShown());

/** Draws the lanes of the servers and reads their figures anew. */
export const refreshStrip = () => {
  if (!isShown()) return;
  const places = allPanes().map(({ place }) => place.guild);
  const shown = new Set([...places, ...guilds().map((guild) => guild.id)]);
  for (const id of [...shown].slice(0, lanesMax - 1)) {
    laneOf(id);
    readSoon(id);
  }
  laneOf(market);
  arrange();
  for (const [id, lane] of lanes) {
    lane.setTitle(titleOf(id));
    lane.show();
  }
};

/** Shows the strip where it was shown last time. */
export const mountStrip = () => {
  legend.append(
    ...parts.map(([part, text]) => make('span', { className: 'key' }, make('i', { className: `part ${part}` }), text)),
    make('span', { className: 'key', textContent: 'Δ rows changed' }),
  );
  find('strip').prepend(
    make(
      'div',
      { className: 'strip-head' },
      make('h2', {}, icon('inside'), 'The inside, as it happens'),
      legend,
      readout,
      missed,
    ),
  );
  say('');
  if (localStorage.getItem('guildhall-strip') === 'true') show(true);
};
