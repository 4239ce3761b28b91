import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Harbour, rows } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterEach(async () => {
  if (!hasNoBrowser) expect(await harbour.leave()).toEqual([]);
});
afterAll(() => harbour?.close());

const SPAM = 500;

describe.skipIf(hasNoBrowser)(`${SPAM} messages that are deleted with a ban`, () => {
  it('leave nothing in the log, live and when it is loaded, stand in the audit, and come back when that is undone', async () => {
    const { server, ada, bob } = harbour;
    const { useCases } = server.app;
    const chatId = await harbour.newChat();
    await harbour.say(chatId, ada, 'before');
    await Promise.all(
      Array.from({ length: SPAM }, (_, n) => useCases.postMessage(bob.actor, { chatId, text: `buy ${n}` })),
    );
    await harbour.say(chatId, ada, 'after');
    await harbour.read(chatId, ada);
    const page = await harbour.enter(ada, chatId);
    const texts = async () => (await page.locator('.message-text').allInnerTexts()).map((text) => text.trim());
    const words = async () => (await texts()).filter((text) => !/joined|created|banned|back in/.test(text));
    await rows(page).filter({ hasText: 'after' }).waitFor();
    await useCases.banMember(ada.actor, { chatId, userId: bob.actor.user.id, reason: 'spam', deleteHours: 1 });
    // What is behind the page of messages that was shown may be loaded by now.
    await expect.poll(async () => (await words()).filter((text) => text !== 'before')).toEqual(['after']);
    await page.reload();
    await expect.poll(words).toEqual(['before', 'after']);
    const { messages } = await useCases.readHistory(ada.actor, { chatId, limit: 100 });
    expect(messages.filter(({ kind }) => kind === 'deleted')).toEqual([]);

    const { acts } = await useCases.viewAudit(ada.actor, { chatId, limit: 9 });
    const [act] = acts.filter((listed) => listed.act.kind === 'banned');
    expect(act?.act.changes.filter(({ aspect }) => aspect === 'message')).toHaveLength(SPAM);
    if (!act) throw new Error('There is one.');
    await useCases.undoAct(ada.actor, { chatId, id: act.act.id });
    await page.reload();
    await rows(page).filter({ hasText: 'after' }).waitFor();
    await expect.poll(async () => (await words()).at(-2)).toBe('buy 499');
  });
});
