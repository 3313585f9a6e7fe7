// The strip that shows the inside, over everything that `npm start` runs.
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { violations } from './axe.ts';
import { launchBrowser, noBrowser, watchMisdeeds } from './browser.ts';
import { openPage, type Player } from './player.ts';

describe.skipIf(noBrowser !== undefined)(`inside${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let hall: Guildhall;
  let browser: Browser;
  let context: BrowserContext;
  let player: Player;
  let misdeeds: readonly string[];

  const lane = (name: string): Locator =>
    player.page.locator('.lane').filter({ has: player.page.getByRole('heading', { name, exact: true }) });
  const work = (name: string, text: string | RegExp): Locator => lane(name).locator('.work', { hasText: text });

  beforeAll(async () => {
    browser = await launchBrowser();
    hall = await Guildhall.start(await freshFolder());
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
    context.setDefaultTimeout(15_000);
    player = await openPage(context, hall.url);
    misdeeds = watchMisdeeds(player.page, hall.url);
    await player.arrive();
    await player.button('The inside').click();
    return async () => {
      await browser.close();
      await hall.killAll();
    };
  });

  test('an interaction is a bar of its parts, in the lane of its server alone', async () => {
    // The first operation of a server and of a member makes more rows than those that follow.
    await player.run('daily');
    await player.answer('daily');
    await player.run('pay', { member: 'Blake', amount: '10' });
    await player.messages('paid @Blake').waitFor();
    const paid = work('Harbour', /^Avery \/pay/);
    await paid.locator('.part.reply').waitFor({ state: 'attached' });
    for (const part of ['mailbox', 'handler', 'commit', 'reply']) {
      expect(await paid.locator(`.part.${part}`).count()).toBe(1);
    }
    expect(await work('Lighthouse', '/pay').count()).toBe(0);
    // The figures are asked for after the last of several operations: they may follow the bar.
    await lane('Harbour').locator('.figures', { hasText: 'Journal position' }).waitFor();
  });

  test('pointed at or with the focus it tells its figures, opened the rows it changed', async () => {
    const paid = work('Harbour', /^Avery \/pay/);
    const figuresAlone =
      /to the bot [\d.]+ ms · mailbox [\d.]+ ms · handler [\d.]+ ms · journal commit [\d.]+ ms · reply [\d.]+ ms · \d+ rows changed/;
    const figures = new RegExp(`Avery /pay · ${figuresAlone.source}`);
    expect(await paid.innerText()).toMatch(figuresAlone);
    await paid.hover();
    expect(await player.page.locator('.readout').innerText()).toMatch(figures);
    await player.field().hover();
    expect(await player.page.locator('.legend').isVisible()).toBe(true);
    await paid.focus();
    expect(await player.page.locator('.readout').innerText()).toMatch(figures);
    await player.page.keyboard.press('Enter');
    const changes = lane('Harbour').getByRole('list', { name: 'Rows changed' });
    // Read as text: what it was, what it is, and whose row it is.
    expect((await changes.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/economy\.account Avery wallet: 250 → 240/);
    expect(await violations(player.page)).toEqual([]);
    await player.page.keyboard.press('Enter');
    expect(await changes.count()).toBe(0);
    // The strip took room from the messages; the newest is still in view.
    await expect(player.messages('paid @Blake').isVisible()).resolves.toBe(true);
    const belowEnd =
      "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.log'))";
    await expect.poll(() => player.page.evaluate(belowEnd)).toBeLessThan(2);
  });

  test('the arrows go along a lane, which is one stop for Tab', async () => {
    await player.run('balance');
    await player.answer('balance');
    await work('Harbour', '/balance').locator('.part.reply').waitFor({ state: 'attached' });
    await work('Harbour', '/balance').focus();
    await player.page.keyboard.press('ArrowDown');
    expect(await player.page.locator('.work:focus').innerText()).toContain('/pay');
    await player.page.keyboard.press('Home');
    expect(await player.page.locator('.work:focus').innerText()).toContain('/balance');
    expect(await lane('Harbour').locator('.work[tabindex="0"]').count()).toBe(1);
  });

  test('what is refused is told as refused, and what is lost as unanswered', async () => {
    await player.run('pay', { member: 'Blake', amount: '9999' });
    await player.messages('Only you can see this').last().waitFor();
    await lane('Harbour').locator('.work.refused', { hasText: '/pay' }).waitFor();
    await player.openControls();
    await player.button('Lose the next interaction').click();
    await player.run('balance');
    await lane('Harbour').locator('.work.unanswered', { hasText: 'no answer' }).waitFor();
  });

  test('the market ticks in a lane of its own', async () => {
    expect(await player.page.locator('.lane h3').last().innerText()).toBe('The market');
    await player.button('+1 hour').click();
    await lane('The market').locator('.work', { hasText: 'Timer' }).first().waitFor();
    await lane('The market').locator('.work .rows', { hasText: /Δ\d/ }).first().waitFor();
  });

  test('200 people pay at once: 200 bars in serial order in one lane, the other lanes untouched', async () => {
    const others = async () => (await work('Harbour', '/').count()) + (await work('Lighthouse', '/').count());
    const before = await others();
    await player.button('200 people pay at once').click();
    await player.page.getByText('Not one coin was lost or made.').waitFor({ timeout: 25_000 });
    const result = (await player.page.locator('#crowd-result').innerText()).replaceAll('\n', ' ');
    expect(result).toMatch(/succeeded 200 of 200/);
    expect(result).toMatch(/100 → 1,100 coins/);
    expect(result).toMatch(/before 20,100 coins .*after 20,100 coins/);
    expect(result).toContain('200 handlers, one after another: no two at once');
    const bars = work('Crowd', '/pay');
    await expect.poll(() => bars.count()).toBe(200);
    expect(await bars.locator('.part.handler').count()).toBe(200);
    expect(await others()).toBe(before);
    // Above the others on the page, since it is the one that is looked at.
    expect(await player.page.locator('.lane h3').first().innerText()).toBe('Crowd');
  });

  test('the bot is killed: what it had not answered stays so, and its new actors are told of as before', async () => {
    await player.page.getByRole('button', { name: 'Harbour', exact: true }).click();
    await player.button('Kill and start').click();
    await player.page.getByText('The bot was killed and runs again.').waitFor();
    await player.page.getByText('the bot is ready').waitFor();
    const before = await work('Harbour', '/daily').count();
    await player.run('daily');
    await expect.poll(() => work('Harbour', '/daily').count()).toBe(before + 1);
    expect(await violations(player.page)).toEqual([]);
    expect(misdeeds).toEqual([]);
  });
});
