// The left side: servers and their channels.
import { avatar, find, icon, initials, make, makeButton } from './elements.js';
import { safely } from './notice.js';
import { activePane, allPanes, go } from './stage.js';
import { direct, guildOf, guilds, memberOf, theBot } from './world.js';

const unread = new Set();

const isOpen = (channel) => allPanes().some(({ place }) => place.channel === channel);

const guildButton = (guild, place) => {
  const isHere = guild.id === place.guild;
  const button = makeButton(
    {
      className: `server${isHere ? ' here' : ''}${guild.channels.some(({ id }) => unread.has(id)) ? ' unread' : ''}`,
      ariaLabel: guild.unavailable ? `${guild.name}, unavailable` : guild.name,
      title: guild.name,
      textContent: guild.unavailable ? '!' : initials(guild.name),
    },
    safely(() => go({ guild: guild.id })),
  );
  if (isHere) button.setAttribute('aria-current', 'true');
  return make('li', {}, button);
};

const channelButton = ({ id, name }, place, sign) => {
  const isHere = id === place.channel;
  const button = makeButton(
    { className: `channel${isHere ? ' here' : ''}${unread.has(id) ? ' unread' : ''}` },
    safely(() => {
      document.body.classList.remove('left-open');
      return go({ channel: id });
    }),
    sign,
    make('span', { textContent: name }),
  );
  if (isHere) button.setAttribute('aria-current', 'page');
  return make('li', {}, button);
};

/** Shows servers, channels and who one is, as they are for the active pane. */
export const showPlaces = () => {
  const { place } = activePane();
  for (const pane of allPanes()) unread.delete(pane.place.channel);
  const guild = guildOf(place);
  find('server-list').replaceChildren(...guilds().map((each) => guildButton(each, place)));
  find('server-name').textContent = guild.name;
  find('channel-list').replaceChildren(...guild.channels.map((channel) => channelButton(channel, place, icon('hash'))));
  find('direct-list').replaceChildren(channelButton({ id: direct, name: theBot().name }, place, avatar(theBot())));
  const member = memberOf(place);
  find('me').replaceChildren(
    ...(member
      ? [
          avatar(member),
          make('span', {}, make('strong', { textContent: member.name }), make('small', { textContent: 'Online' })),
        ]
      : []),
  );
};

/** Marks a channel in which something was said that nobody looks at. */
export const saidElsewhere = ({ type, channel, viewer, direct: recipient }) => {
  if (type !== 'message.create' || viewer !== undefined || recipient !== undefined) return;
  if (isOpen(channel) || unread.has(channel)) return;
  unread.add(channel);
  showPlaces();
};
