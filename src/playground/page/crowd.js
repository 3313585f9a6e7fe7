// 200 people pay at once, and the sum of everybody's coins is counted before and after.
import { ask } from './api.js';
import { find, make } from './elements.js';
import { notice } from './notice.js';
import { go } from './stage.js';
import { lanesNow, showStrip, worksOf } from './strip.js';
import { guilds, peopleOf, readWorld } from './world.js';

const name = 'Crowd';
const payers = 200;
const amount = 5;
const waitMs = 60_000;

const coinsIn = (message) => {
  const value = message?.embeds[0]?.fields?.find((field) => field.name === 'Total')?.value;
  if (value === undefined) throw new Error('The bot did not say what somebody has.');
  return Number(value.replace(/[^\d-]/g, ''));
};

const balancesOf = async (guild, people) => {
  const { answers } = await ask('POST', `/guilds/${guild}/together`, {
    actions: people.map((user) => ({ user, command: 'balance' })),
    kept: false,
    waitMs,
  });
  return answers.map(({ message }) => coinsIn(message));
};

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

const crowd = async () => {
  const present = guilds().find((guild) => guild.name === name);
  const guild = present ?? (await ask('POST', '/guilds', { name, members: payers + 1 }));
  await readWorld();
  await go({ guild: guild.id });
  return {
    guild: guild.id,
    people: peopleOf({ guild: guild.id })
      .map(({ id }) => id)
      .slice(0, payers + 1),
  };
};

/** How many of an actor's handlers ran while the one before was still running. */
const overlapsIn = (works) =>
  works.filter((work, index) => {
    const before = works[index - 1];
    return before !== undefined && work.at < before.at + before.spans.handler;
  }).length;

/** What the actors told of the time between `from` and `to`: of these payments, and of servers other than `guild`. */
const insideOf = (guild, answers, { from, to }) => {
  const ids = new Set(answers.map(({ interactionId }) => interactionId));
  return {
    payments: worksOf(guild).filter((work) => ids.has(work.interaction) && work.spans.handler !== undefined),
    elsewhere: lanesNow()
      .filter((id) => guilds().some((each) => each.id === id) && id !== guild)
      .flatMap(worksOf)
      .filter(({ at }) => at >= from && at <= to),
  };
};

const row = (label, value) => make('div', {}, make('dt', { textContent: label }), make('dd', { textContent: value }));
const count = (number) => number.toLocaleString('en');

const serialText = ({ payments }) => {
  const overlaps = overlapsIn(payments);
  const told = `${payments.length} handlers, `;
  return overlaps === 0 ? `${told}one after another: no two at once` : `${told}${overlaps} of them at the same time!`;
};

const elsewhereText = ({ elsewhere }) =>
  elsewhere.length === 0 ? 'untouched' : `${elsewhere.length} operations of their own`;

/** Does it in a server of its own, with the inside in view, and shows what came of it under the button. */
export const payTogether = async () => {
  const result = find('crowd-result');
  result.replaceChildren();
  notice(`${payers} people are getting ready…`, 'busy');
  const { guild, people } = await crowd();
  showStrip(guild);
  const [receiver, ...others] = people;
  const before = await balancesOf(guild, people);
  notice(`${payers} people pay at once…`, 'busy');
  const from = Date.now();
  const { answers, elapsedMs } = await ask('POST', `/guilds/${guild}/together`, {
    actions: others.map((user) => ({ user, command: 'pay', options: { member: receiver, amount } })),
    waitMs,
  });
  const to = Date.now();
  const after = await balancesOf(guild, people);
  const inside = insideOf(guild, answers, { from, to });
  const paid = (after[0] - before[0]) / amount;
  const isSame = sum(before) === sum(after);
  result.replaceChildren(
    row('Payments that succeeded', `${paid} of ${others.length} in ${Math.round(elapsedMs)} ms`),
    row('Receiver', `${count(before[0])} → ${count(after[0])} coins`),
    row('Everybody together, before', `${count(sum(before))} coins`),
    row('Everybody together, after', `${count(sum(after))} coins`),
    row('In the server’s actor', serialText(inside)),
    row('Other servers meanwhile', elsewhereText(inside)),
  );
  result.dataset.same = String(isSame);
  notice(isSame ? 'Not one coin was lost or made.' : 'The sums differ!', isSame ? 'done' : 'error');
};
