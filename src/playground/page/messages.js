// One message, as the member sees it.
import { act } from './actions.js';
import { showComponent, showLink } from './components.js';
import { make } from './elements.js';
import { showTime, showWords, timeText } from './words.js';
import { direct, mentionText, place } from './world.js';

const loadingFlag = 1 << 7;

/** A picture that lies here is shown; one from elsewhere is only named, as nothing is loaded from elsewhere. */
const showPicture = (address, text) => {
  const { pathname } = URL.parse(address) ?? {};
  return pathname?.startsWith('/attachments/') ? make('img', { src: pathname, alt: text }) : showLink(address, text);
};

const colorOf = (color) => `#${color.toString(16).padStart(6, '0')}`;

const showField = ({ name, value, inline }) =>
  make(
    'div',
    { className: inline ? 'inline' : 'block' },
    make('dt', {}, showWords(name) ?? ''),
    make('dd', {}, showWords(value) ?? ''),
  );

const showFooter = ({ footer, timestamp }) =>
  (footer || timestamp) &&
  make(
    'small',
    {},
    [footer?.text, timestamp && timeText(new Date(timestamp).getTime(), 'f')].filter(Boolean).join(' · '),
  );

const showTitle = ({ title, url }) => title && make('h4', {}, url ? showLink(url, title) : (showWords(title) ?? ''));

const attachmentOf = ({ attachments }, address) =>
  attachments.find(({ filename }) => address === `attachment://${filename}`);

/** A picture of an embed, which may be a file of its message. */
const showEmbedPicture = (message, picture, text) =>
  picture && showPicture(attachmentOf(message, picture.url)?.url ?? picture.url, picture.description ?? text);

const isInEmbed = ({ embeds }, { filename }) =>
  embeds.some(({ image, thumbnail }) => [image?.url, thumbnail?.url].includes(`attachment://${filename}`));

const showEmbed = (message, embed) => {
  const element = make(
    'section',
    { className: 'embed' },
    embed.author && make('small', { textContent: embed.author.name }),
    showTitle(embed),
    showWords(embed.description),
    embed.fields?.length > 0 && make('dl', {}, ...embed.fields.map(showField)),
    showEmbedPicture(message, embed.thumbnail, 'thumbnail'),
    showEmbedPicture(message, embed.image, 'picture'),
    showFooter(embed) || undefined,
  );
  if (embed.color) element.style.borderLeftColor = colorOf(embed.color);
  return element;
};

const showAttachment = ({ url, filename, content_type: type }) =>
  type?.startsWith('image/') || /\.(png|jpe?g|gif|webp)$/i.test(filename)
    ? showPicture(url, filename)
    : make('a', { href: URL.parse(url)?.pathname ?? '', textContent: filename, download: filename });

const showReaction = (message, { emoji, users }) => {
  const remove = users.includes(place.member);
  const button = make('button', {
    type: 'button',
    textContent: `${emoji} ${users.length}`,
    ariaPressed: String(remove),
    disabled: place.channel === direct,
  });
  button.addEventListener('click', () =>
    act('reactions', { channel: place.channel, message: message.id, emoji, remove }),
  );
  return button;
};

const usedCommand = ({ interaction }) =>
  interaction?.name &&
  make('div', { className: 'used', textContent: `${mentionText('@', interaction.userId)} used /${interaction.name}` });

const showHead = ({ author, createdAt, editedAt, ephemeral }) =>
  make(
    'h3',
    {},
    make('span', { textContent: author.name }),
    author.bot && make('span', { className: 'tag', textContent: 'bot' }),
    showTime(createdAt, 't'),
    editedAt && make('small', { textContent: '(edited)' }),
    ephemeral && make('span', { className: 'only-you', textContent: 'Only you can see this' }),
  );

/** A message as an element. */
export const showMessage = (message) => {
  const isLoading = (message.flags & loadingFlag) !== 0;
  const article = make(
    'article',
    { className: message.ephemeral ? 'private' : '' },
    usedCommand(message) || undefined,
    showHead(message),
    isLoading ? make('p', { className: 'thinking', textContent: `${message.author.name} is thinking…` }) : undefined,
    showWords(message.content),
    ...message.embeds.map((embed) => showEmbed(message, embed)),
    ...message.attachments.filter((attachment) => !isInEmbed(message, attachment)).map(showAttachment),
    ...message.components.map((component) => showComponent(message, component)),
    message.reactions.length > 0 &&
      make('div', { className: 'row' }, ...message.reactions.map((reaction) => showReaction(message, reaction))),
  );
  article.dataset.message = message.id;
  return article;
};
