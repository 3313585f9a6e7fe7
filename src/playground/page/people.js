// The right side: who is here. One click becomes another person.
import { avatar, find, make, makeButton } from './elements.js';
import { safely } from './notice.js';
import { activePane, allPanes, go } from './stage.js';
import { guildOf } from './world.js';

const shownMax = 150;
const administrator = 8n;

const groupOf = (guild, { id, bot, permissions }) => {
  if (bot) return 'Bots';
  if (id === guild.ownerId) return 'Owner';
  return (BigInt(permissions) & administrator) === 0n ? 'Members' : 'Administrators';
};

const personButton = (member, isMe, isOther) => {
  const button = makeButton(
    { className: `person${isMe ? ' here' : ''}`, title: `Become ${member.name}`, ariaPressed: String(isMe) },
    safely(async () => {
      document.body.classList.remove('right-open');
      await go({ member: member.id });
    }),
    avatar(member),
    make('span', { textContent: member.name }),
    isMe && make('small', { textContent: 'you' }),
    isOther && make('small', { textContent: 'beside you' }),
  );
  return button;
};

const botRow = (member) =>
  make(
    'span',
    { className: 'person' },
    avatar(member),
    make('span', { textContent: member.name }),
    make('span', { className: 'tag', textContent: 'APP' }),
  );

/** Shows the members of the active pane's server, as many as fit what is typed in the filter. */
export const showPeople = () => {
  const { place } = activePane();
  const guild = guildOf(place);
  const typed = find('person-filter').value.trim().toLowerCase();
  find('person-filter').hidden = guild.members.length < 20;
  const others = new Set(allPanes().flatMap((pane) => (pane.place.guild === place.guild ? [pane.place.member] : [])));
  const found = guild.members.filter(({ name }) => name.toLowerCase().includes(typed));
  const groups = Map.groupBy(found.slice(0, shownMax), (member) => groupOf(guild, member));
  find('person-list').replaceChildren(
    ...['Owner', 'Administrators', 'Members', 'Bots'].flatMap((name) =>
      groups.has(name)
        ? [
            make('h3', { textContent: `${name} — ${groups.get(name).length}` }),
            make(
              'ul',
              {},
              ...groups.get(name).map((member) => {
                const isMe = member.id === place.member;
                return make(
                  'li',
                  {},
                  member.bot ? botRow(member) : personButton(member, isMe, !isMe && others.has(member.id)),
                );
              }),
            ),
          ]
        : [],
    ),
    ...(found.length > shownMax
      ? [make('p', { className: 'hint', textContent: `… and ${found.length - shownMax} more: type a name above` })]
      : []),
  );
};

/** Makes the filter work. */
export const mountPeople = () => find('person-filter').addEventListener('input', showPeople);
