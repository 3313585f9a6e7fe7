// 200 people pay at once, and the sum of everybody's coins is counted before and after.
import { ask } from './api.js';
import { find, make } from './elements.js';
import { notice } from './notice.js';
import { go } from './stage.js';
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

const row = (label, value) => make('div', {}, make('dt', { textContent: label }), make('dd', { textContent: value }));
const count = (number) => number.toLocaleString('en');

/** Does it in a server of its own and shows what came of it under the button. */
export const payTogether = async () => {
  const result = find('crowd-result');
  result.replaceChildren();
  notice(`${payers} people are getting ready…`, 'busy');
  const { guild, people } = await crowd();
  const [receiver, ...others] = people;
  const before = await balancesOf(guild, people);
  notice(`${payers} people pay at once…`, 'busy');
  const { answers, elapsedMs } = await ask('POST', `/guilds/${guild}/together`, {
    actions: others.map((user) => ({ user, command: 'pay', options: { member: receiver, amount } })),
    waitMs,
  });
  const after = await balancesOf(guild, people);
  const answered = answers.filter((answer) => answer.answered).length;
  const isSame = sum(before) === sum(after);
  result.replaceChildren(
    row('Payments answered', `${answered} of ${others.length} in ${Math.round(elapsedMs)} ms`),
    row('Receiver', `${count(before[0])} → ${count(after[0])} coins`),
    row('Everybody together, before', `${count(sum(before))} coins`),
    row('Everybody together, after', `${count(sum(after))} coins`),
  );
  result.dataset.same = String(isSame);
  notice(isSame ? 'Not one coin was lost or made.' : 'The sums differ!', isSame ? 'done' : 'error');
};
