// What a real Discord does not give: on the page, and in the control API behind it.
import { once } from 'node:events';
import { request } from 'node:http';
import type { Browser, BrowserContext } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { openPage, type Player } from './player.ts';

interface Together {
  readonly answers: readonly Answered[];
  readonly elapsedMs: number;
}

describe('the control API of the page', () => {
  let hall: Guildhall;
  let guild: string;
  let people: readonly string[];

  beforeAll(async () => {
    hall = await Guildhall.start(await freshFolder());
    const [first] = (await hall.state()).guilds;
    guild = first?.id ?? '';
    people = first?.members.filter(({ bot }) => !bot).map(({ id }) => id) ?? [];
    return () => hall.killAll();
  });

  const statusOf = async (
    method: string,
    path: string,
    headers: Record<string, string>,
  ): Promise<number | undefined> => {
    const asking = request(`${hall.url}${path}`, { method, headers });
    asking.end();
    const [response] = await once(asking, 'response');
    response.resume();
    return response.statusCode;
  };

  test.each<[string, string, number]>([
    ['this page', '', 200],
    ['another page of this machine', 'http://localhost:3000', 403],
    ['a page elsewhere', 'https://evil.example', 403],
  ])('%s may change something or not', async (_who, origin, status) => {
    const headers = { origin: origin || hall.url };
    expect(await statusOf('DELETE', '/sim/faults', headers)).toBe(status);
  });

  test('a command that is not kept is answered, and leaves nothing in the channel', async () => {
    const [user = ''] = people;
    const { channels } =
      (await hall.request<{ guilds: { channels: { id: string }[] }[] }>('GET', '/sim/state')).guilds[0] ?? {};
    const messages = () =>
      hall.request<unknown[]>('GET', `/sim/guilds/${guild}/channels/${channels?.[0]?.id}/messages`);
    const before = (await messages()).length;
    const answer = await hall.post<Answered>(`/sim/guilds/${guild}/commands`, {
      user,
      command: 'balance',
      kept: false,
    });
    expect(answer.message?.embeds[0]?.title).toBe('Balance');
    expect((await messages()).length).toBe(before);
    await hall.post(`/sim/guilds/${guild}/commands`, { user, command: 'balance' });
    expect((await messages()).length).toBe(before + 1);
  });

  test('many act together, and each is answered in its place', async () => {
    const { answers } = await hall.post<Together>(`/sim/guilds/${guild}/together`, {
      actions: people.map((user) => ({ user, command: 'daily' })),
    });
    expect(answers.length).toBe(people.length);
    expect(answers.every(({ answered }) => answered)).toBe(true);
    await expect(
      hall.post(`/sim/guilds/${guild}/together`, { actions: [{ user: people[0], command: 'nothing-of-that-name' }] }),
    ).rejects.toThrow('unknown_command');
    await expect(hall.post(`/sim/guilds/${guild}/together`, { actions: [] })).rejects.toThrow('actions');
  });
});

describe.skipIf(noBrowser !== undefined)(`controls${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;
  let avery: Player;

  beforeAll(async () => {
    browser = await launchBrowser();
    hall = await Guildhall.start(await freshFolder());
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(15_000);
    avery = await openPage(context, hall.url);
    await avery.arrive();
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('a server is added and played in', async () => {
    await avery.openControls();
    await avery.page.getByLabel('Name of a new server').fill('Workshop');
    await avery.button('Add the server').click();
    await avery.page.locator('#server-name', { hasText: 'Workshop' }).waitFor();
    await avery.run('balance');
    await avery.answer('balance');
  });

  test('an administrator comes, is played, and leaves', async () => {
    await avery.page.getByLabel('Name of a new member').fill('Robin');
    await avery.page.getByText('Permissions', { exact: true }).click();
    await avery.page.getByLabel('Administrator', { exact: true }).check();
    await avery.button('Add the member').click();
    await avery.page.getByText('Robin is here.').waitFor();
    await avery.become('Robin');
    await avery.run('debug actor');
    await avery.answer('debug actor');
    await avery.openControls();
    await avery.page.getByLabel('Who leaves').selectOption('Robin');
    await avery.button('Let them leave').click();
    await avery.page.locator('#me', { hasText: 'Avery' }).waitFor();
  });

  test('an interaction that is lost is told as Discord tells it; one that comes twice pays once', async () => {
    await avery.button('Lose the next interaction').click();
    await avery.run('balance');
    await avery.page.getByText('The application did not respond').waitFor();
    await avery.button('Double the next interaction').click();
    await avery.run('pay', { member: 'Blake', amount: '10' });
    await avery.messages('paid @Blake 10 coins').waitFor();
    const before = await avery.messages('used /balance').count();
    await avery.run('balance');
    expect(await (await avery.answer('balance', before)).innerText()).toContain('90 coins');
  });

  test('the gateway is down, the bot comes back by itself, and the open button still works', async () => {
    await avery.run('bank open');
    await avery.answer('bank open');
    await avery.button('Gateway down for 10 seconds').click();
    await avery.page.getByText('the bot is away').waitFor();
    await avery.page.getByText('the bot is ready').waitFor({ timeout: 25_000 });
    await avery.button('Deposit').last().click();
    await avery.page.getByRole('dialog', { name: 'Deposit' }).waitFor();
    await avery.button('Cancel').click();
  });
});
