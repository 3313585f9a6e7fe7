// Where the person is and who they are. Each tab remembers its own.
import { showCommands } from './command-form.js';
import { fill, find } from './elements.js';
import { readChannel } from './log.js';
import { safely } from './notice.js';
import { channelEntries, direct, guildHere, guilds, peopleEntries, place } from './world.js';

const memory = 'guildhall-place';

const read = () => Object.assign(place, Object.fromEntries(Object.keys(place).map((id) => [id, find(id).value])));

/** Offers servers, channels and members as they now are, and shows the channel from the place chosen. */
export const showPlaces = async () => {
  fill(
    find('guild'),
    guilds().map(({ id, name, unavailable }) => [id, unavailable ? `${name} (outage)` : name]),
    place.guild,
  );
  place.guild = find('guild').value;
  fill(find('channel'), [...channelEntries(), [direct, 'Direct messages']], place.channel);
  fill(find('member'), peopleEntries(), place.member);
  await arrive();
};

const arrive = async () => {
  read();
  sessionStorage.setItem(memory, JSON.stringify(place));
  const [where, who] = ['channel', 'member'].map((id) => find(id).selectedOptions[0]?.textContent ?? '');
  document.title = `${who} · ${where} · ${guildHere().name}`;
  find('message-label').textContent = `Message ${where === 'Direct messages' ? 'to the bot' : where} as ${who}`;
  showCommands();
  await readChannel();
};

/** Takes up the place this tab was at, and follows the choices. */
export const mountPlaces = () => {
  const remembered = JSON.parse(sessionStorage.getItem(memory) ?? '{}');
  Object.assign(place, remembered);
  find('guild').addEventListener(
    'change',
    safely(() => {
      place.guild = find('guild').value;
      return showPlaces();
    }),
  );
  find('channel').addEventListener('change', safely(arrive));
  find('member').addEventListener('change', safely(arrive));
};
