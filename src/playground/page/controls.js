// Troubling the bot and moving the clock.
import { ask } from './api.js';
import { find } from './elements.js';
import { notice, safely } from './notice.js';
import { refreshTimes, timeText } from './words.js';
import { isReady, now, readWorld } from './world.js';

const tickMs = 1_000;

const showControls = () => {
  find('bot-state').textContent = isReady() ? 'the bot is ready' : 'the bot is away';
  find('bot-state').className = isReady() ? 'ready' : 'away';
};

/** Looks anew whether the bot runs and what time it is. */
export const readControls = async () => {
  await readWorld();
  showControls();
};

const showClock = () => {
  find('clock').textContent = `${timeText(now(), 'D')}, ${timeText(now(), 'T')}`;
  refreshTimes();
};

const deeds = {
  kill: { actions: ['kill'], doing: 'Killing the bot…', done: 'The bot was killed.' },
  start: { actions: ['start'], doing: 'Starting the bot…', done: 'The bot runs.' },
  restart: { actions: ['stop', 'start'], doing: 'Restarting the bot…', done: 'The bot was restarted.' },
};

const trouble = async ({ actions, doing, done }) => {
  notice(doing, 'busy');
  try {
    for (const action of actions) await ask('POST', '/bot', { action });
    notice(done);
  } finally {
    await readControls();
  }
};

const advance = async (button) => {
  await ask('POST', '/clock', { advanceMs: Number(button.dataset.advanceMs) });
  await readWorld();
  showClock();
  notice(`It is ${button.textContent.slice(1)} later.`);
};

/** Makes the buttons work and the clock go. */
export const mountControls = () => {
  for (const button of document.querySelectorAll('[data-bot]')) {
    button.addEventListener(
      'click',
      safely(() => trouble(deeds[button.dataset.bot])),
    );
  }
  for (const button of document.querySelectorAll('[data-advance-ms]')) {
    button.addEventListener(
      'click',
      safely(() => advance(button)),
    );
  }
  setInterval(showClock, tickMs);
};
