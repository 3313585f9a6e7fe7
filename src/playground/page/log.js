// The messages of the channel, kept as they change.
import { ask } from './api.js';
import { find, make } from './elements.js';
import { showMessage } from './messages.js';
import { direct, place } from './world.js';

const shownMax = 200;
const nearEndPixels = 80;
let loading = 0;
let waiting = [];
let following = true;

const log = () => find('log');
const articleOf = (id) => log().querySelector(`[data-message="${CSS.escape(id)}"]`);
const isNearEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < nearEndPixels;

/** Shows the newest message, and each that comes after it. */
export const followEnd = () => {
  following = true;
  log().scrollTop = log().scrollHeight;
};

/** Whoever looks at the newest message still does when one comes, and when the fields below take more room. */
export const mountLog = () => {
  log().addEventListener('scroll', () => {
    following = isNearEnd();
  });
  const keep = () => following && followEnd();
  new ResizeObserver(keep).observe(log());
  // Pictures take their room when they have come; `load` does not bubble.
  log().addEventListener('load', keep, true);
};

/** Draws a message anew without losing the focus that is in it. */
const replace = (article, message) => {
  const focused = article.contains(document.activeElement) ? document.activeElement.id : '';
  article.replaceWith(showMessage(message));
  if (focused) find(focused)?.focus();
};

const put = (message) => {
  const present = articleOf(message.id);
  if (present) return replace(present, message);
  log().querySelector('.empty')?.remove();
  log().append(showMessage(message));
  if (log().childElementCount > shownMax) log().firstElementChild.remove();
};

const apply = ({ type, message }) => {
  if (type === 'message.delete') articleOf(message.id)?.remove();
  else put(message);
  if (following) followEnd();
};

const isHere = ({ guild, channel, viewer, direct: recipient }) =>
  recipient === undefined
    ? guild === place.guild && channel === place.channel && (viewer ?? place.member) === place.member
    : place.channel === direct && recipient === place.member;

/** Takes in a message event of the stream. What comes while the channel is being read waits for it. */
export const messageHappened = (event) => {
  if (loading > 0) waiting.push(event);
  else if (isHere(event)) apply(event);
};

const routeHere = () =>
  place.channel === direct
    ? `/users/${place.member}/messages`
    : `/guilds/${place.guild}/channels/${place.channel}/messages?user=${place.member}`;

const nothingYet = () => make('p', { className: 'empty', textContent: 'Nothing here yet. Run a command below.' });

/** Reads the channel the person is in and shows it from its end. */
export const readChannel = async () => {
  loading += 1;
  const route = routeHere();
  try {
    const messages = place.channel === '' ? [] : await ask('GET', route);
    if (route !== routeHere()) return;
    log().replaceChildren(...(messages.length > 0 ? messages.slice(-shownMax).map(showMessage) : [nothingYet()]));
    followEnd();
  } finally {
    loading -= 1;
    if (loading === 0) for (const event of waiting.splice(0)) messageHappened(event);
  }
};
