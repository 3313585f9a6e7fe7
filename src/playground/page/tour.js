// The first minute, in five steps. Each goes on by itself when it is done; all of it can be skipped.
import { find, make, makeButton } from './elements.js';
import { activePane } from './stage.js';
import { memberOf } from './world.js';

const memory = 'guildhall-tour';

const steps = [
  {
    title: 'Claim your first coins',
    text: 'You are Avery. Type / below, choose /daily and press Enter.',
    help: ['Type /daily for me', () => activePane().composer.open('daily')],
    done: ({ interaction }) => interaction?.name === 'daily' && interaction.answered,
  },
  {
    title: 'Pay somebody',
    text: 'Type /pay, pick Blake, and an amount. The bot suggests some while you type.',
    help: ['Type /pay for me', () => activePane().composer.open('pay')],
    done: ({ interaction }) => interaction?.name === 'pay' && interaction.answered,
  },
  {
    title: 'Become Blake',
    text: 'Click Blake among the people on the right: you see what Blake sees. Your private answers are gone.',
    help: ['Show the people', () => showRight('people')],
    done: ({ place }) => place !== undefined && memberOf(place)?.name !== 'Avery',
  },
  {
    title: 'Kill the bot',
    text: 'Under Controls, kill the bot and start it again. Buttons still work, and every coin is there.',
    help: ['Show the controls', () => showRight('controls')],
    done: ({ bot, seenAway }) => bot === true && seenAway,
  },
  {
    title: '200 people pay at once',
    text: 'Under Controls, press “200 people pay at once” and compare the sums. The inside opens below: a bar for each of them.',
    help: ['Show the controls', () => showRight('controls')],
    done: ({ crowd }) => crowd === true,
  },
];

let at = steps.length;
let seenAway = false;
let showRight = () => undefined;

const show = () => {
  const box = find('tour');
  box.hidden = at >= steps.length;
  if (box.hidden) return;
  const { title, text, help } = steps[at];
  box.replaceChildren(
    make('p', { className: 'step', textContent: `Step ${at + 1} of ${steps.length}` }),
    make('h2', { textContent: title }),
    make('p', { textContent: text }),
    make(
      'div',
      { className: 'row' },
      makeButton({ className: 'component primary', textContent: help[0] }, help[1]),
      makeButton({ className: 'component secondary', textContent: at + 1 < steps.length ? 'Next' : 'Finish' }, next),
      makeButton({ className: 'as-link', textContent: 'Skip the tour' }, endTour),
    ),
  );
};

const next = () => {
  at += 1;
  if (at >= steps.length) localStorage.setItem(memory, 'done');
  show();
};

const endTour = () => {
  at = steps.length;
  localStorage.setItem(memory, 'done');
  show();
};

/** Tells the tour what happened: `{interaction}`, `{place}`, `{bot}` (whether it is ready) or `{crowd: true}`. */
export const tourSaw = (event) => {
  if (event.bot === false) seenAway = true;
  if (at < steps.length && steps[at].done({ ...event, seenAway })) next();
};

/** Starts the tour from its first step. */
export const startTour = () => {
  at = 0;
  seenAway = false;
  show();
};

/** Starts the tour for whoever has not seen it. `open(name)` shows the people or the controls. */
export const mountTour = (open) => {
  showRight = open;
  if (localStorage.getItem(memory) !== 'done') startTour();
};
