// The page in a real browser, over everything that `npm start` runs.
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';

describe.skipIf(noBrowser !== undefined)(`the page${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;
  let avery: Page;
  let misdeeds: readonly string[];

  const openAs = async (name: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(hall.url);
    await page.locator('#bot-state.ready').waitFor();
    await page.getByLabel('You are').selectOption(name);
    await page.getByText(`as ${name}`).waitFor();
    // A page in the background is drawn rarely, and waiting for it takes seconds.
    await avery.bringToFront();
    return page;
  };
  const choose = (page: Page, command: string) => page.locator('#command').selectOption(command);
  const option = (page: Page, name: string): Locator => page.locator(`[data-option="${name}"]`);
  const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click();
  const say = async (page: Page, text: string): Promise<void> => {
    await page.locator('#message').fill(text);
    await page.keyboard.press('Enter');
  };
  const messages = (page: Page, text: string | RegExp): Locator => page.getByRole('article').filter({ hasText: text });
  const openBank = async (page: Page): Promise<void> => {
    const before = await messages(page, 'used /bank open').count();
    await choose(page, 'bank open');
    await run(page);
    await messages(page, 'used /bank open').nth(before).waitFor();
  };
  const deposit = (page: Page): Locator => page.getByRole('button', { name: 'Deposit' }).last();

  beforeAll(async () => {
    browser = await launchBrowser();
    hall = await Guildhall.start(await freshFolder());
    context = await browser.newContext();
    // Shorter than the test's own limit, so that what was waited for is named.
    context.setDefaultTimeout(10_000);
    avery = await context.newPage();
    misdeeds = watchMisdeeds(avery, hall.url);
    await avery.goto(hall.url);
    await avery.locator('#bot-state.ready').waitFor();
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('a command is answered with a card, marked as private, and shows no more than this member may run', async () => {
    await choose(avery, 'balance');
    await run(avery);
    const card = messages(avery, 'used /balance').last();
    await card.waitFor();
    expect(await card.locator('dl').innerText()).toMatch(/Wallet\s+100 coins\s+Bank\s+0 coins/);
    expect(await card.innerText()).toContain('Only you can see this');
    const blake = await openAs('Blake');
    expect(await avery.locator('#command option[value="settings set"]').count()).toBe(1);
    expect(await blake.locator('#command option[value="settings set"]').count()).toBe(0);
    await blake.close();
  });

  test('a member is picked and an amount taken from the suggestions; others see the answer as it comes', async () => {
    const blake = await openAs('Blake');
    await choose(avery, 'pay');
    await option(avery, 'member').selectOption('Blake');
    await option(avery, 'amount').focus();
    await avery.getByRole('option', { name: 'half' }).click();
    expect(await option(avery, 'amount').inputValue()).toBe('half');
    await run(avery);
    const paid = messages(blake, '@Avery paid @Blake 50 coins.');
    await paid.waitFor();
    expect(await paid.innerText()).not.toContain('<@');
    await blake.close();
  });

  test('what a required option lacks is told before anything is sent', async () => {
    const before = await avery.getByRole('article').count();
    await choose(avery, 'rob');
    expect(await avery.getByText('member *').count()).toBe(1);
    await run(avery);
    expect(await avery.locator('#options :invalid').count()).toBe(1);
    expect(await avery.getByRole('article').count()).toBe(before);
  });

  test('a button opens a form, the form moves coins, and the focus comes back to the button', async () => {
    await openBank(avery);
    await deposit(avery).click();
    const form = avery.getByRole('dialog', { name: 'Deposit' });
    await form.getByLabel('Amount').fill('40');
    await avery.keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });
    await messages(avery, /Bank\s*40 coins/)
      .last()
      .waitFor();
    expect(await avery.locator('button:focus').innerText()).toBe('Deposit');
  });

  test('suggestions are taken with the keyboard alone', async () => {
    await choose(avery, 'settings view');
    await option(avery, 'key').focus();
    await avery.keyboard.type('daily.am');
    await avery.getByRole('option', { name: 'daily.amount' }).waitFor();
    await avery.keyboard.press('ArrowDown');
    await avery.keyboard.press('Enter');
    await avery.keyboard.press('Enter');
    await messages(avery, 'used /settings view').filter({ hasText: '150' }).waitFor();
  });

  test('markup in a text is shown as it was written and does nothing', async () => {
    const markup = `<script>alert(1)</script><img src="/x" onerror="alert(2)"> is not **markup**`;
    await say(avery, markup);
    const message = messages(avery, '<script>alert(1)</script>');
    await message.waitFor();
    expect(await message.innerText()).toContain(markup.replaceAll('**', ''));
    expect(await message.locator('strong').innerText()).toBe('markup');
    expect(await avery.locator('#log script, #log img').count()).toBe(0);
  });

  test('a private answer is for one member, live and read later', async () => {
    const blake = await openAs('Blake');
    await choose(avery, 'balance');
    await run(avery);
    await avery.locator('#notice:empty').waitFor({ state: 'attached' });
    await say(avery, 'That was mine.');
    await messages(blake, 'That was mine.').waitFor();
    expect(await messages(blake, 'Only you can see this').count()).toBe(0);
    await blake.reload();
    await messages(blake, 'That was mine.').waitFor();
    expect(await blake.getByLabel('You are').locator('option:checked').innerText()).toBe('Blake');
    expect(await messages(blake, 'Only you can see this').count()).toBe(0);
    await blake.close();
  });

  test('the bot is killed and started, and a button that was open still works (fault 26)', async () => {
    await openBank(avery);
    await avery.getByText('Bot and clock').click();
    await avery.getByRole('button', { name: 'Kill the bot' }).click();
    await avery.getByText('the bot is away').waitFor();
    await avery.getByRole('button', { name: 'Start the bot', exact: true }).click();
    await avery.getByText('the bot is ready').waitFor();
    await deposit(avery).click();
    await avery.getByRole('dialog', { name: 'Deposit' }).waitFor();
    await avery.getByRole('button', { name: 'Cancel' }).click();
  });

  test('what the control API refuses is told', async () => {
    await avery.getByRole('button', { name: 'Start the bot', exact: true }).click();
    await avery.getByText('the bot is running already (bot_failed)').waitFor();
  });

  test('the clock moves, and times in words with it', async () => {
    await choose(avery, 'daily');
    await run(avery);
    const time = messages(avery, 'used /daily').last().locator('time').last();
    await time.waitFor();
    expect(await time.innerText()).toMatch(/^in /);
    await avery.getByRole('button', { name: '+1 day' }).click();
    await messages(avery, 'used /daily').locator('time', { hasText: / ago$/ }).waitFor();
  });

  test('on a narrow screen nothing sticks out', async () => {
    await avery.setViewportSize({ width: 380, height: 740 });
    for (const command of ['pay', 'help', 'leaderboard']) {
      await choose(avery, command);
      expect(await avery.evaluate('document.documentElement.scrollWidth')).toBe(380);
      expect(await avery.evaluate("document.getElementById('log').scrollWidth")).toBeLessThanOrEqual(380);
    }
  });

  test('all this time nothing was asked of anybody else and nothing went wrong', () => {
    expect(misdeeds).toEqual([]);
  });
});
