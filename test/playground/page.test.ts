// The page in a real browser, over everything that `npm start` runs: what one person does.
import type { Browser, BrowserContext } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';
import { openPage, type Player } from './player.ts';

describe.skipIf(noBrowser !== undefined)(`the page${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;
  let avery: Player;
  let misdeeds: readonly string[];

  const openAs = async (name: string): Promise<Player> => {
    const player = await openPage(context, hall.url);
    await player.arrive();
    await player.become(name);
    // A page in the background is drawn rarely, and waiting for it takes seconds.
    await avery.page.bringToFront();
    return player;
  };
  const openBank = async (): Promise<void> => {
    const before = await avery.messages('used /bank open').count();
    await avery.run('bank open');
    await avery.answer('bank open', before);
  };
  const deposit = () => avery.button('Deposit').last();

  beforeAll(async () => {
    browser = await launchBrowser();
    hall = await Guildhall.start(await freshFolder());
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // Shorter than the test's own limit, so that what was waited for is named.
    context.setDefaultTimeout(10_000);
    avery = await openPage(context, hall.url);
    misdeeds = watchMisdeeds(avery.page, hall.url);
    await avery.arrive();
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('a command is answered with a card, marked as private, and shows no more than this member may run', async () => {
    await avery.run('balance');
    const card = await avery.answer('balance');
    expect(await card.locator('dl').innerText()).toMatch(/Wallet\s+100 coins\s+Bank\s+0 coins/);
    expect(await card.innerText()).toContain('Only you can see this');
    await avery.field().fill('/debug');
    await avery.page.getByRole('option', { name: '/debug actor' }).waitFor();
    await avery.field().fill('');
    const blake = await openAs('Blake');
    await blake.field().fill('/balance');
    await blake.page.getByRole('option', { name: '/balance' }).waitFor();
    await blake.field().fill('/debug actor');
    await blake.page.getByRole('option', { name: '/balance' }).waitFor({ state: 'hidden' });
    expect(await blake.page.getByRole('option', { name: '/debug actor' }).count()).toBe(0);
    await blake.page.close();
  });

  test('the slash opens the list by packs, and what is typed narrows it', async () => {
    await avery.field().fill('/');
    await avery.page.locator('.list .group', { hasText: 'Economy' }).waitFor();
    const options = avery.page.locator('.list:popover-open [role=option]');
    const all = await options.count();
    await avery.field().fill('/bank de');
    expect(await options.count()).toBeLessThan(all);
    expect(await options.first().innerText()).toContain('/bank deposit');
    await avery.page.keyboard.press('Escape');
    expect(await options.count()).toBe(0);
    await avery.field().fill('');
  });

  test('a member is picked and an amount taken from the suggestions; others see the answer as it comes', async () => {
    const blake = await openAs('Blake');
    await avery.type('pay');
    await avery.chip('member').fill('bl');
    await avery.page.getByRole('option', { name: 'Blake' }).click();
    await avery.page.getByRole('option', { name: 'half' }).click();
    expect(await avery.chip('amount').inputValue()).toBe('half');
    await avery.page.keyboard.press('Enter');
    const paid = blake.messages('@Avery paid @Blake 50 coins.');
    await paid.waitFor();
    expect(await paid.innerText()).not.toContain('<@');
    expect(await paid.getAttribute('class')).toContain('mentions-me');
    await blake.page.close();
  });

  test('what an option lacks is told in words before anything is sent', async () => {
    const before = await avery.page.getByRole('article').count();
    await avery.run('rob');
    await avery.page.getByText('member: This option is required. Specify a value').waitFor();
    await avery.chip('member').fill('nobody at all');
    await avery.page.keyboard.press('Enter');
    await avery.page.getByText('member: Choose a member of this server').waitFor();
    await avery.button('Leave the command').click();
    await avery.run('leaderboard', { page: 'two' });
    await avery.page.getByText('page: Input a valid number').waitFor();
    await avery.chip('page').fill('0');
    await avery.page.keyboard.press('Enter');
    await avery.page.getByText('page: Input a value of at least 1').waitFor();
    await avery.button('Leave the command').click();
    expect(await avery.page.getByRole('article').count()).toBe(before);
  });

  test('a button opens a form, the form moves coins, and the focus comes back to the button', async () => {
    await openBank();
    await deposit().click();
    const form = avery.page.getByRole('dialog', { name: 'Deposit' });
    await form.getByLabel('Amount').fill('40');
    await avery.page.keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });
    await avery
      .messages(/Bank\s*40 coins/)
      .last()
      .waitFor();
    expect(await avery.page.locator('button:focus').innerText()).toBe('Deposit');
  });

  test('a choice under a message is taken with the keyboard', async () => {
    await avery.run('help');
    const help = await avery.answer('help');
    await help.getByRole('combobox').focus();
    await avery.page.keyboard.press('Enter');
    await avery.page.getByRole('option', { name: 'Economy' }).waitFor();
    await avery.page.keyboard.press('ArrowDown');
    await avery.page.keyboard.press('Enter');
    await help.locator('h4', { hasText: 'Economy' }).waitFor();
  });

  test('a command with suggestions is run with the keyboard alone', async () => {
    await avery.field().focus();
    await avery.page.keyboard.type('/settings v');
    await avery.page.getByRole('option', { name: '/settings view' }).waitFor();
    await avery.page.keyboard.press('Tab');
    await avery.pane().getByRole('button', { name: '+ key' }).focus();
    await avery.page.keyboard.press('Enter');
    await avery.page.keyboard.type('daily.am');
    await avery.page.getByRole('option', { name: 'daily.amount' }).waitFor();
    await avery.page.keyboard.press('ArrowDown');
    await avery.page.keyboard.press('Enter');
    await avery.page.keyboard.press('Enter');
    await avery.messages('used /settings view').filter({ hasText: '150' }).waitFor();
  });

  test('markup in a text is shown as it was written and does nothing', async () => {
    const markup = `<script>alert(1)</script><img src="/x" onerror="alert(2)"> is not **markup**`;
    await avery.say(markup);
    const message = avery.messages('<script>alert(1)</script>');
    await message.waitFor();
    expect(await message.innerText()).toContain(markup.replaceAll('**', ''));
    expect(await message.locator('strong').innerText()).toBe('markup');
    expect(await avery.page.locator('.log script, .log img').count()).toBe(0);
  });

  test('markdown, emoji, another direction and far too much text', async () => {
    await avery.say('__a__ ~~b~~ ||c|| `d` @everyone [e](https://example.org) [f](javascript:alert) 🎉');
    const message = avery.messages('[f](javascript:alert)');
    await message.waitFor();
    for (const [tag, text] of [
      ['u', 'a'],
      ['s', 'b'],
      ['code', 'd'],
      ['a', 'e'],
      ['.mention', '@everyone'],
    ] as const) {
      expect(await message.locator(`.words ${tag}`).innerText()).toBe(text);
    }
    expect(await message.locator('a').count()).toBe(1);
    await message.locator('.spoiler').click();
    expect(await message.locator('.spoiler.shown').innerText()).toBe('c');
    await avery.say('שלום לכולם');
    await avery.messages('שלום').waitFor();
    expect(
      await avery.page.evaluate("getComputedStyle([...document.querySelectorAll('.words')].at(-1)).direction"),
    ).toBe('rtl');
    await avery.say('x'.repeat(10_000));
    await avery.page.getByText('Your message is too long: 10000 of 2000 characters.').waitFor();
    await avery.field().fill('');
  });

  test('a private answer is for one member, live and read later, until it is dismissed', async () => {
    const blake = await openAs('Blake');
    const before = await avery.messages('used /balance').count();
    await avery.run('balance');
    const mine = await avery.answer('balance', before);
    await avery.say('That was mine.');
    await blake.messages('That was mine.').waitFor();
    expect(await blake.messages('Only you can see this').count()).toBe(0);
    await blake.page.reload();
    await blake.messages('That was mine.').waitFor();
    expect(await blake.page.locator('#me').innerText()).toContain('Blake');
    expect(await blake.messages('Only you can see this').count()).toBe(0);
    await blake.page.close();
    await mine.getByRole('button', { name: 'Dismiss message' }).click();
    await avery.page.waitForFunction(`document.querySelectorAll('.log article').length > 0`);
    expect(await avery.messages('used /balance').count()).toBe(before);
  });

  test('members and channels are named as one types, and the message mentions them', async () => {
    const blake = await openAs('Blake');
    await avery.field().focus();
    await avery.page.keyboard.type('See you, @bl');
    await avery.page.getByRole('option', { name: '@Blake' }).waitFor();
    await avery.page.keyboard.press('Enter');
    await avery.page.keyboard.type('in #cas');
    await avery.page.keyboard.press('Tab');
    expect(await avery.field().inputValue()).toBe('See you, @Blake in #casino ');
    await avery.page.keyboard.type('soon, or @nobody');
    await avery.page.keyboard.press('Enter');
    const seen = blake.messages('See you, @Blake in #casino soon, or @nobody');
    await seen.waitFor();
    expect(await seen.locator('.mention').allInnerTexts()).toEqual(['@Blake', '#casino']);
    expect(await seen.getAttribute('class')).toContain('mentions-me');
    await blake.page.close();
  });

  test('an answer to a message and a reaction', async () => {
    await avery.say('Who comes along?');
    const question = avery.messages('Who comes along?').first();
    await question.hover();
    await question.getByRole('button', { name: 'React with 👍' }).click();
    await question.locator('.reaction[aria-pressed=true]', { hasText: '👍 1' }).waitFor();
    await question.hover();
    await question.getByRole('button', { name: 'Reply' }).click();
    await avery.say('I do.');
    await avery.messages('I do.').locator('.origin', { hasText: 'Who comes along?' }).waitFor();
  });

  test('the bot is killed and started, and a button that was open still works (fault 26)', async () => {
    await openBank();
    await avery.openControls();
    await avery.button('Kill the bot').click();
    await avery.page.getByText('the bot is away').waitFor();
    await avery.button('Start the bot').click();
    await avery.page.getByText('the bot is ready').waitFor();
    await deposit().click();
    await avery.page.getByRole('dialog', { name: 'Deposit' }).waitFor();
    await avery.button('Cancel').click();
  });

  test('what the control API refuses is told', async () => {
    await avery.button('Start the bot').click();
    await avery.page.getByText('the bot is running already (bot_failed)').waitFor();
  });

  test('the clock moves, and times in words with it', async () => {
    await avery.run('daily');
    const time = avery.messages('used /daily').last().locator('.words time').last();
    await time.waitFor();
    expect(await time.innerText()).toMatch(/^in /);
    await avery.button('+1 day').click();
    await avery.messages('used /daily').locator('time', { hasText: / ago$/ }).waitFor();
  });

  test('direct messages with the bot have no commands', async () => {
    await avery.page.locator('#direct-list button').click();
    await avery.say('Hello, bot');
    await avery.messages('Hello, bot').waitFor();
    await avery.field().fill('/');
    expect(await avery.page.locator('.list:popover-open').count()).toBe(0);
    await avery.field().fill('');
    await avery.page.locator('#channel-list button').first().click();
  });

  test('all this time nothing was asked of anybody else and nothing went wrong', () => {
    expect(misdeeds).toEqual([]);
  });
});
