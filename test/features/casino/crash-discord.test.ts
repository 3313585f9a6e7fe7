// A crash round as people on Discord see it: the real discord.js client, the whole bot, and the clock moved by hand.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from '../../end-to-end/guildhall.ts';

type Message = NonNullable<Answered['message']>;

let hall: Guildhall;
let guild: string;
let people: readonly string[];
let channel: string;
beforeAll(async () => {
  hall = await Guildhall.start(await freshFolder());
  const [here] = (await hall.state()).guilds;
  guild = here?.id ?? '';
  people = (here?.members ?? []).filter(({ bot }) => !bot).map(({ id }) => id);
  ({ id: channel } = await hall.post<{ id: string }>(`/sim/guilds/${guild}/channels`, { name: 'crash' }));
});
afterAll(() => hall.killAll());

const person = (place: number): string => people[place] ?? '';
const advance = async (advanceMs: number): Promise<void> => {
  await hall.post('/sim/clock', { advanceMs });
  await hall.post('/sim/settle', {});
};
/** Lets time go by in steps in which the bot is never away. */
const pass = async (ms: number): Promise<void> => {
  for (let left = ms; left > 0; left -= 1_000) await advance(Math.min(left, 1_000));
};
const posted = async (): Promise<Message | undefined> => {
  const messages = await hall.request<readonly Message[]>('GET', `/sim/guilds/${guild}/channels/${channel}/messages`);
  // What members are told alone stands among them; the card has the hash and no words beside it.
  return messages.findLast(({ content, embeds }) => content === '' && JSON.stringify(embeds).includes('SHA-256'));
};
const told = async (): Promise<string> => JSON.stringify((await posted())?.embeds);
const press = async (who: string, label: string): Promise<Answered> => {
  const message = await posted();
  const found = message?.components.flatMap(({ components }) => components).find((one) => one.label === label);
  expect(found?.custom_id, label).toBeDefined();
  return hall.post(`/sim/guilds/${guild}/components`, {
    user: who,
    message: message?.id,
    customId: found?.custom_id,
  });
};
const wallet = async (who: string): Promise<number> => (await hall.balance(guild, who)).wallet;

/** A round from its bets to its end; says whether it rose long enough for somebody to cash out of it. */
const play = async (): Promise<boolean> => {
  expect(await told()).toContain('Bets are open');
  for (const place of [0, 1]) {
    const joined = await press(person(place), 'Bet 10');
    expect(joined.ephemeral).toBe(true);
    expect(JSON.stringify(joined.message)).toContain('You are in with **10**');
  }
  await pass(3_000);
  expect(await told()).toContain('2 bets');
  await pass(15_000);
  const risen = await told();
  let isLong = false;
  if (risen.includes('and rising')) {
    await pass(2_000);
    isLong = (await told()).includes('and rising');
    // Nobody pressed anything meanwhile.
    expect(await told()).not.toBe(risen);
    if (isLong) {
      const out = await press(person(0), 'Cash out');
      expect(out.ephemeral).toBe(true);
      expect(JSON.stringify(out.message)).toContain('You cashed out at');
    }
  }
  for (let second = 0; second < 70 && !(await told()).includes('Server seed'); second += 1) await advance(1_000);
  return isLong;
};

test('members on one curve: the card lives by itself, and each is told alone what became of theirs', async () => {
  const asked = { user: person(0), command: 'casino crash', options: { bet: '10' }, channel };
  const opened = await hall.post<Answered>(`/sim/guilds/${guild}/commands`, asked);
  expect(JSON.stringify(opened.message)).toContain('Nothing has been bet yet');
  await hall.post('/sim/settle', {});
  await wallet(person(1));
  for (let round = 0; !(await play()); round += 1) {
    expect(round, 'one curve in two rises for so long').toBeLessThan(9);
    expect(await told()).toContain('Crashed at');
    // Another round opens in the channel, with the seed that was committed to.
    const nextHash = /next server seed","value":"`(\w+)`/.exec(await told())?.[1] ?? '';
    await press(person(1), 'Another round');
    await hall.post('/sim/settle', {});
    expect(await told()).toContain(nextHash);
  }
  expect(await told()).toMatch(/10 → \*\*1\d\*\* at 1\./);
  expect((await hall.state()).refusals).toEqual([]);
});
