import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../src/domain/messages/message.ts';
import { anotherTab, box, connected, goOffline, Harbour, OFFLINE, rows, stopClock, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** Everything the page remembers of its reader. */
const STORED = 'Object.keys(localStorage).filter((key) => key.startsWith("shoal:")).sort()';

describe.skipIf(hasNoBrowser)('sending', () => {
  it('paints the row within 50 ms of the key, as pending, and makes it the stored one in place', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await page.evaluate(`{
      globalThis.seen = [];
      globalThis.painted = [];
      const rows = document.querySelector('.log-rows');
      let pressed = 0;
      addEventListener('keydown', () => { pressed = performance.now(); }, true);
      // The window hears of the key after all of the page.
      addEventListener('keydown', () => {
        const { state } = rows.querySelector('article:last-of-type').dataset;
        painted.push({ state, ms: performance.now() - pressed });
      });
      new MutationObserver(() => {
        const row = rows.querySelector('article:last-of-type');
        globalThis.row ??= row;
        seen.push({ state: row.dataset.state ?? 'stored', isSame: row === globalThis.row });
      }).observe(rows, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-state', 'data-revision'] });
    }`);
    // The row before is the notice of who joined.
    await page.evaluate('globalThis.row = undefined');
    await type(page, 'Ahoy');
    await page.locator('article[data-position="2"]').waitFor();
    const seen = await page.evaluate<{ state: string; isSame: boolean }[]>('seen');
    expect(seen[0]?.state).toBe('pending');
    expect(seen.at(-1)).toMatchObject({ state: 'stored', isSame: true });
    expect(await texts(page)).toEqual(['Ahoy']);
    expect(await box(page).inputValue()).toBe('');
    expect(await box(page).evaluate((element) => element.matches(':focus'))).toBe(true);

    await type(page, 'one', 'two', 'three');
    const painted = await page.evaluate<{ state: string; ms: number }[]>('painted');
    expect(painted.map(({ state }) => state)).toEqual(Array(4).fill('pending'));
    // A machine that is busy with other things may hold up any one of them.
    expect(Math.min(...painted.map(({ ms }) => ms))).toBeLessThan(50);
    expect(await harbour.leave()).toEqual([]);
  });

  it('sends nothing of white space, and paints nothing', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await type(page, ' \t ', 'said');
    await rows(page).filter({ hasText: 'said' }).waitFor();
    expect(await texts(page)).toEqual(['said']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('breaks the line by Shift+Enter, and never sends while a word is composed', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await box(page).pressSequentially('one');
    await box(page).press('Shift+Enter');
    await box(page).pressSequentially('two');
    await page.evaluate(`{
      const enter = { key: 'Enter', bubbles: true, cancelable: true };
      for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...enter, ...composing }));
      }
    }`);
    expect(await box(page).inputValue()).toBe('one\ntwo');
    await box(page).press('Enter');
    await rows(page).filter({ hasText: 'two' }).waitFor();
    expect(await texts(page)).toEqual(['one\ntwo']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('grows the box to 40 % of the window, and then scrolls inside', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    const height = async () => (await box(page).boundingBox())?.height ?? 0;
    const small = await height();
    await box(page).fill('line\n'.repeat(4));
    expect(await height()).toBeGreaterThan(small + 60);
    await box(page).fill('line\n'.repeat(60));
    expect(await height()).toBeCloseTo(0.4 * 800, 0);
    expect(await box(page).evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    expect(await harbour.leave()).toEqual([]);
  });

  it('says how much room is left near the end of it, and keeps what is too long', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await box(page).fill('x'.repeat(9_500));
    await page.getByText('500 characters left').waitFor();
    await box(page).fill('🐟'.repeat(10_001));
    await page.getByText('1 characters too long').waitFor();
    await box(page).press('Enter');
    await page.getByRole('alert').filter({ hasText: 'at most 10,000' }).waitFor();
    expect(await box(page).inputValue()).toHaveLength(20_002);
    expect(await harbour.leave()).toEqual([]);
  });

  it('GS-3: what is written offline survives a reload and arrives once, in order', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    const context = page.context();
    await goOffline(page);
    await type(page, 'one', 'two', 'three');
    expect(await page.locator('article[data-state="pending"]').count()).toBe(3);
    await context.setOffline(false);
    await page.reload();
    await connected(page);
    await page.locator('article[data-position="4"]').waitFor();
    expect(await texts(page)).toEqual(['one', 'two', 'three']);
    const { messages } = await harbour.server.app.useCases.readHistory(harbour.bob.actor, {
      chatId,
      before: undefined,
      limit: 50,
    });
    expect(messages.map(textOf)).toEqual(['bob joined', 'one', 'two', 'three']);
    expect(await page.evaluate(STORED)).not.toContainEqual(expect.stringContaining('outbox'));
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('GS-3: what is written in a tab that is closed is sent by the one that is left, once', async () => {
    const chatId = await harbour.newChat();
    const first = await harbour.enter(harbour.ada, chatId);
    const context = first.context();
    const second = await anotherTab(context, first.url());
    await goOffline(first);
    await type(first, 'one', 'two');
    await second.locator('article[data-state="pending"]').nth(1).waitFor();
    await first.close();
    await context.setOffline(false);
    await second.locator('article[data-position="3"]').waitFor();
    await connected(second);
    expect(await texts(second)).toEqual(['one', 'two']);
    expect(await second.evaluate(STORED)).not.toContainEqual(expect.stringContaining('outbox'));
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('offers Retry, Delete and Copy where a post failed, and ↑ to write it anew', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    // As the server would refuse it, were the client's own check older than the server's.
    await page.evaluate(`{
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (text) {
        send.call(this, text.replace('"refuse me"', '" "'));
      };
    }`);
    await type(page, 'refuse me');
    const failed = page.locator('article[data-state="failed"]');
    await failed.waitFor();
    // As on a site without HTTPS, which has no other way to copy than what is selected.
    await page.evaluate(`{
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => { globalThis.copied = String(getSelection()); });
    }`);
    await stopClock(page);
    await failed.getByRole('button', { name: 'Copy' }).click();
    await failed.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('copied')).toBe('refuse me');
    await page.clock.resume();
    await failed.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await failed.getByRole('button', { name: 'Retry' }).click();
    await failed.waitFor();
    expect(await failed.count()).toBe(1);

    await box(page).press('ArrowUp');
    expect(await box(page).inputValue()).toBe('refuse me');
    await box(page).press('Escape');
    expect(await box(page).inputValue()).toBe('');
    await box(page).press('ArrowUp');
    await box(page).fill('accept me');
    await box(page).press('Enter');
    await rows(page).filter({ hasText: 'accept me' }).waitFor();
    expect(await failed.count()).toBe(0);

    await type(page, 'refuse me');
    await failed.getByRole('button', { name: 'Delete' }).click();
    expect(await texts(page)).toEqual(['accept me']);
    expect(await harbour.leave()).toEqual([]);
  });
});

describe.skipIf(hasNoBrowser)('a draft', () => {
  it('is there again after another chat and a reload, and marked in the list', async () => {
    const [chatId, other] = [await harbour.newChat(), await harbour.newChat()];
    const page = await harbour.enter(harbour.ada, chatId);
    await box(page).fill('Not yet');
    await page.goto(`/chat/${other}`);
    const marked = page.getByRole('navigation', { name: 'Chats' }).getByRole('listitem').filter({ hasText: 'Draft' });
    await marked.waitFor();
    expect(await marked.getByRole('link').getAttribute('href')).toBe(`/chat/${chatId}`);
    await page.goto(`/chat/${chatId}`);
    expect(await box(page).inputValue()).toBe('Not yet');
    await page.reload();
    await connected(page);
    expect(await box(page).inputValue()).toBe('Not yet');
    await box(page).press('Enter');
    await page.goto(`/chat/${other}`);
    expect(await marked.count()).toBe(0);
    expect(await harbour.leave()).toEqual([]);
  });

  it('is all that is kept when one logs out', async () => {
    const chatId = await harbour.newChat();
    const person = await harbour.server.person('ada');
    const page = await harbour.enter(person, chatId);
    await box(page).fill('Private');
    const draft = expect.stringMatching(/^shoal:[\w-]+:draft:/);
    expect(await page.evaluate(STORED)).toEqual([expect.stringMatching(/:chats:/), draft]);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('/auth');
    expect(await page.evaluate(STORED)).toEqual([draft]);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('of a version that did not know whose it was is dropped, and shown to nobody', async () => {
    const chatId = await harbour.newChat();
    const { page } = await harbour.visit(harbour.ada, '/auth');
    const { id } = harbour.ada.actor.user;
    await page.evaluate(`localStorage.setItem("shoal:private:draft:${id}:${chatId}", "Whose?")`);
    await page.goto(`/chat/${chatId}`);
    await connected(page);
    expect(await box(page).inputValue()).toBe('');
    expect(await page.evaluate(STORED)).not.toContainEqual(expect.stringContaining('private'));
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('does not keep anybody from writing where there is no room to keep it', async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await page.evaluate('Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }');
    await type(page, 'still here');
    await page.locator('article[data-position="2"]').waitFor();
    expect(await texts(page)).toEqual(['still here']);
    expect(await harbour.leave()).toEqual([]);
  });
});
