import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, connected, Harbour, rows } from './harbour.ts';
import { hasNoBrowser, visit } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

describe.skipIf(hasNoBrowser)('keys', () => {
  it('alone are enough to sign in, start a chat, say something, invite and switch', async () => {
    const { page, context, problems } = await visit(harbour.browser, harbour.server.url);
    const tabTo = async (name: string) => {
      const isThere = () =>
        page.evaluate<boolean>(`(({ activeElement: at }) =>
          at.matches('a, button') && at.textContent.includes(${JSON.stringify(name)}))(document)`);
      for (let presses = 0; presses < 40 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
      expect(await isThere()).toBe(true);
    };
    await page.goto('/');
    await page.getByLabel('Username').focus();
    await page.keyboard.type('kim');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a good password');
    await page.keyboard.press('Enter');
    await page.waitForURL('/');
    // The first from the list at home, the other from beside the first.
    for (const name of ['Ålesund', 'Bergen']) {
      await tabTo('New chat');
      await page.keyboard.press('Enter');
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await connected(page);
    }
    await page.keyboard.type('Hello from the keys');
    await page.keyboard.press('Enter');
    await rows(page).filter({ hasText: 'Hello from the keys' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('message');

    await page.keyboard.press('Shift+Tab');
    await tabTo('Create invite link');
    await page.keyboard.press('Enter');
    await page.getByLabel('Link').waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('ales');
    await expect
      .poll(() => page.getByRole('option').allInnerTexts())
      .toEqual(['Ålesund', 'Write to ales', 'Search messages for “ales”']);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ålesund', level: 1 }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('with Shift are left to the browser: its console is not the switcher', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const address = page.url();
    for (const keys of ['Control+Shift+K', 'Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown']) await page.keyboard.press(keys);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Go to a chat' }).waitFor();
    expect(page.url()).toBe(address);
    expect(await harbour.leave()).toEqual([]);
  });

  it('open a switcher that filters, follows the arrows and says which is chosen', async () => {
    const [first] = [await harbour.newChat(), await harbour.newChat()];
    const page = await harbour.enter(harbour.ada, first);
    await page.keyboard.press('Control+k');
    const combobox = page.getByRole('combobox', { name: 'Chat' });
    await combobox.waitFor();
    const chosen = async () => {
      const id = await combobox.getAttribute('aria-activedescendant');
      return page.locator(`[id="${id}"][aria-selected="true"]`).count();
    };
    expect(await chosen()).toBe(1);
    const before = await combobox.getAttribute('aria-activedescendant');
    await page.keyboard.press('ArrowDown');
    expect(await combobox.getAttribute('aria-activedescendant')).not.toBe(before);
    expect(await chosen()).toBe(1);
    await page.keyboard.type('nothing of that name');
    await page.getByText('No chat of yours is called that.').waitFor();
    await page.getByRole('option', { name: 'Write to nothing of that name', selected: true }).waitFor();
    await page.keyboard.press('Escape');
    await combobox.waitFor({ state: 'hidden' });
    expect(await harbour.leave()).toEqual([]);
  });

  it('lead to the neighbouring chats, up and down the list', async () => {
    await harbour.newChat();
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const hrefs = await page
      .getByRole('navigation', { name: 'Chats' })
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const at = hrefs.indexOf(new URL(page.url()).pathname);
    const [key, back, neighbour] =
      at > 0 ? ['Alt+ArrowUp', 'Alt+ArrowDown', hrefs[at - 1]] : ['Alt+ArrowDown', 'Alt+ArrowUp', hrefs[at + 1]];
    await page.keyboard.press(key);
    await page.waitForURL(`**${neighbour}`);
    await connected(page);
    await page.keyboard.press(back);
    await page.waitForURL(`**${hrefs[at]}`);
    expect(await harbour.leave()).toEqual([]);
  });

  it('are listed by ?, do nothing within a field, and those of one letter can be switched off', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await box(page).focus();
    await page.keyboard.type('?c');
    expect(await box(page).inputValue()).toBe('?c');
    expect(await list.isVisible()).toBe(false);

    await page.getByRole('log').focus();
    await page.keyboard.press('?');
    await list.waitFor();
    await list.getByLabel('Single keys work outside of fields').uncheck();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    // The dialog's entry leaves the browser's history a moment later, and a reload would come between.
    await expect.poll(() => page.evaluate('history.state')).toBe(null);
    await page.reload();
    await connected(page);
    await page.getByRole('log').focus();
    await page.keyboard.press('?');
    await page.keyboard.press('c');
    expect(await list.isVisible()).toBe(false);
    expect(await page.getByRole('log').evaluate((log) => log.matches(':focus'))).toBe(true);
    await page.keyboard.press('Control+/');
    await list.waitFor();
    expect(await harbour.leave()).toEqual([]);
  });
});
