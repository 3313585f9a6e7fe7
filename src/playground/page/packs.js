// Which pack a command belongs to. Discord knows nothing of packs, so the bot's own help is asked, as a member would.
import { glance } from './api.js';

/** @type {Map<string, string>} The pack's title by the command's first word. */
let titles = new Map();

const namesIn = (text) => Array.from(text.matchAll(/`\/([\w-]+)`/g), ([, name]) => name);

/** Asks the bot for its packs. A bot without such a help, or away, leaves everything in one group. */
export const readPacks = async ({ guild, member }) => {
  try {
    const fields = (await glance(guild, member, 'help'))?.embeds[0]?.fields ?? [];
    titles = new Map(fields.flatMap(({ name, value }) => namesIn(value).map((command) => [command, name])));
  } catch {
    titles = new Map();
  }
};

/** The title of the group under which a command is offered. */
export const packOf = (path) => titles.get(path.split(' ')[0]) ?? 'Commands';

/** The titles in the order in which they are offered: what every bot has comes after what this one is for. */
export const packOrder = () => {
  const [everywhere, ...others] = new Set(titles.values());
  return [...others, everywhere, 'Commands'];
};
