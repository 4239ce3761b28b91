import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stopClock } from './harbour.ts';
import { LocalServer } from './local-server.ts';
import { hasNoBrowser, launch, type Visit, visit } from './visit.ts';

let browser: Browser;
let server: LocalServer;
let cookies: { readonly ada: string; readonly bob: string };
let chat: number;
let visits: Visit[] = [];

beforeAll(async () => {
  if (hasNoBrowser) return;
  server = await LocalServer.start();
  browser = await launch();
  cookies = { ada: await server.signIn('ada'), bob: await server.signIn('bob') };
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
/** Ada's harbour, with Bob in it. */
beforeEach(async () => {
  if (hasNoBrowser) return;
  for (const { context } of visits) await context.close();
  visits = [];
  chat = z.object({ id: z.number() }).parse(await post('/newchat', cookies.ada, { chat_name: 'Harbour' })).id;
  const { code } = z.object({ code: z.string() }).parse(await post(`/create_invite/${chat}`, cookies.ada, {}));
  await server.fetch(`/invite/${code}`, { headers: { cookie: cookies.bob }, redirect: 'manual' });
});

async function post(path: string, cookie: string, value: unknown): Promise<unknown> {
  const headers = { cookie, 'content-type': 'application/json' };
  const response = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(value) });
  expect([path, response.status]).toEqual([path, 201]);
  return response.json();
}

/** The page of the harbour, once it is live. */
async function inHarbour(cookie: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const visited = await visit(browser, server.url, cookie);
  visits.push(visited);
  await prepare?.(visited.page);
  await visited.page.goto(`/chat/${chat}`);
  await visited.page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });
  return visited.page;
}

const problems = () => visits.flatMap((visited) => visited.problems);
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Members' });
const notice = (page: Page, text: string) => page.getByRole('log').getByRole('article').filter({ hasText: text });

async function openMembers(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /\d members?/ }).click();
  await dialogOf(page).getByRole('list', { name: 'Members' }).waitFor();
  return dialogOf(page);
}

/** By the keyboard alone, as often as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

describe.skipIf(hasNoBrowser)('the members of a chat', () => {
  it('are named and counted in the header, with those who are online, live', async () => {
    const ada = await inHarbour(cookies.ada);
    await ada.getByText('1 online').waitFor();
    const bob = await visit(browser, server.url, cookies.bob);
    visits.push(bob);
    // Whatever page he has open.
    await bob.page.goto('/');
    await ada.getByText('2 online').waitFor();
    await bob.context.close();
    await ada.getByText('1 online').waitFor();
    expect(await ada.getByRole('button', { name: '2 members' }).count()).toBe(1);
    expect(problems()).toEqual([]);
  });

  it('AZ-4: are removed by the owner; the page of who was removed says so and stops', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    const dialog = await openMembers(ada);
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/ada\s+Owner\s+You/),
      expect.stringMatching(/^B\s+bob\s+Message\s+bob\s+Role\s+of\s+bob\s+Block\s+bob\s+Remove\s+bob/),
    ]);
    await dialog.getByText('Remove bob').first().click();
    await dialog.getByRole('button', { name: 'Remove bob' }).click();
    await dialog.getByRole('status').filter({ hasText: 'bob was removed.' }).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(1);

    await bob.getByText('You are not in this chat any more.').first().waitFor();
    await bob.getByRole('link', { name: 'To your chats' }).waitFor();
    await notice(ada, 'ada removed bob').waitFor();
    await ada.getByText('1 member', { exact: true }).waitFor();
    expect(await notice(bob, 'removed').count()).toBe(0);
    await bob.getByRole('link', { name: 'To your chats' }).click();
    await bob.waitForURL('/');
    expect(await bob.locator(`a[href="/chat/${chat}"]`).count()).toBe(0);
    expect(problems()).toEqual([]);
  });

  it('AZ-6: are banned with their recent messages; the ban is listed and lifted', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    await bob.getByRole('textbox', { name: 'Message' }).fill('buy this');
    await bob.keyboard.press('Enter');
    await ada.getByRole('article').filter({ hasText: 'buy this' }).waitFor();
    const dialog = await openMembers(ada);
    await dialog.locator('summary', { hasText: 'Ban bob' }).click();
    await dialog.getByLabel('Banned').selectOption('For a day');
    const form = dialog.locator('form[action$="/ban"]');
    await form.getByLabel('Their messages').selectOption('Delete those of the last hour');
    await form.getByLabel('Reason').fill('spam');
    await form.getByRole('button', { name: 'Ban bob' }).click();
    await dialog.getByRole('status').filter({ hasText: 'bob is banned.' }).waitFor();
    await dialog.getByRole('list', { name: 'Banned' }).getByText('spam. By ada, until').waitFor();
    await bob.getByText('You are not in this chat any more.').first().waitFor();
    await notice(ada, 'ada banned bob').waitFor();
    await ada.getByRole('article').filter({ hasText: 'buy this' }).waitFor({ state: 'detached' });
    expect(await ada.getByText('Message deleted').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Lift ban of bob' }).click();
    await dialog.getByRole('status').filter({ hasText: 'The ban of bob is lifted.' }).waitFor();
    expect(await dialog.getByRole('list', { name: 'Banned' }).count()).toBe(0);
    expect(problems()).toEqual([]);
  });

  it('MO-1: are told under the box how often they may write, and when again; a text that comes too early stays', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    const dialog = await openMembers(ada);
    await dialog.locator('summary', { hasText: 'Slow mode' }).click();
    await dialog.getByLabel('Members may write').selectOption('Once an hour');
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await dialog.getByRole('status').filter({ hasText: 'Slow mode is set.' }).waitFor();
    await bob.getByText('Slow mode: one message in 1 hour.').waitFor();
    for (const text of ['first', 'too early']) {
      await bob.getByRole('textbox', { name: 'Message' }).fill(text);
      await bob.keyboard.press('Enter');
    }
    await bob.locator('.composer').getByText('Slow mode: you can write again in').waitFor();
    const row = bob.getByRole('article').filter({ hasText: 'too early' });
    await row.getByText('Slow mode: you can write again in').waitFor();
    await row.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await ada.locator('[data-slow-hint]:visible').count()).toBe(0);
    expect(problems()).toEqual([]);
  });

  it('MO-2, MO-3: report a message from its menu; the owner dismisses the report, and undoes that', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    await ada.getByRole('textbox', { name: 'Message' }).fill('rude words');
    await ada.keyboard.press('Enter');
    const row = bob.getByRole('article').filter({ hasText: 'rude words' });
    await row.locator('.bubble').hover();
    await bob.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'More actions' }).click();
    await bob.getByRole('dialog', { name: 'Message actions' }).getByRole('button', { name: 'Report' }).click();
    const dialog = bob.getByRole('dialog', { name: 'Report the message of ada?' });
    await dialog.getByLabel('Reason').fill('rude');
    await dialog.getByRole('button', { name: 'Report' }).click();
    await bob.getByText('Reported to the owner and the moderators').waitFor();
    await ada.goto(`/chat/${chat}/reports`);
    await ada.getByText('bob: rude').waitFor();
    await ada.getByRole('button', { name: 'Dismiss' }).click();
    await ada.getByText('No report waits.').waitFor();
    await ada.getByRole('link', { name: 'Audit' }).click();
    await ada.getByRole('button', { name: 'Undo' }).click();
    await ada.getByText('Undone', { exact: true }).waitFor();
    await ada.getByRole('link', { name: 'Reports' }).click();
    await ada.getByText('bob: rude').waitFor();
    expect(problems()).toEqual([]);
  });

  it('become moderators by the owner, and can do what moderators do without loading the page again', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    await ada.getByRole('textbox', { name: 'Message' }).fill('of the owner');
    await ada.keyboard.press('Enter');
    const row = bob.getByRole('article').filter({ hasText: 'of the owner' });
    await row.waitFor();
    const dialog = await openMembers(ada);
    await dialog.locator('summary', { hasText: 'Role of bob' }).click();
    await dialog.getByRole('button', { name: 'Make bob a moderator' }).click();
    await dialog.getByRole('status').filter({ hasText: 'The role of bob is changed.' }).waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'Moderator' }).filter({ hasText: 'bob' }).first().waitFor();
    await notice(bob, 'ada made bob a moderator').waitFor();
    await expect.poll(() => bob.locator('main').getAttribute('data-role')).toBe('moderator');
    await row.locator('.bubble').hover();
    await bob.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'More actions' }).click();
    await bob.getByRole('dialog', { name: 'Message actions' }).getByRole('button', { name: 'Delete' }).waitFor();
    expect(problems()).toEqual([]);
  });

  it('see a new name at once in the header, the title and the list of chats', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    const dialog = await openMembers(ada);
    const name = '“Quay” <b>&';
    await dialog.getByLabel('Name of the chat').fill(name);
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await dialog
      .getByRole('status')
      .filter({ hasText: `The chat is called ${name} now.` })
      .waitFor();
    for (const page of [ada, bob]) {
      await page.locator('h1').filter({ hasText: name }).waitFor();
      expect(await page.title()).toBe(`${name} · Shoal`);
      expect(await page.locator('.card-link[aria-current] .card-name').textContent()).toBe(name);
      expect(await page.getByRole('textbox', { name: 'Message' }).getAttribute('placeholder')).toBe(`Write to ${name}`);
    }
    await notice(bob, `ada renamed the chat to “${name}”`).waitFor();
    expect(problems()).toEqual([]);
  });

  it('are told why a name is not taken, beside the field', async () => {
    const ada = await inHarbour(cookies.ada);
    const dialog = await openMembers(ada);
    const field = dialog.getByLabel('Name of the chat');
    await field.fill('x'.repeat(81));
    await field.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: '1 to 80 characters' }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await ada.locator('h1').textContent()).toBe('Harbour');
  });

  it('leave after a second thought, and find the chat gone from their list', async () => {
    const [ada, bob] = [await inHarbour(cookies.ada), await inHarbour(cookies.bob)];
    const dialog = await openMembers(bob);
    expect(await dialog.getByLabel('Name of the chat').count()).toBe(0);
    expect(await dialog.getByText('Remove').count()).toBe(0);
    await dialog.getByText('Leave this chat').click();
    await dialog.getByText('You will need an invite to come back.').waitFor();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await bob.waitForURL('/');
    expect(await bob.locator(`a[href="/chat/${chat}"]`).count()).toBe(0);
    await notice(ada, 'bob left').waitFor();
    expect(problems()).toEqual([]);
  });

  it('are opened by a mention, by pointer and Enter, also in an own message', async () => {
    const ada = await inHarbour(cookies.ada);
    await ada.getByRole('textbox', { name: 'Message' }).fill('Ahoy @bob');
    await ada.keyboard.press('Enter');
    const mention = ada.getByRole('log').getByRole('link', { name: '@bob' });
    const lit = dialogOf(ada).locator('[aria-current]');
    await mention.click();
    await expect.poll(() => lit.innerText()).toMatch(/^B\s+bob/);
    await expect.poll(() => lit.evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true);
    await ada.keyboard.press('Escape');
    await dialogOf(ada).waitFor({ state: 'hidden' });
    await mention.focus();
    await ada.keyboard.press('Enter');
    await expect.poll(() => lit.innerText()).toMatch(/^B\s+bob/);
    expect(problems()).toEqual([]);
  });

  it('are reached, and left, by keys alone', async () => {
    const ada = await inHarbour(cookies.ada);
    const opener = ada.locator('.chat-facts');
    await tabTo(ada, opener);
    await ada.keyboard.press('Enter');
    const dialog = dialogOf(ada);
    await dialog.getByRole('list', { name: 'Members' }).waitFor();
    await tabTo(ada, dialog.locator('summary', { hasText: 'Remove bob' }));
    await ada.keyboard.press('Enter');
    await tabTo(ada, dialog.getByRole('button', { name: 'Remove bob' }));
    await ada.keyboard.press('Enter');
    await dialog.getByRole('status').filter({ hasText: 'bob was removed.' }).waitFor();
    // Whoever removed somebody is still in the dialog, and not at the top of the page.
    expect(
      await ada.locator('#members-title').evaluate((element) => element === element.ownerDocument.activeElement),
    ).toBe(true);
    await ada.keyboard.press('Escape');
    expect(await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await tabTo(ada, opener);
    await ada.keyboard.press('Enter');
    await dialog.getByRole('list', { name: 'Members' }).waitFor();
    await tabTo(ada, dialog.locator('summary', { hasText: 'Leave' }));
    await ada.keyboard.press('Enter');
    await dialog.getByText('You are the last one here').waitFor();
    await tabTo(ada, dialog.getByRole('button', { name: 'Leave' }));
    await ada.keyboard.press('Enter');
    await ada.waitForURL('/');
    expect(problems()).toEqual([]);
  });

  it('can all of it without script', async () => {
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
    const [name = '', value = ''] = cookies.ada.split('=');
    await context.addCookies([{ name, value, url: server.url }]);
    const page = await context.newPage();
    await page.goto(`/chat/${chat}`);
    await page.getByRole('button', { name: '2 members' }).click();
    await page.getByLabel('Name of the chat').fill('Quay');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.waitForURL(`/chat/${chat}`);
    await page.getByRole('heading', { name: 'Quay' }).waitFor();
    await page.getByRole('button', { name: '2 members' }).click();
    await page.getByText('Remove bob').first().click();
    await page.getByRole('button', { name: 'Remove bob' }).click();
    await page.getByText('1 member', { exact: true }).waitFor();
    await page.getByText('Leave this chat').click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL('/');
    expect(await page.locator(`a[href="/chat/${chat}"]`).count()).toBe(0);
    await context.close();
  });
});

describe.skipIf(hasNoBrowser)('an invite link', () => {
  it('is copied, says how long it works, and closes with Escape', async () => {
    const ada = await inHarbour(cookies.ada);
    await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tabTo(ada, ada.getByRole('button', { name: 'Create invite link' }));
    await ada.keyboard.press('Enter');
    const dialog = ada.getByRole('dialog', { name: 'Bring someone in' });
    const link = await dialog.getByLabel('Link').inputValue();
    expect(link).toMatch(new RegExp(`^${server.url}invite/[\\w-]{43}$`));
    await tabTo(ada, dialog.getByRole('button', { name: 'Copy' }));
    await stopClock(ada);
    await ada.keyboard.press('Enter');
    await dialog.getByText('Copied').waitFor();
    await ada.clock.resume();
    expect(await ada.evaluate<string>('navigator.clipboard.readText()')).toBe(link);
    const words = (await dialog.getByText('Anybody who opens it').innerText()).replace(/\s+/g, ' ');
    expect(words).toMatch(/^Anybody who opens it can join until .*\d{4}.*\d:\d\d.*\. It ends sooner if you leave/);
    await ada.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(problems()).toEqual([]);
  });

  it('is shared by the system where the system can, and not offered to be where it cannot', async () => {
    const canShare = await inHarbour(cookies.ada, (page) =>
      page.addInitScript('navigator.share = async (data) => { globalThis.shared = data; }'),
    );
    await canShare.getByRole('button', { name: 'Create invite link' }).click();
    await expect.poll(() => canShare.getByLabel('Link').inputValue()).not.toBe('');
    const link = await canShare.getByLabel('Link').inputValue();
    await canShare.getByRole('button', { name: 'Share' }).click();
    expect(await canShare.evaluate('globalThis.shared')).toEqual({ title: 'Harbour', url: link });

    const cannot = await inHarbour(cookies.bob, (page) => page.addInitScript('delete Navigator.prototype.share'));
    await cannot.getByRole('button', { name: 'Create invite link' }).click();
    await cannot.getByRole('button', { name: 'Copy' }).waitFor();
    expect(await cannot.getByRole('button', { name: 'Share' }).count()).toBe(0);
    expect(problems()).toEqual([]);
  });

  it('opened from elsewhere names the chat and how many are in it, and asks', async () => {
    const { code } = z.object({ code: z.string() }).parse(await post(`/create_invite/${chat}`, cookies.ada, {}));
    const cyd = await visit(browser, server.url, await server.signIn('cyd'));
    visits.push(cyd);
    await cyd.page.setContent(`<a href="${server.url}invite/${code}">Come in</a>`);
    await cyd.page.getByRole('link').click();
    await cyd.page.getByRole('heading', { name: 'Join Harbour?' }).waitFor();
    await cyd.page.getByText('ada invites you. 2 people are in this chat. You join as cyd.').waitFor();
    await cyd.page.getByRole('button', { name: 'Join' }).click();
    await cyd.page.waitForURL(`/chat/${chat}`);
    await notice(cyd.page, 'cyd joined').waitFor();
  });

  it('lets a member set of which messages they are notified, at once and on other devices', async () => {
    const bob = await inHarbour(cookies.bob);
    const dialog = await openMembers(bob);
    const level = dialog.getByRole('combobox', { name: 'Notify me of' });
    expect(await level.inputValue()).toBe('mentions');
    await level.selectOption('Nothing');
    await dialog.getByRole('combobox', { name: 'Mute' }).selectOption('For 8 hours');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('status').filter({ hasText: 'Notifications saved.' }).waitFor();
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByText(/^Muted until /).waitFor();
    const elsewhere = await openMembers(await inHarbour(cookies.bob));
    expect(await elsewhere.getByRole('combobox', { name: 'Notify me of' }).inputValue()).toBe('nothing');
    expect(problems()).toEqual([]);
  });

  it('are written to in a direct chat, which has no invites, and which leaving hides until the next message', async () => {
    const bob = await inHarbour(cookies.bob);
    const ada = await inHarbour(cookies.ada);
    const dialog = await openMembers(ada);
    expect(await dialog.getByRole('button', { name: 'Message ada' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Message bob' }).click();
    await ada.getByRole('heading', { name: 'bob', level: 1 }).waitFor();
    expect(await ada.getByRole('button', { name: 'Create invite link' }).count()).toBe(0);
    const chats = bob.getByRole('navigation', { name: 'Chats' });
    await chats.getByRole('link', { name: 'ada', exact: true }).click();
    await bob.getByRole('heading', { name: 'ada', level: 1 }).waitFor();
    const inDirect = await openMembers(bob);
    expect(await inDirect.getByRole('button', { name: /^Message/ }).count()).toBe(0);
    await inDirect.getByText('Leave this chat').click();
    await inDirect.getByRole('button', { name: 'Leave', exact: true }).click();
    await bob.getByRole('link', { name: 'Harbour', exact: true }).first().waitFor();
    expect(await bob.getByRole('link', { name: 'ada', exact: true }).count()).toBe(0);
    await ada.getByRole('textbox').first().fill('psst');
    await ada.keyboard.press('Enter');
    await notice(ada, 'psst').waitFor();
    await expect
      .poll(async () => {
        await bob.reload();
        return bob.getByRole('link', { name: 'ada', exact: true }).count();
      })
      .toBeGreaterThan(0);
    expect(problems()).toEqual([]);
  });

  it('are blocked and unblocked in the list of members, and written to from the switcher', async () => {
    const ada = await inHarbour(cookies.ada);
    const dialog = await openMembers(ada);
    const bob = dialog.getByRole('listitem').filter({ hasText: 'bob' });
    await bob.locator('summary').filter({ hasText: 'Block bob' }).click();
    await bob.getByRole('button', { name: 'Block bob' }).click();
    await dialog.getByRole('status').filter({ hasText: 'You block bob now.' }).waitFor();
    await bob.getByRole('button', { name: 'Unblock bob' }).click();
    await dialog.getByRole('status').filter({ hasText: 'You do not block bob any more.' }).waitFor();
    await ada.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await ada.keyboard.press('Control+k');
    await ada.getByRole('combobox', { name: 'Chat' }).fill('nobody here');
    await ada.getByRole('option', { name: 'Write to nobody here' }).click();
    await ada.getByText('You can only write to people with whom you share a chat.').waitFor();
    await ada.getByRole('combobox', { name: 'Chat' }).fill('bob');
    await ada.getByRole('option', { name: 'Write to bob' }).click();
    await ada.getByRole('heading', { name: 'bob', level: 1 }).waitFor();
    const inDirect = await openMembers(ada);
    await inDirect.getByRole('textbox', { name: 'Add a person' }).waitFor();
    // The refused request is logged by the browser.
    expect(problems().filter((problem) => !problem.includes('403'))).toEqual([]);
  });
});
