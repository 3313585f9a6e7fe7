import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EndedEarly, freshFolder, Guildhall, type State } from './guildhall.ts';

const dayMs = 86_400_000;

let folder: string;
let hall: Guildhall;
let state: State;
let here: State['guilds'][number];
let there: State['guilds'][number];
let people: readonly string[];

beforeAll(async () => {
  folder = await freshFolder();
  hall = await Guildhall.start(folder);
  state = await hall.state();
  [here, there] = state.guilds as [typeof here, typeof there];
  people = here.members.filter(({ bot }) => !bot).map(({ id }) => id);
});
afterAll(async () => {
  await hall.killAll();
});

const person = (index: number): string => people[index] as string;
const addMember = async (guild: string): Promise<string> => {
  const { id } = await hall.post<{ id: string }>(`/sim/guilds/${guild}/members`, { name: 'Newcomer' });
  return id;
};
const text = (answer: { message?: { content: string; embeds: readonly unknown[] } }): string =>
  JSON.stringify([answer.message?.content, answer.message?.embeds]);

describe('two servers with the same members', () => {
  test('have wallets of their own', async () => {
    expect(await hall.balance(here.id, person(0))).toEqual({ wallet: 100, bank: 0 });
    expect(await hall.balance(there.id, person(0))).toEqual({ wallet: 100, bank: 0 });
    await hall.command(here.id, person(0), 'pay', { member: person(1), amount: 30 });
    await hall.command(here.id, person(0), 'bank deposit', { amount: 'half' });
    expect(await hall.balance(here.id, person(0))).toEqual({ wallet: 35, bank: 35 });
    expect(await hall.balance(there.id, person(0))).toEqual({ wallet: 100, bank: 0 });
    expect(await hall.balance(there.id, person(1))).toEqual({ wallet: 100, bank: 0 });
  });
});

describe('money cannot be raced', () => {
  test('of 200 /pay at once from a wallet that covers one, exactly one succeeds (fault 10)', async () => {
    const payer = await addMember(here.id);
    const receiver = await addMember(here.id);
    await hall.balance(here.id, payer);
    await hall.balance(here.id, receiver);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => hall.command(here.id, payer, 'pay', { member: receiver, amount: 100 })),
    );
    expect(answers.every(({ answered }) => answered)).toBe(true);
    expect(answers.filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
    expect(await hall.balance(here.id, payer)).toEqual({ wallet: 0, bank: 0 });
    expect(await hall.balance(here.id, receiver)).toEqual({ wallet: 200, bank: 0 });
  });

  test('the same interaction delivered again pays once (fault 20)', async () => {
    const payer = await addMember(here.id);
    const { interactionId } = await hall.command(here.id, payer, 'pay', { member: person(1), amount: 10 });
    await hall.post('/sim/redeliver', { interactionId });
    await hall.post('/sim/settle', {});
    expect(await hall.balance(here.id, payer)).toEqual({ wallet: 90, bank: 0 });
  });

  test.each(['-5', '1e3', '٣', `1${'0'.repeat(400)}`, '0x10', 'Infinity', '5abc', ' ', '1.5'])(
    'the amount %j is refused and nothing moves',
    async (amount) => {
      const before = [await hall.balance(here.id, person(2)), await hall.balance(here.id, person(1))];
      const answer = await hall.command(here.id, person(2), 'pay', { member: person(1), amount });
      expect(answer).toMatchObject({ answered: true, ephemeral: true });
      expect(text(answer)).toContain('Please type an amount');
      expect([await hall.balance(here.id, person(2)), await hall.balance(here.id, person(1))]).toEqual(before);
    },
  );

  test('faults 2 and 12: nobody pays themselves or a bot', async () => {
    const bot = here.members.find((member) => member.bot)?.id;
    const before = await hall.balance(here.id, person(2));
    for (const [member, words] of [
      [person(2), 'You cannot pay yourself'],
      [bot, 'Bots have no use for coins'],
    ]) {
      const answer = await hall.command(here.id, person(2), 'pay', { member, amount: 1 });
      expect(answer).toMatchObject({ ephemeral: true, message: { content: expect.stringContaining(words ?? '') } });
    }
    expect(await hall.balance(here.id, person(2))).toEqual(before);
  });
});

describe('what a member finds', () => {
  test('/daily once a day, and again on the next', async () => {
    const claimant = await addMember(here.id);
    const claimed = async (): Promise<number> => {
      await hall.command(here.id, claimant, 'daily');
      return (await hall.balance(here.id, claimant)).wallet;
    };
    expect(await claimed()).toBe(250);
    expect(await claimed()).toBe(250);
    await hall.post('/sim/clock', { advanceMs: 86_400_000 });
    expect(await claimed()).toBe(400);
  });

  test('/help, /leaderboard, /settings and /debug actor answer', async () => {
    const owner = here.ownerId;
    expect(text(await hall.command(here.id, person(1), 'help'))).toContain('pay');
    expect(text(await hall.command(here.id, person(1), 'leaderboard'))).toContain(`<@${person(1)}>`);
    expect(text(await hall.command(here.id, owner, 'settings view'))).toContain('daily.amount');
    await hall.command(here.id, owner, 'settings set', { key: 'daily.amount', value: '200' });
    expect(text(await hall.command(here.id, owner, 'settings view', { key: 'daily.amount' }))).toContain('200');
    expect(text(await hall.command(there.id, owner, 'settings view', { key: 'daily.amount' }))).toContain('150');
    const debug = text(await hall.command(here.id, owner, 'debug actor'));
    for (const figure of ['Mailbox depth', 'Rows in memory', 'Journal position', 'Snapshot position', 'Last errors']) {
      expect(debug).toContain(figure);
    }
  });

  test('/debug timers, outbox and market answer, to administrators in private', async () => {
    const owner = here.ownerId;
    for (const [command, figure] of [
      ['debug timers', 'core.run-job'],
      ['debug outbox', 'Under way'],
      ['debug market', 'market.quotes'],
    ] as const) {
      const answer = await hall.command(here.id, owner, command);
      expect(text(answer)).toContain(figure);
      expect(answer.ephemeral).toBe(true);
    }
    const released = await hall.command(here.id, owner, 'debug timers', { release: true });
    expect(text(released)).toContain('Only the owners of this bot');
  });

  test('what is due falls when its time comes, and so it does while the bot is down', async () => {
    const quotes = async (): Promise<number> => {
      const market = text(await hall.command(here.id, here.ownerId, 'debug market'));
      return Number(/market\.quotes: version (\d+)/.exec(market)?.[1]);
    };
    const before = await quotes();
    await hall.post('/sim/clock', { advanceMs: 3_600_000 });
    await hall.post('/sim/settle', {});
    const after = await quotes();
    expect(after).toBeGreaterThan(before);
    await hall.post('/sim/bot', { action: 'kill' });
    await hall.post('/sim/clock', { advanceMs: 3_600_000 });
    await hall.post('/sim/bot', { action: 'start' });
    await hall.post('/sim/settle', {});
    expect(await quotes()).toBeGreaterThan(after);
  });

  test('a job posts in its channel at its time, once a day, also on a day on which the bot was killed', async () => {
    const { id: channel } = await hall.post<{ id: string }>(`/sim/guilds/${here.id}/channels`, { name: 'market' });
    const posts = (): Promise<readonly { readonly attachments: readonly unknown[] }[]> =>
      hall.request('GET', `/sim/guilds/${here.id}/channels/${channel}/messages`);
    await hall.command(here.id, here.ownerId, 'settings set', { key: 'market.feed', value: `<#${channel}>` });
    const toSixMs = async (): Promise<number> => {
      const { clock } = await hall.state();
      return dayMs - ((clock - 18 * 3_600_000) % dayMs);
    };
    await hall.post('/sim/clock', { advanceMs: (await toSixMs()) - 60_000 });
    await hall.post('/sim/settle', {});
    expect(await posts()).toEqual([]);
    await hall.post('/sim/clock', { advanceMs: 120_000 });
    await hall.post('/sim/settle', {});
    expect(await posts()).toHaveLength(1);
    expect((await posts())[0]?.attachments).toHaveLength(1);
    await hall.post('/sim/bot', { action: 'kill' });
    await hall.post('/sim/clock', { advanceMs: (await toSixMs()) + 60_000 });
    await hall.post('/sim/bot', { action: 'start' });
    await hall.post('/sim/settle', {});
    expect(await posts()).toHaveLength(2);
    await hall.post('/sim/settle', {});
    expect(await posts()).toHaveLength(2);
  });

  test('whoever leaves is forgotten when the grace is over', async () => {
    const gone = await addMember(here.id);
    await hall.balance(here.id, gone);
    await hall.request('DELETE', `/sim/guilds/${here.id}/members/${gone}`);
    await hall.post('/sim/settle', {});
    const timers = async (): Promise<string> => text(await hall.command(here.id, here.ownerId, 'debug timers'));
    expect(await timers()).toMatch(new RegExp(`core\\.erase-member\\W+${gone}`));
    await hall.post('/sim/clock', { advanceMs: 72 * 3_600_000 + 1_000 });
    await hall.post('/sim/settle', {});
    expect(await timers()).not.toContain(gone);
  });

  test('a button opens a form, the form moves coins, also after the bot was killed and restarted (fault 26)', async () => {
    const saver = await addMember(here.id);
    const card = await hall.command(here.id, saver, 'bank open');
    const button = card.message?.components
      .flatMap((row) => row.components)
      .find(({ label }) => label?.startsWith('Deposit'));
    await hall.post('/sim/bot', { action: 'kill' });
    await hall.post('/sim/bot', { action: 'start' });
    const press = { user: saver, message: card.message?.id, customId: button?.custom_id };
    const pressed = await hall.post<{ modal?: { custom_id: string } }>(`/sim/guilds/${here.id}/components`, press);
    const customId = pressed.modal?.custom_id;
    expect(customId).toBeDefined();
    await hall.post(`/sim/guilds/${here.id}/modals`, { user: saver, customId, fields: { amount: '40' } });
    expect(await hall.balance(here.id, saver)).toEqual({ wallet: 60, bank: 40 });
  });
});

describe('trouble', () => {
  test('fault 23: a second process on the same data folder is refused with one clear line', async () => {
    const error: unknown = await Guildhall.start(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EndedEarly);
    const { message, code } = error as EndedEarly;
    expect(message.trim().split('\n')).toHaveLength(1);
    expect(message).toContain('in use');
    expect(code).toBe(1);
  });

  test.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ GUILDHALL_OWNERS: 'me' }, 'GUILDHALL_OWNERS'],
  ])('a setting that cannot be used is one clear line: %j', async (environment, name) => {
    const error: unknown = await Guildhall.start(folder, environment).catch((reason: unknown) => reason);
    expect((error as EndedEarly).message.trim().split('\n')).toEqual([expect.stringContaining(name)]);
    expect((error as EndedEarly).code).toBe(1);
  });

  test('of all this Discord would have refused nothing but the second answer to a redelivered interaction', async () => {
    const { refusals } = await hall.state();
    expect(refusals.map(({ code }) => code)).toEqual([40060]);
  });
});
