import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { box, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open({ RATE_LIMITS: 'off' });
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
