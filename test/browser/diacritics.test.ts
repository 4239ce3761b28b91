import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour } from './harbour.ts';
import { ask } from './shoal-page.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** Zalgo text. How high the marks are piled depends on the fonts of a machine, so that a picture would prove nothing. */
const piled = (text: string, marks: number) => text.replace(/[a-z]/g, (letter) => letter + '\u030D'.repeat(marks));

/** Elements with piled marks of their own that are seen, and have neither a clip nor a box around them, short of the row, that has. */
const UNCLIPPED = `[...document.querySelectorAll('body *')].filter((element) =>
  element.checkVisibility() && element.matches(':not(option, input, textarea, title)') &&
  [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.includes('\\u030D'))).filter((element) => {
    for (let box = element; box && !box.matches('main, ol, .log'); box = box.parentElement) {
      const { overflowY, display } = getComputedStyle(box);
      if (display !== 'inline' && (overflowY === 'clip' || overflowY === 'hidden')) return false;
    }
    return true;
  }).map(({ outerHTML }) => outerHTML.slice(0, 60)).join()`;

const WITH_MARKS = `document.body.innerText.includes('\\u030D')`;

describe.skipIf(hasNoBrowser)('diacritics that are piled up', () => {
  it('are clipped to their own lines: Zalgo text in messages, names, chat names, cards and invitations', async () => {
    const zalgo = await harbour.server.person(piled('zo', 12));
    const chatId = await harbour.server.chat(zalgo, harbour.ada, harbour.bob);
    await harbour.server.app.useCases.renameChat(zalgo.actor, { chatId, name: piled('lob', 20) });
    await harbour.say(chatId, zalgo, piled('zalgo', 200));
    await harbour.say(chatId, harbour.ada, piled('mine', 200));
    const { code } = await harbour.server.app.useCases.createInvite(zalgo.actor, chatId);
    for (const person of [zalgo, harbour.ada]) {
      const { page } = await harbour.visit(person, '/');
      for (const path of ['/', `/chat/${chatId}`, `/chat/${chatId}/members`, `/invite/${code}`]) {
        await page.goto(path);
        expect([path, await ask(page, WITH_MARKS)]).toEqual([path, true]);
        expect([path, await ask(page, UNCLIPPED)]).toEqual([path, '']);
      }
    }
    expect(await harbour.leave()).toEqual([]);
  });
});
