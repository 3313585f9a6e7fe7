// The panes: one, or two side by side. What is chosen at the sides is chosen for the one that is worked in.
import { find } from './elements.js';
import { createPane } from './pane.js';
import { guildOf, guilds, peopleOf } from './world.js';

const memory = 'guildhall-places';
const panes = [];
let current;
const listeners = new Set();

/** Calls `listener` whenever the pane that is worked in, or its place, has changed. */
export const onMove = (listener) => listeners.add(listener);

/** The pane that is worked in. */
export const activePane = () => current;

/** All panes. */
export const allPanes = () => panes;

const moved = () => {
  const isSplit = panes.length > 1;
  find('panes').classList.toggle('split', isSplit);
  find('split').ariaPressed = String(isSplit);
  for (const pane of panes) pane.element.classList.toggle('active', isSplit && pane === current);
  sessionStorage.setItem(memory, JSON.stringify(panes.map(({ place }) => place)));
  document.title = `${guildOf(current.place).name} · Guildhall playground`;
  for (const listener of listeners) listener(current);
};

const activate = (pane) => {
  if (pane === current) return;
  current = pane;
  moved();
};

/** A place that exists: what is gone is replaced by the first there is. */
const standing = (place) => {
  const guild = guilds().find(({ id }) => id === place.guild) ?? guilds()[0];
  const { channels = [] } = guild ?? {};
  const people = guild ? peopleOf({ guild: guild.id }) : [];
  return {
    guild: guild?.id ?? '',
    channel:
      place.channel === 'direct' || channels.some(({ id }) => id === place.channel)
        ? place.channel
        : (channels[0]?.id ?? ''),
    member: people.some(({ id }) => id === place.member) ? place.member : (people[0]?.id ?? ''),
  };
};

const open = async (place) => {
  const pane = createPane({ guild: '', channel: '', member: '' }, activate);
  panes.push(pane);
  current ??= pane;
  find('panes').append(pane.element);
  await pane.go(standing(place));
  return pane;
};

/** Opens the places this tab was at, or the first there is. */
export const openStage = async () => {
  const places = JSON.parse(sessionStorage.getItem(memory) ?? '[{}]');
  for (const place of places) await open(place);
  [current] = panes;
  moved();
};

/** Moves the active pane: `{guild?, channel?, member?}`. */
export const go = async (change) => {
  await current.go(standing({ ...current.place, ...change }));
  moved();
};

/** Shows everything as it now is; with `read`, also reads again what may have been missed. */
export const refreshPanes = async ({ read }) => {
  for (const pane of panes) {
    const place = standing(pane.place);
    const isOther = Object.entries(place).some(([key, value]) => pane.place[key] !== value);
    if (read || isOther) await pane.go(place);
    else pane.show();
  }
  moved();
};

/** Splits the view, with the next person in the second pane, or makes it one again. */
export const toggleSplit = async () => {
  if (panes.length > 1) {
    const [other] = panes.splice(
      panes.findIndex((pane) => pane !== current),
      1,
    );
    other.element.remove();
    return moved();
  }
  const { place } = current;
  const next = peopleOf(place).find(({ id }) => id !== place.member);
  current = await open({ ...place, member: next?.id ?? place.member });
  return moved();
};
