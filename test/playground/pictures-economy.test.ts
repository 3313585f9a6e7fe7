// A session of the economy, played by two members side by side in a real browser, with the pictures of
// docs/economy-play.md. With GUILDHALL_PICTURES=docs/images they are kept there.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';
import { openPage, type Player } from './player.ts';

const folder = process.env['GUILDHALL_PICTURES'];
/** A picture with nothing on it is smaller than this, one that is too large for a page is larger. */
const bytesMin = 15_000;
const bytesMax = 250_000;
const [avery, blake] = [0, 1];

/** Shows the end of what was said in each pane: runs in the page. */
const toTheEnd = `for (const part of document.querySelectorAll('.pane *'))
  if (getComputedStyle(part).overflowY === 'auto') part.scrollTop = part.scrollHeight;`;

interface World {
  readonly guilds: readonly {
    readonly id: string;
    readonly ownerId: string;
    readonly channels: readonly { readonly id: string; readonly name: string }[];
    readonly members: readonly { readonly id: string; readonly bot: boolean }[];
  }[];
}

describe.skipIf(noBrowser !== undefined)(
  `a session of two${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let hall: Guildhall;
    let browser: Browser;
    let player: Player;
    let misdeeds: readonly string[];

    /** Both panes and nothing else of the page. */
    const picture = async (name: string): Promise<void> => {
      await player.page.evaluate('document.fonts.ready');
      await player.page.evaluate(toTheEnd);
      // What stands under the mouse shows more than it does otherwise.
      await player.page.mouse.move(0, 0);
      const [left, right] = [await player.pane(avery).boundingBox(), await player.pane(blake).boundingBox()];
      if (!left || !right) throw new Error('there are two panes');
      const clip = { x: left.x, y: left.y, width: right.x + right.width - left.x, height: left.height };
      const png = await player.page.screenshot({ animations: 'disabled', caret: 'hide', clip });
      expect(png.length).toBeGreaterThan(bytesMin);
      expect(png.length).toBeLessThan(bytesMax);
      if (folder === undefined) return;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `economy-${name}.png`), png);
    };
    /** The newest button of this name in a pane. */
    const button = (name: string | RegExp, at: number): Locator =>
      player.pane(at).getByRole('button', { name, exact: true }).last();
    const press = (name: string | RegExp, at: number): Promise<void> => button(name, at).click();
    const choose = async (placeholder: string, option: string | RegExp, at: number): Promise<void> => {
      await player.pane(at).getByRole('combobox', { name: placeholder, exact: true }).last().click();
      await player.page.locator('.list:popover-open').getByRole('option', { name: option }).first().click();
    };
    const says = (words: string | RegExp, at: number): Promise<void> => player.messages(words, at).last().waitFor();
    /** Takes what each was told alone off the screen. */
    const tidy = async (): Promise<void> => {
      for (const at of [avery, blake]) {
        const dismiss = player.pane(at).getByText('Dismiss message', { exact: true });
        for (let left = await dismiss.count(); left > 0; left -= 1) await dismiss.last().click();
        await expect.poll(() => dismiss.count()).toBe(0);
      }
    };
    /** Lets time go by in steps in which the bot is never away. */
    const pass = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second += 1) {
        await hall.post('/sim/clock', { advanceMs: 1_000 });
        await hall.post('/sim/settle', {});
      }
    };

    beforeAll(async () => {
      browser = await launchBrowser();
      hall = await Guildhall.start(await freshFolder());
      const context = await browser.newContext({ viewport: { width: 1420, height: 860 }, colorScheme: 'dark' });
      context.setDefaultTimeout(15_000);
      player = await openPage(context, hall.url);
      misdeeds = watchMisdeeds(player.page, hall.url);
      await player.arrive();
      // Where they get their coins nobody looks.
      const { guilds } = await hall.request<World>('GET', '/sim/state');
      const [guild] = guilds;
      const channel = guild?.channels.find(({ name }) => name === 'casino')?.id;
      for (const { id } of (guild?.members ?? []).filter(({ bot }) => !bot).slice(0, 2)) {
        const gift = {
          user: guild?.ownerId,
          command: 'eco give-coins',
          options: { member: id, amount: '8000' },
          channel,
        };
        await hall.post(`/sim/guilds/${guild?.id}/commands`, gift);
      }
      await player.button('Split view').click();
      await player.pane(blake).locator('.pane-head', { hasText: 'Blake' }).waitFor();
      return async () => {
        await browser.close();
        await hall.killAll();
      };
    });

    test('the shop: one looks at the shelves, the other buys', async () => {
      await player.run('shop', {}, avery);
      await press('Potions', avery);
      await says('Energy drink', avery);
      await player.run('shop', { category: 'Potions' }, blake);
      await choose('Look at an item', /Energy/, blake);
      await press(/^Buy 1 for/, blake);
      await says('You bought', blake);
      await picture('shop');
    });

    test('blackjack: a hand each', async () => {
      for (const at of [avery, blake]) {
        for (let tries = 0; ; tries += 1) {
          expect(tries).toBeLessThan(10);
          await player.run('casino blackjack', { bet: '200' }, at);
          if (tries === 0) await press('Place the bet', at);
          await says(/You: /, at);
          if (await button('Hit', at).isVisible()) break;
          await pass(21);
        }
      }
      await press('Stand', avery);
      await says(/The dealer wins|You win|A push|has a blackjack/, avery);
      await picture('blackjack');
      await press('Stand', blake);
    });

    test('crash: both are on one curve, and one is out in time', async () => {
      await player.run('casino crash', { bet: '250' }, avery);
      await says('Nothing has been bet yet', avery);
      for (let round = 0; ; round += 1) {
        expect(round, 'two curves in three rise for so long').toBeLessThan(12);
        await says('Bets are open', blake);
        for (const at of [avery, blake]) {
          await press('Bet 250', at);
          await says('You are in with 250', at);
        }
        await pass(3);
        await says('2 bets', blake);
        if (round === 0) await picture('crash-bets');
        await pass(16);
        await tidy();
        const rises = player.messages('and rising', blake);
        if ((await rises.count()) > 0) {
          await press('Cash out', avery);
          await says(/You cashed out at|were lost/, avery);
          await pass(2);
          if ((await rises.count()) > 0) break;
        }
        await pass(70);
        await tidy();
        await press('Another round', avery);
      }
      await picture('crash-rising');
      await pass(70);
      await says(/Crashed at|Nobody was in/, blake);
      await tidy();
      await picture('crash-over');
    });

    test('a guild: founded by one, joined by the other', async () => {
      await player.run('guild create', { name: 'Ferrymen' }, avery);
      await says('Ferrymen', avery);
      await player.run('guild invite', { member: 'Blake' }, avery);
      await press('Accept', blake);
      await says('has joined', avery);
      await player.run('guild deposit', { amount: '500' }, blake);
      await player.run('guild info', {}, avery);
      await says('Treasury', avery);
      await picture('guild');
    });

    test('a race: both bet, and watch it run', async () => {
      await player.run('ratrace', {}, avery);
      await says('Bets are open. The race starts', blake);
      for (const [at, rat] of [
        [avery, 'Rat 2'],
        [blake, 'Rat 5'],
      ] as const) {
        // What is edited takes an open list away.
        await hall.post('/sim/settle', {});
        await choose('Bet on a rat', new RegExp(rat), at);
        const form = player.page.getByRole('dialog');
        await form.locator('input').fill('300');
        await player.page.keyboard.press('Enter');
        await says('You bet 300', at);
      }
      await pass(40);
      await says(/The race is on: turn/, avery);
      await tidy();
      await player.page.setViewportSize({ width: 1420, height: 980 });
      await picture('race');
      await pass(120);
      await says('The race is over', blake);
    });

    test('nothing went wrong on the way', async () => {
      expect(misdeeds).toEqual([]);
      expect((await hall.state()).refusals).toEqual([]);
    });
  },
);
