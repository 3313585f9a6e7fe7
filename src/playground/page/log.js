// The messages of a pane's channel, kept as they change. Only a window of them is drawn: thousands stay smooth.
import { ask } from './api.js';
import { find, make, makeButton } from './elements.js';
import { showMessage } from './messages.js';
import { notice } from './notice.js';
import { timeText } from './words.js';
import { channelOf, direct, theBot } from './world.js';

const keptMax = 10_000;
const pageMax = 100;
const windowMax = 120;
const stepMax = 40;
const nearPixels = 400;
const endPixels = 80;

const dayOf = ({ createdAt }) => timeText(createdAt, 'D');
const comparable = (id) => id.padStart(20, '0');

/** The log of a pane. */
export const createLog = (pane) => {
  const element = make('div', {
    className: 'log',
    role: 'log',
    ariaLabel: 'Messages',
    tabIndex: 0,
  });
  const jump = makeButton({ className: 'jump', hidden: true, textContent: 'New messages below ↓' }, () => followEnd());
  let messages = [];
  let first = 0;
  let drawn = 0;
  let following = true;
  let loading = 0;
  let waiting = [];
  let shownRoute = '';
  /** Everything up to the beginning of the channel has been read. */
  let isWhole = false;
  let isReadingOlder = false;
  let lastSize = '';
  const dismissed = new Set();

  const entryOf = (id) => element.querySelector(`[data-message="${CSS.escape(id)}"]`);
  const isAtEnd = () =>
    first + drawn >= messages.length && element.scrollHeight - element.scrollTop - element.clientHeight < endPixels;

  const welcome = () => {
    const name = pane.place.channel === direct ? theBot().name : `#${channelOf(pane.place)?.name ?? ''}`;
    return make(
      'div',
      { className: 'welcome' },
      make('h2', { textContent: pane.place.channel === direct ? name : `Welcome to ${name}!` }),
      make('p', {
        textContent:
          pane.place.channel === direct
            ? `This is the beginning of your direct messages with ${name}.`
            : `This is the start of the ${name} channel. Type / to see what the bot can do.`,
      }),
    );
  };
  const draw = (index) => {
    const message = messages[index];
    const previous = messages[index - 1];
    const isNewDay = !previous || dayOf(previous) !== dayOf(message);
    const article = showMessage(pane, message, isNewDay ? undefined : previous);
    const entry = make(
      'div',
      { className: 'entry' },
      isNewDay && make('div', { className: 'day' }, make('span', { textContent: dayOf(message) })),
      article,
    );
    entry.dataset.message = message.id;
    return entry;
  };
  const range = (from, to) => Array.from({ length: Math.max(to - from, 0) }, (_, at) => draw(from + at));
  const showWelcome = () => {
    element.querySelector('.welcome')?.remove();
    if (first === 0 && isWhole) element.prepend(welcome());
  };
  const redraw = (from) => {
    first = Math.max(0, Math.min(from, messages.length - 1));
    drawn = Math.min(windowMax, messages.length - first);
    element.replaceChildren(...range(first, first + drawn));
    showWelcome();
  };
  const toEnd = () => {
    element.scrollTop = element.scrollHeight;
  };
  const followEnd = () => {
    following = true;
    jump.hidden = true;
    if (first + drawn < messages.length) redraw(messages.length - windowMax);
    toEnd();
  };
  const entries = () => element.querySelectorAll('.entry');

  /** Moves the window without moving what is looked at. */
  const shift = (change) => {
    const before = [...entries()].find((entry) => entry.offsetTop + entry.offsetHeight > element.scrollTop);
    const offset = before ? before.offsetTop - element.scrollTop : 0;
    change();
    if (before?.isConnected) element.scrollTop = before.offsetTop - offset;
  };
  const older = () =>
    shift(() => {
      const from = Math.max(0, first - stepMax);
      const added = range(from, first);
      (entries()[0] ?? element).before(...added);
      first = from;
      drawn += added.length;
      for (const entry of [...entries()].slice(windowMax)) entry.remove();
      drawn = Math.min(drawn, windowMax);
      showWelcome();
    });
  /** Reads the page before the oldest message that is known. */
  const readOlder = async () => {
    if (isReadingOlder || isWhole || messages.length === 0) return;
    isReadingOlder = true;
    const route = shownRoute;
    try {
      const [oldest] = messages;
      const read = await ask('GET', `${route}&before=${oldest.id}&limit=${pageMax}`);
      // Somebody has gone elsewhere meanwhile, or the channel was read anew.
      if (route !== shownRoute || oldest !== messages[0]) return;
      const known = read.filter(({ id }) => comparable(id) < comparable(oldest.id) && !dismissed.has(id));
      const isFull = messages.length >= keptMax;
      isWhole = known.length === 0 || (!isFull && read.length < pageMax);
      if (isFull && !isWhole) return;
      messages = [...known, ...messages].slice(-keptMax);
      first += known.length;
      // The message that was the first may no longer begin a day, nor stand alone.
      shift(() => redrawOne(first));
      if (known.length > 0) older();
      else showWelcome();
    } catch (error) {
      notice(error.message, 'error');
    } finally {
      isReadingOlder = false;
    }
  };
  const newer = () =>
    shift(() => {
      const added = range(first + drawn, Math.min(first + drawn + stepMax, messages.length));
      element.append(...added);
      drawn += added.length;
      trimTop();
    });
  const trimTop = () => {
    const surplus = drawn - windowMax;
    if (surplus <= 0) return;
    for (const entry of [...entries()].slice(0, surplus)) entry.remove();
    first += surplus;
    drawn -= surplus;
    showWelcome();
  };

  element.addEventListener('scroll', () => {
    // Where the room or what fills it has changed, the browser may have moved it: nobody has left the end by that.
    const size = `${element.clientHeight} ${element.scrollHeight}`;
    if (following && size !== lastSize) toEnd();
    else following = isAtEnd();
    lastSize = size;
    if (following) jump.hidden = true;
    if (element.scrollTop < nearPixels && first > 0) older();
    else if (element.scrollTop < nearPixels && !isWhole) void readOlder();
    else if (
      element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels &&
      first + drawn < messages.length
    ) {
      newer();
    }
  });
  const keep = () => following && toEnd();
  new ResizeObserver(keep).observe(element);
  // Pictures take their room when they have come; `load` does not bubble.
  element.addEventListener('load', keep, true);

  /** Draws a message anew without losing the focus that is in it. */
  const redrawOne = (index) => {
    const entry = messages[index] && entryOf(messages[index].id);
    if (!entry) return;
    const focused = entry.contains(document.activeElement) ? document.activeElement.id : '';
    entry.replaceWith(draw(index));
    if (focused) find(focused)?.focus();
  };
  const put = (message) => {
    if (dismissed.has(message.id)) return;
    const index = messages.findLastIndex(({ id }) => id === message.id);
    if (index !== -1) {
      messages[index] = message;
      return redrawOne(index);
    }
    const isDrawn = first + drawn >= messages.length;
    messages.push(message);
    if (isDrawn && (following || drawn < windowMax)) {
      element.append(draw(messages.length - 1));
      drawn += 1;
      if (following) trimTop();
    }
    if (messages.length > keptMax) {
      messages.shift();
      isWhole = false;
      if (first > 0) first -= 1;
      else redraw(0);
    }
    if (!following) jump.hidden = false;
  };
  const remove = (id) => {
    const index = messages.findLastIndex((message) => message.id === id);
    if (index === -1) return;
    const entry = entryOf(id);
    messages.splice(index, 1);
    if (index < first) first -= 1;
    if (!entry) return;
    entry.remove();
    drawn -= 1;
    redrawOne(index);
  };
  const isHere = ({ guild, channel, viewer, direct: recipient }) => {
    const { place } = pane;
    return recipient === undefined
      ? guild === place.guild && channel === place.channel && (viewer ?? place.member) === place.member
      : place.channel === direct && recipient === place.member;
  };
  const routeHere = () => {
    const { guild, channel, member } = pane.place;
    if (channel === '') return '';
    return channel === direct
      ? `/users/${member}/messages?`
      : `/guilds/${guild}/channels/${channel}/messages?user=${member}`;
  };
  const reacted = ({ type, message: id, user, emoji }) => {
    const index = messages.findLastIndex((message) => message.id === id);
    if (index === -1) return;
    const before = messages[index].reactions;
    const others = (before.find((each) => each.emoji === emoji)?.users ?? []).filter((each) => each !== user);
    const users = type === 'reaction.add' ? [...others, user] : others;
    const reactions = before.some((each) => each.emoji === emoji)
      ? before.map((each) => (each.emoji === emoji ? { emoji, users } : each))
      : [...before, { emoji, users }];
    messages[index] = { ...messages[index], reactions: reactions.filter((each) => each.users.length > 0) };
    redrawOne(index);
    keep();
  };
  const happened = (event) => {
    if (loading > 0) waiting.push(event);
    else if (event.type.startsWith('reaction.')) reacted(event);
    else if (isHere(event)) {
      if (event.type === 'message.delete') remove(event.message.id);
      else put(event.message);
      if (following) toEnd();
    }
  };

  return {
    element,
    jump,
    /** The message of this id, as far as it is known. */
    message: (id) => messages.find((each) => each.id === id),
    /** Shows the newest message, and each that comes after it. */
    followEnd,
    /** Takes in a message or reaction event of the stream. What comes while the channel is being read waits for it. */
    happened,
    /** Takes a private message away from the eyes of whoever does not want it any more. */
    dismiss: (id) => {
      dismissed.add(id);
      remove(id);
    },
    /** Reads the channel the person is in. The one that was shown stays where it is; another is shown from its end. */
    read: async () => {
      loading += 1;
      const route = routeHere();
      try {
        const read = route === '' ? [] : await ask('GET', `${route}&limit=${pageMax}`);
        if (route !== routeHere()) return;
        const known = read.filter(({ id }) => !dismissed.has(id));
        const isSame = route === shownRoute;
        const oldest = known[0] && comparable(known[0].id);
        // What the page has seen before stays, unless so much was missed that there would be a gap.
        const joins = isSame && oldest && messages.some(({ id }) => comparable(id) >= oldest);
        const seen = joins ? messages.filter(({ id }) => comparable(id) < oldest) : [];
        if (!joins) isWhole = read.length < pageMax;
        messages = [...seen, ...known].slice(-keptMax);
        shownRoute = route;
        if (isSame && !following) return redraw(first);
        redraw(messages.length - windowMax);
        followEnd();
      } finally {
        loading -= 1;
        if (loading === 0) for (const event of waiting.splice(0)) happened(event);
      }
    },
  };
};
