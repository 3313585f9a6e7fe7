// A race as people on Discord see it: the real discord.js client, the whole bot, and the clock moved by hand.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from '../../end-to-end/guildhall.ts';

type Message = NonNullable<Answered['message']>;

let hall: Guildhall;
let guild: string;
let owner: string;
beforeAll(async () => {
  hall = await Guildhall.start(await freshFolder());
  const [here] = (await hall.state()).guilds;
  guild = here?.id ?? '';
  owner = here?.ownerId ?? '';
});
afterAll(() => hall.killAll());

const controlOf = (message: Message | undefined, index = 0): string =>
  message?.components[index]?.components[0]?.custom_id ?? '';
const textOf = (message: Message | undefined): string => JSON.stringify(message?.embeds);

/** Picks the first rat on a card, and bets. */
const bet = async (message: Message | undefined, amount: string): Promise<Answered> => {
  const press = { user: owner, message: message?.id, customId: controlOf(message), values: ['0'] };
  const { modal } = await hall.post<Answered>(`/sim/guilds/${guild}/components`, press);
  expect(modal?.custom_id).toBeDefined();
  return hall.post(`/sim/guilds/${guild}/modals`, { user: owner, customId: modal?.custom_id, fields: { amount } });
};
const advance = async (advanceMs: number): Promise<void> => {
  await hall.post('/sim/clock', { advanceMs });
  await hall.post('/sim/settle', {});
};
/** Nothing was sent that Discord refuses. */
const refusals = async (): Promise<number> => (await hall.state()).refusals.length;

const messagesIn = (channel: string): Promise<readonly Message[]> =>
  hall.request('GET', `/sim/guilds/${guild}/channels/${channel}/messages`);

test('where it was asked for: the message there changes with the bet and by the turn, with nobody pressing', async () => {
  const { id: channel } = await hall.post<{ id: string }>(`/sim/guilds/${guild}/channels`, { name: 'corner' });
  const asked = { user: owner, command: 'ratrace', options: {}, channel };
  const opened = await hall.post<Answered>(`/sim/guilds/${guild}/commands`, asked);
  expect(opened.message?.content).toContain(channel);
  await hall.post('/sim/settle', {});
  const posted = async (): Promise<Message | undefined> =>
    (await messagesIn(channel)).find(({ embeds }) => embeds.length > 0);
  const lobby = await posted();
  expect(textOf(lobby)).toContain('Bets are open.');
  await bet(lobby, '50');
  expect(await hall.balance(guild, owner)).toEqual({ wallet: 50, bank: 0 });
  // The card is edited once in two seconds, however many bet.
  await advance(2_000);
  expect(textOf(await posted())).toContain('50 on rat 1');
  await advance(29_000);
  expect(textOf(await posted())).toContain('The race is on');
  await advance(300_000);
  expect(textOf(await posted())).toContain('The race is over.');
  expect(await refusals()).toBe(0);
});

test('one lobby is open in each channel', async () => {
  const { id: channel } = await hall.post<{ id: string }>(`/sim/guilds/${guild}/channels`, { name: 'other-corner' });
  const openIn = async (where: string | undefined): Promise<string> => {
    const asked = { user: owner, command: 'ratrace', options: {}, channel: where };
    await hall.post<Answered>(`/sim/guilds/${guild}/commands`, asked);
    // Who asks again is shown the race that is open.
    const { message } = await hall.post<Answered>(`/sim/guilds/${guild}/commands`, asked);
    return controlOf(message, 1);
  };
  const [here, there] = [await openIn(undefined), await openIn(channel)];
  expect(here).not.toBe('');
  expect(there).not.toBe(here);
  expect(await openIn(undefined)).toBe(here);
  await advance(400_000);
  expect(await refusals()).toBe(0);
});

test('in a channel of its own: the message there changes with the bet and by the turn, with nobody pressing', async () => {
  const { id: channel } = await hall.post<{ id: string }>(`/sim/guilds/${guild}/channels`, { name: 'races' });
  await hall.command(guild, owner, 'settings set', { key: 'ratrace.channel', value: channel });
  const messages = (): Promise<readonly Message[]> => messagesIn(channel);
  const opened = await hall.command(guild, owner, 'ratrace');
  expect(opened.ephemeral || opened.message?.content.includes(channel)).toBe(true);
  await hall.post('/sim/settle', {});
  const [posted] = await messages();
  expect(textOf(posted)).toContain('Bets are open.');
  await bet(posted, '10');
  await advance(2_000);
  expect(textOf((await messages())[0])).toContain('10 on rat 1');
  await advance(29_000);
  expect(textOf((await messages())[0])).toContain('The race is on');
  await advance(6_000);
  expect(textOf((await messages())[0])).toMatch(/turn [23]\b/);
  await advance(300_000);
  expect(textOf((await messages())[0])).toContain('The race is over.');
  // The race, and what who bet was told alone.
  expect(await messages()).toHaveLength(2);
  expect(await refusals()).toBe(0);
});
