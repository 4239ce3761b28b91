import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../../src/domain/ids.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { box, connected, goOffline, Harbour, OFFLINE, type } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(() => harbour?.close());

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const picture = { name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') };

const tray = (page: Page) => page.getByRole('list', { name: 'Files to send' });
const trayRows = (page: Page) => tray(page).getByRole('listitem');

async function pick(page: Page, ...files: readonly (typeof notes)[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('link', { name: 'Send files' }).click();
  await (await chooser).setFiles([...files]);
}

async function aChat(): Promise<{ readonly page: Page; readonly chatId: ChatId }> {
  const chatId = await harbour.newChat();
  await harbour.read(chatId, harbour.ada);
  return { page: await harbour.enter(harbour.ada, chatId), chatId };
}

/** The name and text of what bob has received. */
async function received(chatId: ChatId): Promise<readonly unknown[]> {
  const { messages } = await harbour.server.app.useCases.readHistory(harbour.bob.actor, { chatId, limit: 50 });
  const said = (message: Message) =>
    message.kind === 'text' ? [[message.text, ...message.files.map(({ name }) => name)]] : [];
  return messages.flatMap(said);
}

/** Uploads wait until the test lets them go on. */
async function holdUploads(page: Page): Promise<readonly Route[]> {
  const held: Route[] = [];
  await page.route('**/files', (route) =>
    route.request().method() === 'POST' ? void held.push(route) : route.continue(),
  );
  return held;
}

/** What the page gets with a paste or a drop. */
const bring = (page: Page, { on, kind, name }: { on: string; kind: 'paste' | 'drag' | 'drop'; name: string }) =>
  page.evaluate(`(() => {
    const element = document.querySelector('${on}');
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob('${PIXEL}'), (sign) => sign.charCodeAt(0));
    transfer.items.add(new File([bytes], '${name}', { type: 'image/png' }));
    const send = (type, init) => element.dispatchEvent(new (type === 'paste' ? ClipboardEvent : DragEvent)(type, { bubbles: true, cancelable: true, ...init }));
    if ('${kind}' === 'paste') return void send('paste', { clipboardData: transfer });
    send('dragenter', { dataTransfer: transfer });
    // The script is loaded once something is dragged over the page.
    return new Promise((dropped) => {
      const over = () => {
        if (send('dragover', { dataTransfer: transfer })) return void setTimeout(over, 20);
        if ('${kind}' === 'drop') send('drop', { dataTransfer: transfer });
        dropped();
      };
      over();
    });
  })()`);

describe.skipIf(hasNoBrowser)('the tray of files', () => {
  it('sends several files that were picked, with the text of the box', async () => {
    const { page, chatId } = await aChat();
    await pick(page, picture, notes);
    await expect.poll(() => trayRows(page).count()).toBe(2);
    await expect.poll(() => tray(page).locator('progress:visible').count()).toBe(0);
    expect(await tray(page).innerText()).toMatch(/cat\.png.*70 bytes.*notes\.txt.*5 bytes/s);
    await type(page, 'look');
    await tray(page).waitFor({ state: 'detached' });
    await page.getByRole('img', { name: 'cat.png' }).waitFor();
    expect(await received(chatId)).toEqual([['look', 'cat.png', 'notes.txt']]);
    expect([await box(page).inputValue(), await harbour.leave()]).toEqual(['', []]);
  });

  it('asks for what an image shows, and sends it with the message', async () => {
    const { page, chatId } = await aChat();
    await pick(page, picture, notes);
    await expect.poll(() => tray(page).locator('progress:visible').count()).toBe(0);
    const field = tray(page).getByRole('textbox');
    expect(await field.count()).toBe(1);
    await page.getByRole('textbox', { name: 'What cat.png shows, optional' }).fill('A cat on a mat');
    await field.press('Enter');
    await page.getByRole('img', { name: 'A cat on a mat' }).waitFor();
    expect([await received(chatId), await harbour.leave()]).toEqual([[['', 'cat.png', 'notes.txt']], []]);
  });

  it('shows how far a file has come, and sends the message once all have arrived', async () => {
    const { page, chatId } = await aChat();
    const held = await holdUploads(page);
    await pick(page, notes);
    await tray(page).getByRole('progressbar', { name: 'Sending notes.txt' }).waitFor();
    await type(page, 'here');
    await expect.poll(() => held.length).toBe(1);
    expect(await received(chatId)).toEqual([]);
    await held[0]?.continue();
    await expect.poll(() => received(chatId)).toEqual([['here', 'notes.txt']]);
    expect(await harbour.leave()).toEqual([]);
  });

  it('cancels a file that is on its way, and sends the others', async () => {
    const { page, chatId } = await aChat();
    const held = await holdUploads(page);
    await pick(page, picture, notes);
    await expect.poll(() => held.length).toBe(2);
    await type(page, 'one of two');
    await tray(page).getByRole('button', { name: 'Remove cat.png' }).click();
    await expect.poll(() => trayRows(page).count()).toBe(1);
    for (const route of held) await route.continue().catch(() => undefined);
    await expect.poll(() => received(chatId)).toEqual([['one of two', 'notes.txt']]);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('says why a file has failed, and sends it again, and no file twice', async () => {
    const { page, chatId } = await aChat();
    const sent: string[] = [];
    await page.route('**/files', async (route) => {
      const name = decodeURIComponent((await route.request().headerValue('x-file-name')) ?? '');
      sent.push(name);
      if (name === 'notes.txt' && sent.filter((one) => one === name).length === 1) return route.abort();
      return route.continue();
    });
    await pick(page, picture, notes);
    await tray(page).getByText('The connection was lost.').waitFor();
    await expect.poll(() => tray(page).locator('progress:visible').count()).toBe(0);
    await type(page, 'both');
    await expect.poll(() => received(chatId)).toEqual([['both', 'cat.png', 'notes.txt']]);
    expect(sent.toSorted()).toEqual(['cat.png', 'notes.txt', 'notes.txt']);
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });

  it('sends what was cut off once there is a connection again, and nothing twice', async () => {
    const { page, chatId } = await aChat();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/files'))
        sent.push(request.headers()['x-file-name'] ?? '');
    });
    await pick(page, picture);
    await expect.poll(() => tray(page).locator('progress:visible').count()).toBe(0);
    await goOffline(page);
    await pick(page, notes);
    await tray(page).getByText('The connection was lost.').waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => tray(page).innerText()).toMatch(/notes\.txt.*5 bytes/s);
    await type(page, 'both');
    await expect.poll(() => received(chatId)).toEqual([['both', 'cat.png', 'notes.txt']]);
    expect(sent).toEqual(['cat.png', 'notes.txt', 'notes.txt']);
    await harbour.leave(OFFLINE);
  });

  it('says over the chat that it takes what is dragged over the window, until that leaves it', async () => {
    const { page } = await aChat();
    await bring(page, { on: 'body', kind: 'drag', name: 'image.png' });
    const overlay = page.getByText('Drop files to send them to this chat');
    await overlay.waitFor();
    await page.evaluate(`document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))`);
    await overlay.waitFor({ state: 'detached' });
    expect(await harbour.leave()).toEqual([]);
  });

  it.each(['paste', 'drop'] as const)('takes an image by %s', async (kind) => {
    const { page, chatId } = await aChat();
    await bring(page, { on: '#message', kind, name: 'image.png' });
    await trayRows(page).filter({ hasText: 'image.png' }).waitFor();
    await expect.poll(() => tray(page).locator('progress:visible').count()).toBe(0);
    await box(page).press('Enter');
    await expect.poll(() => received(chatId)).toEqual([['', 'image.png']]);
    expect(await harbour.leave()).toEqual([]);
  });

  it('takes a drop beside the box, and does not leave the page', async () => {
    const { page, chatId } = await aChat();
    await bring(page, { on: 'body', kind: 'drop', name: 'beside.png' });
    await trayRows(page).filter({ hasText: 'beside.png' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/chat/${chatId}`);
    await connected(page);
    expect(await harbour.leave()).toEqual([]);
  });

  it('has room for ten files, and says so', async () => {
    const { page } = await aChat();
    await pick(page, ...Array.from({ length: 11 }, (_, n) => ({ ...notes, name: `${n}.txt` })));
    await expect.poll(() => trayRows(page).count()).toBe(10);
    await page.getByRole('alert').filter({ hasText: 'A message can have 10 files.' }).waitFor();
    expect(await harbour.leave(OFFLINE)).toEqual([]);
  });
});
