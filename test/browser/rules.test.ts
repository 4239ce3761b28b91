import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { makeApplyRetention } from '../../src/application/jobs/apply-retention.ts';
import { STORAGE } from '../../src/composition/tokens.ts';
import { box, Harbour, texts } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const DAY = 86_400_000;

const storage = openMemoryStorage();
let harbour: Harbour;
beforeAll(async () => {
  if (hasNoBrowser) return;
  harbour = await Harbour.open({ RATE_LIMITS: 'off' }, (wiring) => wiring.bind(STORAGE, () => storage));
});
afterAll(async () => harbour?.close());

describe.skipIf(hasNoBrowser)('an open page of a chat', () => {
  it('says that the chat is archived, in place of the box, and leaves it out of the lists of others', async () => {
    const { useCases } = harbour.server.app;
    const chatId = await harbour.newChat();
    const other = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    const elsewhere = await harbour.enter(harbour.bob, other);
    const listed = elsewhere.locator(`.card[data-chat="${chatId}"]`);
    await listed.waitFor();
    await useCases.setArchived(harbour.ada.actor, { chatId, isArchived: true });
    await page.getByText('This chat is archived').waitFor();
    await box(page).waitFor({ state: 'hidden' });
    await listed.waitFor({ state: 'detached' });
    await useCases.setArchived(harbour.ada.actor, { chatId, isArchived: false });
    await box(page).waitFor();
    await listed.waitFor();
    expect(await harbour.leave()).toEqual([]);
  });

  it('loses what is older than the chat keeps it, with what replies quote of it, and goes on', async () => {
    const { server, clock, ada, bob } = harbour;
    const { postMessage, setRetention } = server.app.useCases;
    const chatId = await harbour.newChat();
    await harbour.say(chatId, ada, 'Old', 'Older than a day');
    clock.advance(2 * DAY);
    await postMessage(bob.actor, { chatId, text: 'I agree', replyTo: 3 });
    const page = await harbour.enter(ada, chatId);
    await page.locator('[data-quoted]').waitFor();
    await setRetention(ada.actor, { chatId, days: 1 });
    await page.getByText('kept 1 day').waitFor();
    const erase = makeApplyRetention({ ...storage, clock, broadcast: server.broadcast, blobs: makeMemoryBlobs() });
    await erase({ kind: 'apply_retention', chatId, version: 1 }, { isLast: false });
    await expect.poll(() => texts(page)).toEqual(['I agree']);
    await page.locator('[data-quoted]').waitFor({ state: 'detached' });
    expect(await page.locator('.log-rows .day').count()).toBe(1);
    await harbour.say(chatId, bob, 'New');
    await expect.poll(() => texts(page)).toEqual(['I agree', 'New']);
    expect(await harbour.leave()).toEqual([]);
  });

  it('says where else somebody signed in with the account, until its reader has seen it', async () => {
    const page = await harbour.enter(harbour.ada, await harbour.newChat());
    await harbour.server.person('ada');
    const notice = page.getByRole('alert').filter({ hasText: 'New sign-in: Firefox on Linux, address 192.0.2.1' });
    await notice.waitFor();
    expect(await notice.getByRole('link').getAttribute('href')).toBe('/account/sessions');
    await notice.getByRole('button', { name: 'It was me' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(await harbour.leave()).toEqual([]);
  });
});
