import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, PATIENCE_MS, Town } from './town.ts';

describe.each(ENGINES)('in $name', { timeout: PATIENCE_MS }, (engine) => {
  let town: Town;
  beforeAll(async () => {
    if (!engine.isMissing) town = await Town.found(engine);
  });
  afterEach(() => town?.leave());
  afterAll(() => town?.fall());

  it.skipIf(engine.isMissing)('somebody signs in, starts a chat, invites, talks, switches and logs out', async () => {
    const page = await town.signedIn('ada');
    await page.click('button', 'New chat');
    await page.dialog('Start a chat');
    await page.tab.type('Quay');
    await page.press('Enter');
    await page.until(`location.pathname.startsWith('/chat/')`);
    await page.isConnected();
    const chatId = Number((await page.look<string>('location.pathname')).split('/')[2]);

    await page.click('button', 'Create invite link');
    await page.dialog('Bring someone in');
    const link = await page.until<string>(`all('textbox', 'Link')[0].value`);
    await page.press('Escape');
    await page.hasNoDialog();
    const bob = await town.server.signIn('bob');
    await town.server.fetch(new URL(link).pathname, { headers: { cookie: bob } });
    await page.sees('bob joined');
    await page.sees('2 members');

    await page.fill('Message', 'Ahoy <i>bob</i> 🐟');
    await page.press('Enter');
    // Shown at once, and stored a moment later.
    await expect.poll(() => town.history(chatId, bob)).toEqual(['bob joined', 'Ahoy <i>bob</i> 🐟']);
    await town.post(chatId, bob, 'Ahoy yourself');
    await page.says('Ahoy <i>bob</i> 🐟', 'Ahoy yourself');
    expect(await town.history(chatId, bob)).toEqual(['bob joined', 'Ahoy <i>bob</i> 🐟', 'Ahoy yourself']);

    const other = await town.server.newChat(await town.server.signIn('ada'));
    await page.goto(`/chat/${other}`);
    await page.isConnected();
    await page.press('Control+k');
    await page.dialog('Go to a chat');
    await page.tab.type('qua');
    await page.press('Enter');
    await page.isAt(`/chat/${chatId}`);
    await page.isConnected();
    await page.click('button', '2 members');
    await page.dialog('Members');
    await page.until(`all('button', 'Remove bob').length > 0`);
    await page.press('Escape');
    await page.hasNoDialog();

    await page.click('button', 'Log out');
    await page.isAt('/auth');
  });
});
