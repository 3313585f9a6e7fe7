// A page of the playground and what a person does on it.
import type { BrowserContext, Locator, Page } from 'playwright-core';

/** Opens the page in a tab of its own. `tour` leaves the first minute where a new visitor finds it. */
export const openPage = async (
  context: BrowserContext,
  url: string,
  { tour = false }: { readonly tour?: boolean } = {},
): Promise<Player> => {
  const page = await context.newPage();
  if (!tour) await page.addInitScript("localStorage.setItem('guildhall-tour', 'done')");
  return new Player(page, url);
};

/** Somebody at the page. */
export class Player {
  readonly page: Page;
  readonly #url: string;
  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  /** Loads the page and waits until the bot can be asked. */
  async arrive(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.locator('#bot-state.ready').waitFor({ state: 'attached' });
    await this.field().waitFor();
  }
  pane(at = 0): Locator {
    return this.page.locator('.pane').nth(at);
  }
  field(at = 0): Locator {
    return this.pane(at).locator('textarea');
  }
  messages(text: string | RegExp, at = 0): Locator {
    return this.pane(at).getByRole('article').filter({ hasText: text });
  }
  chip(name: string, at = 0): Locator {
    return this.pane(at).locator(`[data-option="${name}"]`);
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  /** Becomes another person, in the pane that is worked in. */
  async become(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'People' }).click();
    await this.page.locator(`#people [title="Become ${name}"]`).click();
    await this.page.locator('#me', { hasText: name }).waitFor({ state: 'attached' });
  }
  async say(text: string, at = 0): Promise<void> {
    await this.field(at).fill(text);
    await this.page.keyboard.press('Enter');
  }
  /** Types a command as far as its options. */
  async type(command: string, at = 0): Promise<void> {
    const leave = this.pane(at).getByRole('button', { name: 'Leave the command' });
    if (await leave.isVisible()) await leave.click();
    await this.field(at).fill(`/${command}`);
    await this.page
      .getByRole('option', { name: new RegExp(`^/${command}\\b`) })
      .first()
      .click();
    await this.pane(at).locator('.command').waitFor();
  }
  /** Runs a command with these texts typed into its options, as somebody does who types them out. */
  async run(command: string, options: Readonly<Record<string, string>> = {}, at = 0): Promise<void> {
    await this.type(command, at);
    for (const [name, text] of Object.entries(options)) {
      if ((await this.chip(name, at).count()) === 0)
        await this.pane(at)
          .getByRole('button', { name: `+ ${name}` })
          .click();
      await this.chip(name, at).fill(text);
    }
    await this.pane(at).getByRole('button', { name: 'Run' }).click();
  }
  /** The newest answer to a command, once there is one more than `before`. */
  async answer(command: string, before = 0, at = 0): Promise<Locator> {
    const answer = this.messages(`used /${command}`, at).nth(before);
    await answer.waitFor();
    return answer;
  }
  async openControls(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Controls' }).click();
  }
}
