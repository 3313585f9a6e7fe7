// One message, as the member sees it.
import { act } from './actions.js';
import { showComponent } from './components.js';
import { avatar, icon, make, makeButton } from './elements.js';
import { isShownInside, showAttachment, showPicture } from './pictures.js';
import { showLink, showTime, showWords, timeText } from './words.js';
import { direct, memberOf, mentionText } from './world.js';

const loadingFlag = 1 << 7;
const together = 7 * 60_000;

const colorOf = (color) => `#${color.toString(16).padStart(6, '0')}`;

const showField = (place, { name, value, inline }) =>
  make(
    'div',
    { className: inline ? 'inline' : 'block' },
    make('dt', {}, showWords(name, place) ?? ''),
    make('dd', {}, showWords(value, place) ?? ''),
  );

const showFooter = ({ footer, timestamp }) =>
  (footer || timestamp) &&
  make(
    'small',
    {},
    [footer?.text, timestamp && timeText(new Date(timestamp).getTime(), 'f')].filter(Boolean).join(' • '),
  );

const showEmbed = ({ place }, message, embed) => {
  const { title, url, author, description, fields, thumbnail, image, color } = embed;
  const element = make(
    'div',
    { className: `embed${thumbnail ? ' with-thumbnail' : ''}` },
    author && make('small', { className: 'author', textContent: author.name }),
    title && make('h4', {}, url ? showLink(url, title) : (showWords(title, place) ?? '')),
    showWords(description, place),
    fields?.length > 0 && make('dl', {}, ...fields.map((field) => showField(place, field))),
    thumbnail && make('div', { className: 'thumbnail' }, showPicture(message, thumbnail, 'thumbnail')),
    image && showPicture(message, image, image.description ?? title ?? 'picture'),
    showFooter(embed) || undefined,
  );
  if (color) element.style.borderLeftColor = colorOf(color);
  return element;
};

const showReaction = (pane, message, { emoji, users }) => {
  const { place } = pane;
  const remove = users.includes(place.member);
  const names = users.map((id) => memberOf(place, id)?.name ?? 'somebody').join(', ');
  return makeButton(
    {
      className: 'reaction',
      textContent: `${emoji} ${users.length}`,
      title: names,
      ariaPressed: String(remove),
      disabled: place.channel === direct,
    },
    () => act(pane, 'reactions', { channel: place.channel, message: message.id, emoji, remove }),
  );
};

const quickEmoji = ['👍', '❤️', '😂', '🎉'];

/** What one can do with a message when the pointer or the focus is on it. */
const showTools = (pane, message) =>
  make(
    'div',
    { className: 'tools' },
    ...quickEmoji.map((emoji) =>
      makeButton({ textContent: emoji, ariaLabel: `React with ${emoji}` }, () =>
        act(pane, 'reactions', { channel: pane.place.channel, message: message.id, emoji }),
      ),
    ),
    makeButton({ textContent: '↩', ariaLabel: 'Reply' }, () => pane.reply(message)),
  );

/** The line over a message that says what it answers: a command or another message. */
const showOrigin = (pane, { interaction, replyTo }) => {
  const { place } = pane;
  if (interaction?.name) {
    const name = memberOf(place, interaction.userId)?.name ?? mentionText(place, '@', interaction.userId).slice(1);
    return make(
      'div',
      { className: 'origin' },
      avatar({ id: interaction.userId, name }),
      make('strong', { textContent: name }),
      ' used ',
      make('span', { className: 'command-name', textContent: `/${interaction.name}` }),
    );
  }
  if (!replyTo) return undefined;
  const original = pane.log.message(replyTo);
  if (!original) return make('div', { className: 'origin', textContent: 'Original message was deleted' });
  const text =
    original.content || original.embeds[0]?.title || original.embeds[0]?.description || 'Click to see attachment';
  return make(
    'div',
    { className: 'origin' },
    avatar(original.author),
    make('strong', { textContent: original.author.name }),
    make('span', { className: 'cut', textContent: ` ${text.replace(/\s+/g, ' ').slice(0, 100)}` }),
  );
};

const clockTime = (atMs) => {
  const element = showTime(atMs, 't');
  element.className = 'at';
  return element;
};

const showHead = ({ author, createdAt }) =>
  make(
    'h3',
    {},
    make('span', { className: 'who', textContent: author.name }),
    author.bot && make('span', { className: 'tag', textContent: 'APP' }),
    clockTime(createdAt),
  );

const showThinking = ({ author }) =>
  make(
    'p',
    { className: 'thinking' },
    make('span', { className: 'dots', ariaHidden: 'true' }, make('i'), make('i'), make('i')),
    `${author.name} is thinking…`,
  );

const showPrivate = (pane, message) =>
  make(
    'p',
    { className: 'only-you' },
    icon('eye'),
    'Only you can see this • ',
    makeButton({ className: 'as-link', textContent: 'Dismiss message' }, () => pane.log.dismiss(message.id)),
  );

const isStandingAlone = (message, previous) =>
  !previous ||
  previous.author.id !== message.author.id ||
  previous.ephemeral !== message.ephemeral ||
  Boolean(message.interaction?.name) ||
  Boolean(message.replyTo) ||
  message.createdAt - previous.createdAt > together;

const mentionsViewer = ({ place }, { content, mentions = [], author }) =>
  author.id !== place.member && (mentions.includes(place.member) || /@(everyone|here)\b/.test(content));

/** A message as an element; `previous` is what stands over it, under whose head it may go. */
export const showMessage = (pane, message, previous) => {
  const { place } = pane;
  const isAlone = isStandingAlone(message, previous);
  const isLoading = (message.flags & loadingFlag) !== 0;
  const words = showWords(message.content, place);
  if (message.editedAt && words)
    words.lastElementChild?.append(make('small', { className: 'edited', textContent: ' (edited)' }));
  const article = make(
    'article',
    {
      className: [
        isAlone && 'alone',
        message.ephemeral && 'private',
        mentionsViewer(pane, message) && 'mentions-me',
        !message.ephemeral && place.channel !== direct && 'has-tools',
      ]
        .filter(Boolean)
        .join(' '),
      ariaLabel: `${message.author.name}, ${timeText(message.createdAt, 't')}`,
    },
    isAlone && showOrigin(pane, message),
    isAlone ? avatar(message.author) : clockTime(message.createdAt),
    make(
      'div',
      { className: 'body' },
      isAlone && showHead(message),
      isLoading && showThinking(message),
      words,
      ...message.embeds.map((embed) => showEmbed(pane, message, embed)),
      ...message.attachments
        .filter((attachment) => !isShownInside(message, attachment))
        .map((attachment) => showAttachment(message, attachment)),
      ...message.components.map((component) => showComponent(pane, message, component)),
      message.reactions.length > 0 &&
        make(
          'div',
          { className: 'row' },
          ...message.reactions.map((reaction) => showReaction(pane, message, reaction)),
        ),
      message.ephemeral && showPrivate(pane, message),
    ),
    !message.ephemeral && place.channel !== direct && showTools(pane, message),
  );
  return article;
};
