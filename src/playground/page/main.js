// The page: people in channels on the local Discord. It asks /sim and nobody else.
import { mountControls, showBotState, showLeavers } from './controls.js';
import { find, icon } from './elements.js';
import { follow } from './events.js';
import { notice, safely } from './notice.js';
import { readPacks } from './packs.js';
import { mountPeople, showPeople } from './people.js';
import { saidElsewhere, showPlaces } from './places.js';
import { activePane, allPanes, onMove, openStage, refreshPanes, toggleSplit } from './stage.js';
import { insideHappened, interactionHappened, mountStrip, refreshStrip, toggleStrip } from './strip.js';
import { mountTour, startTour, tourSaw } from './tour.js';
import { isReady, loseBot, readWorld } from './world.js';

const theme = 'guildhall-theme';
let isOpen = false;
let isLost = false;
let wasReady = false;

/** Shows the people or the controls on the right side. */
const showRight = (name) => {
  for (const each of ['people', 'controls']) {
    find(each).hidden = each !== name;
    find(`${each}-tab`).ariaSelected = String(each === name);
    find(`${each}-tab`).tabIndex = each === name ? 0 : -1;
  }
};

/** The same, and brings the side in where it is out of sight. */
const openRight = (name) => {
  showRight(name);
  document.body.classList.add('right-open');
};
const closeSides = () => document.body.classList.remove('left-open', 'right-open');

const showTheme = (name) => {
  document.documentElement.dataset.theme = name;
  find('theme').ariaPressed = String(name === 'light');
  localStorage.setItem(theme, name);
};

const refreshWorld = async () => {
  await readWorld();
  showBotState();
  if (isReady() !== wasReady) {
    wasReady = isReady();
    tourSaw({ bot: wasReady });
    if (wasReady && isOpen) await readPacks(activePane().place);
    refreshStrip();
  }
};

const connected = async () => {
  if (isLost) notice('Connected again.');
  isLost = false;
  await refreshWorld();
  if (isOpen) return refreshPanes({ read: true });
  await openStage();
  isOpen = true;
  if (wasReady) await readPacks(activePane().place);
  mountTour(openRight);
  mountStrip();
};

let refreshing;
/** Several changes at once are read once. */
const worldChanged = () => {
  refreshing ??= setTimeout(
    safely(async () => {
      refreshing = undefined;
      await refreshWorld();
      if (isOpen) await refreshPanes({ read: false });
    }),
    50,
  );
};

const toggle = (className) => document.body.classList.toggle(className);

for (const button of document.querySelectorAll('[data-icon]')) button.prepend(icon(button.dataset.icon));
showTheme(localStorage.getItem(theme) ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
mountPeople();
mountControls();
onMove(({ place }) => {
  showPlaces();
  showPeople();
  showLeavers();
  refreshStrip();
  tourSaw({ place });
});
new MutationObserver(() => find('crowd-result').childElementCount > 0 && tourSaw({ crowd: true })).observe(
  find('crowd-result'),
  {
    childList: true,
  },
);
find('theme').addEventListener('click', () =>
  showTheme(document.documentElement.dataset.theme === 'light' ? 'dark' : 'light'),
);
find('split').addEventListener('click', safely(toggleSplit));
find('inside').addEventListener('click', toggleStrip);
find('tour-start').addEventListener('click', startTour);
find('menu').addEventListener('click', () => toggle('left-open'));
find('side').addEventListener('click', () => toggle('right-open'));
find('people-tab').addEventListener('click', () => showRight('people'));
find('controls-tab').addEventListener('click', () => showRight('controls'));
find('new-server').addEventListener('click', () => {
  closeSides();
  openRight('controls');
  find('server-name-field').focus();
});
for (const tab of ['people-tab', 'controls-tab']) {
  find(tab).addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const other = tab === 'people-tab' ? 'controls' : 'people';
    showRight(other);
    find(`${other}-tab`).focus();
  });
}
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeSides();
});
find('panes').addEventListener('pointerdown', closeSides);
follow({
  connected: safely(connected),
  lost: () => {
    isLost = true;
    loseBot();
    showBotState();
    notice('The connection to the local Discord is lost; trying again…', 'error');
  },
  message: (event) => {
    if (!isOpen) return;
    for (const pane of allPanes()) pane.log.happened(event);
    saidElsewhere(event);
  },
  reaction: (event) => {
    for (const pane of allPanes()) pane.log.happened(event);
  },
  interaction: (event) => {
    if (!isOpen) return;
    interactionHappened(event);
    tourSaw({ interaction: event });
  },
  inside: (event) => isOpen && insideHappened(event),
  world: worldChanged,
});
