import { accessSync, constants } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const isThere = (): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Why tests in a browser cannot run here; `undefined` when they can. In CI there is no such reason: a browser that is
 * missing there is a failure.
 */
export const noBrowser: string | undefined =
  isThere() || process.env['CI'] ? undefined : `no chromium at ${path}; install it or set CHROMIUM`;

/** Starts the browser. Rejects when there is none. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** What a page did that no page of ours may do: requests to elsewhere, errors, things it opened by itself. */
export const watchMisdeeds = (page: Page, home: string): readonly string[] => {
  const misdeeds: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${home}/`) && !url.startsWith('data:')) misdeeds.push(`asked ${url}`);
  });
  page.on('pageerror', (error) => misdeeds.push(error.message));
  page.on('dialog', (dialog) => {
    misdeeds.push(`opened ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // The browser itself logs answers of 4xx; the page shows them, and tests look for that.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      misdeeds.push(message.text());
    }
  });
  return misdeeds;
};
