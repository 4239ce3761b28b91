import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Person } from '../websocket/chat-server.ts';
import { Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

describe.skipIf(hasNoBrowser)('the open pages of reports and of the audit', () => {
  let harbour: Harbour;
  let eve: Person;

  beforeAll(async () => {
    harbour = await Harbour.open();
    eve = await harbour.server.person('eve');
  });
  afterAll(() => harbour?.close());
  afterEach(async () => expect(await harbour.leave(/status of 403/)).toEqual([]));

  const posted = async (chatId: ChatId, ...texts: readonly string[]) => {
    const { postMessage } = harbour.server.app.useCases;
    const made = [];
    for (const text of texts) made.push((await postMessage(harbour.bob.actor, { chatId, text })).message);
    return made;
  };

  async function withReports(count: number) {
    const { server, ada, bob } = harbour;
    const chatId = await server.chat(ada, bob, eve);
    const messages = await posted(chatId, ...Array.from({ length: count }, (_, n) => `offer ${n + 1}`));
    const report = (n: number, by = eve, reason = 'spam') =>
      server.app.useCases.reportMessage(by.actor, { ...(messages[n] ?? expect.fail()), reason });
    return { chatId, messages, report };
  }

  it('show reports as they come and are dealt with elsewhere, and keep the focus, what is typed, and the place', async () => {
    const { chatId, messages, report } = await withReports(12);
    for (let n = 0; n < 10; n += 1) await report(n);
    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}/reports`);
    const listed = page.getByRole('list', { name: 'Reported messages' }).locator(':scope > li');
    await expect.poll(() => listed.count()).toBe(10);
    const fifth = listed.nth(4);
    await fifth.getByText('Ban', { exact: false }).first().click();
    const reason = fifth.getByRole('textbox').last();
    await reason.fill('Half a rea');
    const top = await reason.evaluate((box) => box.getBoundingClientRect().top);
    await report(10);
    await expect.poll(() => listed.count()).toBe(11);
    await report(4, harbour.ada, 'my own view');
    await fifth.getByText('my own view').waitFor();
    await harbour.server.app.useCases.dismissReports(harbour.ada.actor, messages[0] ?? expect.fail());
    await expect.poll(() => listed.count()).toBe(10);
    const kept = page.locator(`#report-${messages[4]?.position}`).getByRole('textbox').last();
    expect(await kept.inputValue()).toBe('Half a rea');
    expect(await kept.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
    // A line was added above the box, and a whole row before it was taken away.
    expect(Math.abs((await kept.evaluate((box) => box.getBoundingClientRect().top)) - top)).toBeLessThan(60);
    await page.getByRole('status').filter({ hasText: 'One new entry.' }).waitFor({ state: 'attached' });
  });

  it('keep a row that was dealt with elsewhere for as long as its reader is at work in it', async () => {
    const { chatId, messages, report } = await withReports(2);
    await report(0);
    await report(1);
    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}/reports`);
    const first = page.locator(`#report-${messages[0]?.position}`);
    await first.getByText('Ban', { exact: false }).first().click();
    const reason = first.getByRole('textbox').last();
    await reason.fill('Half');
    await harbour.server.app.useCases.dismissReports(harbour.ada.actor, messages[0] ?? expect.fail());
    await page.locator('li[data-past]').waitFor();
    expect(await reason.inputValue()).toBe('Half');
    await reason.fill('');
    await page.getByRole('link', { name: 'Audit' }).focus();
    await first.waitFor({ state: 'detached' });
  });

  it('show acts as they are done, and close when the reader is no moderator any more', async () => {
    const { chatId } = await withReports(1);
    const { setRole, setSlowMode, renameChat } = harbour.server.app.useCases;
    await setRole(harbour.ada.actor, { chatId, userId: eve.actor.user.id, role: 'moderator' });
    const { page } = await harbour.visit(eve, `/chat/${chatId}/audit`);
    const acts = page.getByRole('list', { name: 'Acts' }).getByRole('listitem');
    await expect.poll(() => acts.count()).toBe(1);
    await setSlowMode(harbour.ada.actor, { chatId, seconds: 30 });
    await expect.poll(() => acts.count()).toBe(2);
    await renameChat(harbour.ada.actor, { chatId, name: 'Quay' });
    await acts.first().getByText('Quay').waitFor();
    await setRole(harbour.ada.actor, { chatId, userId: eve.actor.user.id, role: 'member' });
    await page.getByText('Only the owner and the moderators').waitFor();
  });

  it('show the first report on an empty page', async () => {
    const { chatId, report } = await withReports(1);
    const { page } = await harbour.visit(harbour.ada, `/chat/${chatId}/reports`);
    await page.getByText('No report waits.').waitFor();
    await report(0);
    await page.getByText('offer 1').waitFor();
    expect(await page.getByText('No report waits.').count()).toBe(0);
  });
});
