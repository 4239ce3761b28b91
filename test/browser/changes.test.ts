import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { anotherTab, box, connected, Harbour, OFFLINE, rows, texts, type } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
let chatId: ChatId;

beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave(OFFLINE)).toEqual([]);
});
afterAll(() => harbour?.close());

/** Ada's page of a chat in which Bob has said something, and then she has. */
async function enter(...texts: readonly string[]): Promise<Page> {
  chatId = await harbour.newChat();
  await harbour.say(chatId, harbour.bob, 'Of bob');
  await harbour.say(chatId, harbour.ada, ...texts);
  return harbour.enter(harbour.ada, chatId);
}

const row = (page: Page, text: string) => rows(page).filter({ hasText: text });
const conflict = (page: Page) => page.getByRole('dialog', { name: 'Your edit was not saved' });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

/** The texts in the store, without notices. */
async function stored(): Promise<string[]> {
  const { messages } = await harbour.server.app.useCases.readHistory(harbour.ada.actor, { chatId, limit: 50 });
  return messages.flatMap((message) => (message.kind === 'notice' ? [] : message.kind === 'text' ? message.text : '-'));
}

async function message(text: string) {
  const { messages } = await harbour.server.app.useCases.readHistory(harbour.ada.actor, { chatId, limit: 50 });
  const found = messages.find((one) => one.kind === 'text' && one.text === text);
  if (!found) throw new Error(`Nothing says ${text}.`);
  return found;
}

/** Ada edits it on another device. */
async function editElsewhere(from: string, to: string): Promise<void> {
  const { position, revision } = await message(from);
  await harbour.server.app.useCases.editMessage(harbour.ada.actor, { chatId, position, text: to, base: revision });
}

async function editLast(page: Page, text: string): Promise<void> {
  await box(page).press('ArrowUp');
  await page.getByText('Editing', { exact: true }).waitFor();
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** Presses a key while the pointer is on the row. */
async function pressOn(page: Page, text: string, key: string): Promise<void> {
  await row(page, text).locator('.bubble').hover();
  await row(page, text).getByRole('toolbar').waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press(key);
}

/** What acts on messages is loaded when the reader first points at one, and kept by the service worker, which tests do without. */
async function goOffline(page: Page): Promise<void> {
  await row(page, 'Of bob').locator('.bubble').hover();
  await row(page, 'Of bob').getByRole('toolbar').waitFor();
  await page.context().setOffline(true);
}

const EDITED = (text: string) => `${text} edited`;

describe.skipIf(hasNoBrowser)('editing', () => {
  it('by ↑ in an empty box opens the last message of one’s own, and saves it in its place', async () => {
    const page = await enter('First', 'Second');
    await box(page).press('ArrowUp');
    await page.getByText('Editing', { exact: true }).waitFor();
    expect(await box(page).inputValue()).toBe('Second');
    await box(page).fill('Second, mended');
    await box(page).press('Enter');
    await expect.poll(() => texts(page)).toEqual(['Of bob', 'First', EDITED('Second, mended')]);
    await expect.poll(stored).toEqual(['Of bob', 'First', 'Second, mended']);
    expect(await box(page).inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    expect(await page.locator('[data-change]').count()).toBe(0);
  });

  it('by ↑ opens no earlier message while the last one is being sent; the one that is edited is marked, and Save saves it', async () => {
    const page = await enter('Mine');
    await page.context().setOffline(true);
    await type(page, 'Not sent yet');
    await box(page).press('ArrowUp');
    await page.getByText('Your last message is not sent yet.').waitFor();
    expect(await box(page).inputValue()).toBe('');
    await page.context().setOffline(false);
    await expect.poll(stored).toEqual(['Of bob', 'Mine', 'Not sent yet']);
    await page.locator('article:not([data-state])', { hasText: 'Not sent yet' }).waitFor();
    await box(page).press('ArrowUp');
    await page.getByText('Editing', { exact: true }).waitFor();
    expect(await page.locator('article[data-edited]').innerText()).toContain('Not sent yet');
    await box(page).fill('Sent');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect(await page.locator('article[data-edited]').count()).toBe(0);
    await expect.poll(stored).toEqual(['Of bob', 'Mine', 'Sent']);
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  });

  it('leaves a box that is not empty alone', async () => {
    const page = await enter('First');
    await box(page).fill('A draft');
    await box(page).press('ArrowUp');
    expect(await box(page).inputValue()).toBe('A draft');
    expect(await page.getByText('Editing', { exact: true }).count()).toBe(0);
  });

  it('by E puts the draft aside, and Escape or Cancel bring it back', async () => {
    const page = await enter('First');
    for (const giveUp of [
      () => box(page).press('Escape'),
      () => page.getByRole('button', { name: 'Cancel' }).click(),
    ]) {
      await box(page).fill('A draft');
      await pressOn(page, 'First', 'e');
      await expect.poll(() => box(page).inputValue()).toBe('First');
      await box(page).fill('Never saved');
      await giveUp();
      await expect.poll(() => box(page).inputValue()).toBe('A draft');
    }
    await page.reload();
    await connected(page);
    expect(await box(page).inputValue()).toBe('A draft');
    expect(await stored()).toEqual(['Of bob', 'First']);
  });

  it('is offered for one’s own messages only, also by key', async () => {
    const page = await enter('First');
    await pressOn(page, 'Of bob', 'e');
    expect(await page.getByText('Editing', { exact: true }).count()).toBe(0);
    await row(page, 'Of bob').getByRole('button', { name: 'More actions' }).click();
    const menu = page.getByRole('dialog', { name: 'Message actions' });
    expect(await menu.getByRole('button', { name: 'Edit' }).isVisible()).toBe(false);
    expect(await menu.getByRole('button', { name: 'Delete' }).isVisible()).toBe(true);
  });

  it('shows both texts when another device edited first, and saves the one that is chosen', async () => {
    const page = await enter('First');
    for (const choice of ['Keep what it says now', 'Save my text']) {
      const before = (await stored())[1] ?? '';
      await goOffline(page);
      await editLast(page, 'From here');
      await editElsewhere(before, `From the phone ${choice}`);
      await page.context().setOffline(false);
      await conflict(page).waitFor();
      expect(await conflict(page).locator('blockquote').innerText()).toBe(`From the phone ${choice}`);
      expect(await conflict(page).getByLabel('Your text').inputValue()).toBe('From here');
      await conflict(page).getByRole('button', { name: choice }).click();
      const kept = choice === 'Save my text' ? 'From here' : `From the phone ${choice}`;
      await expect.poll(stored).toEqual(['Of bob', kept]);
      await expect.poll(() => texts(page)).toEqual(['Of bob', EDITED(kept)]);
    }
  });

  it('stays a question after Escape and after a reload', async () => {
    const page = await enter('First');
    await goOffline(page);
    await editLast(page, 'From here');
    await editElsewhere('First', 'From the phone');
    await page.context().setOffline(false);
    await conflict(page).waitFor();
    await page.keyboard.press('Escape');
    await row(page, 'From the phone').getByRole('button', { name: 'Compare' }).waitFor();
    // The closed dialog goes back in the history first.
    await expect.poll(() => page.evaluate('history.state?.overlay')).toBeUndefined();
    await page.reload();
    await conflict(page).waitFor();
    await conflict(page).getByRole('button', { name: 'Save my text' }).click();
    await expect.poll(stored).toEqual(['Of bob', 'From here']);
  });

  it('without a network waits in the outbox, and is sent once, as it is in the end', async () => {
    const page = await enter('First', 'Second');
    await goOffline(page);
    await editLast(page, 'Second, twice');
    await editLast(page, 'Second, mended');
    expect(await texts(page)).toEqual(['Of bob', 'First', EDITED('Second, mended')]);
    await page.context().setOffline(false);
    await expect.poll(stored).toEqual(['Of bob', 'First', 'Second, mended']);
    const { versions } = await harbour.server.app.useCases.viewVersions(
      harbour.ada.actor,
      await message('Second, mended'),
    );
    expect(versions.map(({ text }) => text)).toEqual(['Second, mended', 'Second']);
    await expect.poll(() => page.locator('[data-change]').count()).toBe(0);
  });

  it('survives a reload, is shown in the reader’s other tabs, and is taken over from a closed one', async () => {
    const page = await enter('First');
    await page.routeWebSocket(/socket/, () => {});
    await page.reload();
    await editLast(page, 'Mended');
    await page.reload();
    await expect.poll(() => texts(page)).toEqual(['Of bob', EDITED('Mended')]);
    const other = await anotherTab(page.context(), `/chat/${chatId}`);
    await expect.poll(() => texts(other)).toEqual(['Of bob', EDITED('Mended')]);
    expect(await stored()).toEqual(['Of bob', 'First']);
    await page.close();
    await expect.poll(stored).toEqual(['Of bob', 'Mended']);
    await expect.poll(() => other.locator('[data-change]').count()).toBe(0);
  });
});

describe.skipIf(hasNoBrowser)('deleting', () => {
  it('by Del leaves a tombstone with Undo in its place for a minute, which brings the message back', async () => {
    const page = await enter('First', 'Second');
    await pressOn(page, 'First', 'Delete');
    await expect.poll(stored).toEqual(['Of bob', '-', 'Second']);
    await row(page, 'Message deleted').getByRole('button', { name: 'Undo' }).waitFor();
    await page.reload();
    await connected(page);
    await undo(page).click();
    await expect.poll(stored).toEqual(['Of bob', 'First', 'Second']);
    await expect.poll(() => texts(page)).toEqual(['Of bob', 'First', 'Second']);
    expect(await undo(page).count()).toBe(0);
  });

  it('whose acknowledgement was lost offers Undo after a reload too', async () => {
    const page = await enter('First');
    let isLossy = true;
    await page.routeWebSocket(/socket/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((frame) => (isLossy && String(frame).includes('"deleted"')) || socket.send(frame));
    });
    await page.reload();
    await connected(page);
    await pressOn(page, 'First', 'Delete');
    await expect.poll(stored).toEqual(['Of bob', '-']);
    isLossy = false;
    await page.reload();
    await connected(page);
    await expect.poll(() => page.locator('[data-change]').count()).toBe(0);
    await undo(page).click();
    await expect.poll(stored).toEqual(['Of bob', 'First']);
  });

  it('offers Undo on every device of the person who deleted, also after a reload, and to no other person', async () => {
    const page = await enter('First');
    const [phone, bob] = [await harbour.enter(harbour.ada, chatId), await harbour.enter(harbour.bob, chatId)];
    await phone.clock.setFixedTime(harbour.clock.now());
    await bob.clock.setFixedTime(harbour.clock.now());
    await pressOn(page, 'First', 'Delete');
    await row(phone, 'Message deleted').getByRole('button', { name: 'Undo' }).waitFor();
    await phone.reload();
    await connected(phone);
    await undo(phone).waitFor();
    await bob.reload();
    await connected(bob);
    await row(bob, 'Message deleted').locator('.bubble').hover();
    await row(bob, 'Message deleted').waitFor();
    expect(await undo(bob).count()).toBe(0);
    await undo(phone).click();
    await expect.poll(stored).toEqual(['Of bob', 'First']);
    for (const each of [page, phone, bob]) await expect.poll(() => texts(each)).toEqual(['Of bob', 'First']);

    await pressOn(page, 'First', 'Delete');
    await undo(phone).waitFor();
    await phone.clock.setFixedTime(harbour.clock.now() + 60_000);
    await phone.reload();
    await connected(phone);
    await row(phone, 'Message deleted').locator('.bubble').hover();
    expect(await undo(phone).count()).toBe(0);
  });

  it('of what another person wrote asks first', async () => {
    const page = await enter('First');
    const question = page.getByRole('dialog', { name: 'Delete the message of bob?' });
    await pressOn(page, 'Of bob', 'Delete');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await stored()).toEqual(['Of bob', 'First']);
    await pressOn(page, 'Of bob', 'Delete');
    await question.getByRole('button', { name: 'Delete for everybody' }).click();
    await expect.poll(stored).toEqual(['-', 'First']);
    await undo(page).click();
    await expect.poll(stored).toEqual(['Of bob', 'First']);
  });

  it('without a network waits in the outbox, and Undo before that deletes nothing', async () => {
    const page = await enter('First', 'Second');
    await goOffline(page);
    await pressOn(page, 'First', 'Delete');
    await pressOn(page, 'Second', 'Delete');
    await expect.poll(() => rows(page).filter({ hasText: 'Message deleted' }).count()).toBe(2);
    await undo(page).first().click();
    await expect.poll(() => rows(page).filter({ hasText: 'First' }).count()).toBe(1);
    await page.context().setOffline(false);
    await expect.poll(stored).toEqual(['Of bob', 'First', '-']);
    await undo(page).waitFor();
  });

  it('by keys alone keeps the focus at the place of the message', async () => {
    const page = await enter('First');
    await box(page).focus();
    await page.keyboard.press('Shift+Tab');
    await row(page, 'First').getByRole('toolbar').waitFor();
    await page.keyboard.press('Delete');
    await undo(page).waitFor();
    await expect.poll(stored).toEqual(['Of bob', '-']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate('document.activeElement.closest("article, form") !== null')).toBe(true);
  });
});

describe.skipIf(hasNoBrowser)('the versions of a message', () => {
  it('open by “edited” as differences, and the author can erase one', async () => {
    const page = await enter('see you at five');
    await editElsewhere('see you at five', 'see you at six');
    await editElsewhere('see you at six', 'see you at seven');
    await row(page, 'see you at seven').getByRole('link', { name: 'edited' }).click();
    const dialog = page.getByRole('dialog', { name: 'Versions of this message' });
    const shown = () => dialog.locator('.version-text').evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
    await expect
      .poll(shown)
      .toEqual([
        'see you at <del>six</del><ins>seven</ins>',
        'see you at <del>five</del><ins>six</ins>',
        'see you at five',
      ]);
    await dialog.getByRole('button', { name: 'Erase this version' }).first().click();
    await expect.poll(shown).toEqual(['see you at <del>five</del><ins>seven</ins>', 'see you at five']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe.skipIf(hasNoBrowser)('a text that is edited', () => {
  it('is refused like a post that is too long or empty, and stays in the box', async () => {
    const page = await enter('First');
    await box(page).press('ArrowUp');
    await page.getByText('Editing', { exact: true }).waitFor();
    await box(page).fill(' ');
    await box(page).press('Enter');
    await page.getByText('A message cannot be empty.').waitFor();
    await box(page).fill('Mended');
    await box(page).press('Enter');
    await expect.poll(stored).toEqual(['Of bob', 'Mended']);
    await type(page, 'Next');
    await expect.poll(stored).toEqual(['Of bob', 'Mended', 'Next']);
  });
});
