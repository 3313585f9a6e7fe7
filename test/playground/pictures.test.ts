// The pictures of the README, of a page that was played. With GUILDHALL_PICTURES=docs/images they are kept there.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { openPage, type Player } from './player.ts';

const folder = process.env['GUILDHALL_PICTURES'];
/** A picture with nothing on it is smaller than this, one that is too large for a README is larger. */
const bytesMin = 15_000;
const bytesMax = 400_000;

describe.skipIf(noBrowser !== undefined)(`pictures${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;
  let player: Player;

  const picture = async (name: string): Promise<void> => {
    await player.page.evaluate('document.fonts.ready');
    const png = await player.page.screenshot({ animations: 'disabled', caret: 'hide' });
    expect(png.length).toBeGreaterThan(bytesMin);
    expect(png.length).toBeLessThan(bytesMax);
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.png`), png);
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    hall = await Guildhall.start(await freshFolder());
    context = await browser.newContext({ viewport: { width: 1280, height: 760 }, colorScheme: 'dark' });
    context.setDefaultTimeout(15_000);
    player = await openPage(context, hall.url);
    await player.arrive();
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('commands as one types', async () => {
    await player.say('Good morning, **Harbour**! Who is in for the market today? 🎉');
    await player.run('daily');
    await player.answer('daily');
    await player.run('pay', { member: 'Blake', amount: '60' });
    await player.messages('paid @Blake').waitFor();
    await player.field().fill('/');
    await player.page.locator('.list:popover-open').waitFor();
    await picture('commands');
    await player.field().fill('');
  });

  test('the market, with its picture', async () => {
    await player.run('stocks info', { symbol: 'TECH' });
    await player.page.locator('article img').first().waitFor();
    await player.page.waitForFunction(
      "[...document.querySelectorAll('article img')].every(({ complete }) => complete)",
    );
    await picture('playground');
  });

  test('two people side by side', async () => {
    await player.button('Split view').click();
    await player.pane(1).locator('.pane-head', { hasText: 'Blake' }).waitFor();
    await player.run('request', { member: 'Blake', amount: '25', note: 'for the boat' });
    await player.messages('asks you for 25 coins', 1).waitFor();
    await player.run('balance', {}, 1);
    await player.answer('balance', 0, 1);
    await picture('split');
    await player.button('Split view').click();
  });

  test('the inside of a payment', async () => {
    await player.button('The inside').click();
    await player.run('pay', { member: 'Casey', amount: '15' });
    const work = player.page.locator('.work', { hasText: /^Blake \/pay/ });
    await work.locator('.part.reply').waitFor({ state: 'attached' });
    await work.click();
    await player.page.locator('.changes').waitFor();
    await player.page.locator('.lane', { hasText: 'Harbour' }).locator('.figures strong').first().waitFor();
    await picture('inside');
    await work.click();
  });

  test('a crowd pays, and the inside shows it', async () => {
    await player.openControls();
    await player.button('200 people pay at once').click();
    await player.page.getByText('Not one coin was lost or made.').waitFor({ timeout: 25_000 });
    await player.page.locator('.lane', { hasText: 'Crowd' }).locator('.figures strong').first().waitFor();
    await player.page.locator('#crowd-result').scrollIntoViewIfNeeded();
    await picture('crowd');
    await player.button('The inside').click();
  });

  test('light, and on a narrow screen', async () => {
    await player.page.getByRole('button', { name: 'Harbour', exact: true }).click();
    await player.page.getByRole('tab', { name: 'People' }).click();
    await player.messages('paid @Blake').waitFor({ state: 'attached' });
    await player.button('Light look').click();
    await picture('light');
    await player.button('Light look').click();
    await player.page.setViewportSize({ width: 380, height: 760 });
    await picture('narrow');
  });
});
