// Pictures and files of messages. What lies here is shown; what lies elsewhere is only named, as nothing is loaded from there.
import { make } from './elements.js';
import { showLink } from './words.js';

const attachmentOf = ({ attachments }, address) =>
  attachments.find(({ filename }) => address === `attachment://${filename}`);

const pathOf = (address) => {
  const { pathname } = URL.parse(address) ?? {};
  return pathname?.startsWith('/attachments/') ? pathname : undefined;
};

/** A picture of a message, which may be one of its files. */
export const showPicture = (message, { url }, text) => {
  const address = attachmentOf(message, url)?.url ?? url;
  const path = pathOf(address);
  return path ? make('img', { src: path, alt: text }) : showLink(address, text);
};

/** A file of a message, to be taken home. */
export const showFile = (message, { url }) => {
  const file = attachmentOf(message, url) ?? { url, filename: url.split('/').at(-1) };
  return make('a', {
    className: 'file',
    href: pathOf(file.url) ?? '',
    textContent: `📄 ${file.filename}`,
    download: file.filename,
  });
};

/** An attachment: a picture when it is one. */
export const showAttachment = (message, { url, filename, content_type: type }) =>
  type?.startsWith('image/') || /\.(png|jpe?g|gif|webp)$/i.test(filename)
    ? showPicture(message, { url }, filename)
    : showFile(message, { url });

const addressesIn = (components) =>
  components.flatMap(({ media, file, items = [], components: inner = [], accessory }) => [
    media?.url,
    file?.url,
    ...items.map((item) => item.media.url),
    ...addressesIn([...inner, ...(accessory ? [accessory] : [])]),
  ]);

/** Whether an attachment is shown by an embed or a component of its message, and so not by itself. */
export const isShownInside = ({ embeds, components }, { filename }) =>
  [...embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]), ...addressesIn(components)].includes(
    `attachment://${filename}`,
  );
