// What the page shows and how: two people side by side, everything a message can hold, thousands of messages, narrow
// screens, without a pointer or eyes, and a server that goes away.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { violations } from './axe.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';
import { openPage, type Player } from './player.ts';

const messagesRoute = /\/channels\/\d+\/messages\?user=/;

const message = (index: number, more: object = {}): object => ({
  id: String(1_000_000_000_000_000_000n + BigInt(index)),
  channel: '1',
  author: { id: String(2_000_000_000_000_000_000n + BigInt(index % 3)), name: `Somebody ${index % 3}`, bot: false },
  content: `Message ${index}`,
  embeds: [],
  components: [],
  attachments: [],
  reactions: [],
  mentions: [],
  flags: 0,
  ephemeral: false,
  createdAt: 1_800_000_000_000 + index * 1_000,
  ...more,
});

/** Writes ten thousand messages into the saved world: the newest are `Message 9999` and before. */
const fillCasino = async (dataFolder: string): Promise<void> => {
  const guilds = join(dataFolder, 'simulator', 'guilds');
  for (const file of await readdir(guilds)) {
    const guild = JSON.parse(await readFile(join(guilds, file), 'utf8')) as {
      readonly ownerId: string;
      readonly channels: { readonly id: string; readonly name: string; messages: object[] }[];
    };
    const casino = guild.channels.find(({ name }) => name === 'casino');
    if (!casino) throw new Error('there is a channel casino');
    casino.messages = Array.from({ length: 10_000 }, (_, index) => ({
      id: String(1_000_000_000_000_000_000n + BigInt(index)),
      channelId: casino.id,
      authorId: guild.ownerId,
      type: 0,
      content: `Message ${index}`,
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      createdAtMs: 1_700_000_000_000 + index * 60_000,
      mentionIds: [],
      reactions: [],
    }));
    await writeFile(join(guilds, file), JSON.stringify(guild));
  }
};

const showOnly = async (page: Page, messages: readonly object[]): Promise<void> => {
  await page.route(messagesRoute, (route) => route.fulfill({ json: messages }));
};

describe.skipIf(noBrowser !== undefined)(`views${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let folder: string;
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;

  const open = async (): Promise<Player> => {
    const player = await openPage(context, hall.url);
    await player.arrive();
    return player;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await freshFolder();
    hall = await Guildhall.start(folder);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
    context.setDefaultTimeout(10_000);
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('two people side by side: one asks, the other accepts, both see it', async () => {
    const player = await open();
    await player.button('Split view').click();
    await player.pane(1).locator('.pane-head', { hasText: 'Blake' }).waitFor();
    await player.run('request', { member: 'Blake', amount: '20' });
    const asked = player.messages('asks you for 20 coins', 1);
    await asked.waitFor();
    // The other side's request is not Avery's to accept.
    await player.messages('asks you for 20 coins').getByRole('button', { name: 'Accept' }).click();
    await player.messages('Only you can see this').waitFor();
    await asked.getByRole('button', { name: 'Accept' }).click();
    for (const pane of [0, 1]) await player.messages('@Blake accepted and paid @Avery 20 coins', pane).waitFor();
    expect(await player.messages('Only you can see this', 1).count()).toBe(0);
    await player.button('Split view').click();
    expect(await player.page.locator('.pane').count()).toBe(1);
    await player.page.close();
  });

  test('everything a message can hold', async () => {
    const player = await open();
    const misdeeds = watchMisdeeds(player.page, hall.url);
    const row = (...components: object[]): object => ({ type: 1, components });
    await showOnly(player.page, [
      message(1, { flags: 128, content: '', author: { id: '3', name: 'Guildhall', bot: true } }),
      message(2, { content: 'was changed', editedAt: 1_800_000_009_000 }),
      message(3, {
        content: '',
        components: [
          {
            type: 17,
            accent_color: 0x5865f2,
            components: [
              { type: 10, content: '## A container' },
              {
                type: 9,
                components: [{ type: 10, content: 'A section' }],
                accessory: { type: 2, style: 3, label: 'Aside', custom_id: 'a' },
              },
              { type: 14 },
              { type: 12, items: [{ media: { url: 'https://example.org/a.png' }, description: 'A gallery' }] },
              row({ type: 2, style: 5, label: 'A link', url: 'https://example.org/' }),
            ],
          },
        ],
      }),
      message(4, {
        components: [
          row({ type: 3, custom_id: 's', placeholder: 'One of these', options: [{ label: 'First', value: '1' }] }),
          row({ type: 5, custom_id: 'u', placeholder: 'A member', max_values: 2 }),
          row({ type: 6, custom_id: 'r', placeholder: 'A role' }),
          row({ type: 8, custom_id: 'c', placeholder: 'A channel' }),
        ],
        embeds: [
          {
            title: 'A card',
            color: 0xff0000,
            fields: [{ name: 'Field', value: '`value`', inline: true }],
            footer: { text: 'Foot' },
          },
        ],
        reactions: [{ emoji: '🎉', users: ['1', '2'] }],
      }),
    ]);
    await player.page.reload();
    const text = player.messages(/./);
    await text.nth(3).waitFor();
    await player.messages('Guildhall is thinking…').waitFor();
    await player.messages('was changed (edited)').waitFor();
    for (const part of ['A container', 'A section', 'Aside', 'A gallery', 'A link'])
      await player.messages(part).waitFor();
    for (const [name, entry] of [
      ['One of these', 'First'],
      ['A member', 'Casey'],
      ['A role', '@Staff'],
      ['A channel', '#casino'],
    ] as const) {
      const select = player.page.getByRole('combobox', { name });
      await select.click();
      await player.page.getByRole('option', { name: entry }).waitFor();
      await player.page.keyboard.press('Escape');
    }
    expect(await player.messages('A card').locator('dd code').innerText()).toBe('value');
    // A picture of elsewhere is named, and not loaded.
    expect(await player.page.locator('article img').count()).toBe(0);
    expect(await violations(player.page)).toEqual([]);
    expect(misdeeds).toEqual([]);
    await player.page.close();
  });

  test('of ten thousand messages few are drawn, and all can be scrolled to', async () => {
    const player = await open();
    await showOnly(
      player.page,
      Array.from({ length: 10_000 }, (_, index) => message(index)),
    );
    await player.page.reload();
    await player.messages('Message 9999').waitFor();
    const drawn = player.page.locator('.log article');
    expect(await drawn.count()).toBeLessThanOrEqual(120);
    const seen = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      await player.page.evaluate("document.querySelector('.log').scrollTop = 0");
      await player.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      seen.add(await drawn.first().innerText());
      expect(await drawn.count()).toBeLessThanOrEqual(120);
    }
    expect(seen.size).toBe(12);
    // What is said meanwhile does not move what is looked at, and is one press away.
    await player.say('The newest');
    await player.messages('The newest').waitFor();
    expect(await drawn.count()).toBeLessThanOrEqual(120);
    await player.page.close();
  });

  test('on a narrow screen nothing sticks out, and both sides can be reached', async () => {
    const player = await open();
    await player.page.setViewportSize({ width: 380, height: 740 });
    for (const command of ['help', 'leaderboard', 'stocks market']) {
      await player.run(command);
      await player.answer(command);
      expect(await player.page.evaluate('document.documentElement.scrollWidth')).toBe(380);
      expect(await player.page.evaluate("document.querySelector('.log').scrollWidth")).toBeLessThanOrEqual(380);
    }
    await player.button('Servers and channels').click();
    await player.page.getByRole('button', { name: 'casino' }).click();
    await player.page.locator('.pane-head', { hasText: 'casino' }).waitFor();
    await player.button('People and controls').click();
    await player.become('Casey');
    await player.page.locator('#right').waitFor({ state: 'hidden' });
    expect(await violations(player.page)).toEqual([]);
    await player.page.close();
  });

  test.each(['dark', 'light'])('nothing is in the way of a screen reader (%s)', async (look) => {
    const player = await open();
    if (look === 'light') await player.button('Light look').click();
    await player.run('help');
    await player.answer('help');
    await player.button('The inside').click();
    await player.page.locator('.figures strong').first().waitFor();
    expect(await violations(player.page)).toEqual([]);
    await player.type('pay');
    await player.page.getByRole('option', { name: 'Blake' }).waitFor();
    expect(await violations(player.page)).toEqual([]);
    await player.button('Leave the command').click();
    await player.openControls();
    await player.run('bank open');
    await player.answer('bank open');
    await player.button('Deposit').last().click();
    await player.page.getByRole('dialog').waitFor();
    expect(await violations(player.page)).toEqual([]);
    await player.button('Cancel').click();
    await player.button('The inside').click();
    if (look === 'light') await player.button('Light look').click();
    await player.page.close();
  });

  test('the first minute goes on by what is done, and is skipped for good', async () => {
    const player = await openPage(context, hall.url, { tour: true });
    await player.page.addInitScript(
      "if (!sessionStorage.getItem('seen')) localStorage.removeItem('guildhall-tour'); sessionStorage.setItem('seen', '1')",
    );
    await player.arrive();
    await player.page.getByText('Step 1 of 5').waitFor();
    expect(await violations(player.page)).toEqual([]);
    await player.button('Type /daily for me').click();
    await player.page.keyboard.press('Enter');
    await player.page.getByText('Step 2 of 5').waitFor();
    await player.run('pay', { member: 'Blake', amount: '10' });
    await player.page.getByText('Step 3 of 5').waitFor();
    await player.become('Blake');
    await player.page.getByText('Step 4 of 5').waitFor();
    await player.openControls();
    await player.button('Kill and start').click();
    await player.page.getByText('Step 5 of 5').waitFor();
    await player.button('Skip the tour').click();
    await player.page.reload();
    await player.field().waitFor();
    await player.page.locator('#bot-state.ready').waitFor({ state: 'attached' });
    expect(await player.page.locator('#tour').isVisible()).toBe(false);
    await player.page.close();
  });

  test('the local Discord goes away and comes back: the page is there again by itself', async () => {
    const player = await open();
    const { port } = new URL(hall.url);
    await hall.killAll();
    await fillCasino(folder);
    await player.page.getByText('The connection to the local Discord is lost').waitFor();
    await player.page.locator('#bot-state.away').waitFor({ state: 'attached' });
    hall = await Guildhall.start(folder, { PORT: port });
    await player.page.locator('#bot-state.ready').waitFor({ state: 'attached' });
    await player.run('balance');
    await player.answer('balance');
    await player.page.close();
  });

  test('a channel of ten thousand messages is read as one goes up in it, to its beginning', async () => {
    const player = await open();
    await player.page.locator('#channel-list button', { hasText: 'casino' }).click();
    await player.messages('Message 9999').waitFor();
    expect(await player.page.locator('.welcome').count()).toBe(0);
    // In the page itself: every question from here takes longer than a step there.
    const climbed: { readonly tops: readonly number[]; readonly drawnMost: number } = await player.page.evaluate(`
      (async () => {
        const log = document.querySelector('.log');
        const top = () => Number(/Message (\\d+)/.exec(log.querySelector('article').innerText)[1]);
        const tops = [top()];
        let drawnMost = 0;
        while (!log.querySelector('.welcome')) {
          log.scrollTop = 0;
          await new Promise((done) => setTimeout(done));
          if (top() !== tops.at(-1)) tops.push(top());
          drawnMost = Math.max(drawnMost, log.querySelectorAll('article').length);
        }
        return { tops, drawnMost };
      })()`);
    expect(climbed.tops.at(-1)).toBe(0);
    expect(climbed.drawnMost).toBeLessThanOrEqual(120);
    // Upwards without a gap: each step is shorter than what is drawn.
    for (const [index, top] of climbed.tops.entries()) {
      const before = climbed.tops[index - 1] ?? top + 1;
      expect(top).toBeLessThan(before);
      expect(before - top).toBeLessThanOrEqual(120);
    }
    await player.page.locator('.welcome', { hasText: 'Welcome to #casino!' }).waitFor();
    await player.say('The newest of all');
    await player.messages('The newest of all').waitFor();
    await player.page.close();
  }, 90_000);
});
