import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('report-message', () => {
  it('puts the message into the queue of the owner, once for each person, and tells nobody else', async () => {
    const { useCases, broadcast, ada, bob, eve, lobby } = await aWorld();
    await useCases.redeemInvite(eve, (await useCases.createInvite(ada, lobby.id)).code);
    const { message } = await useCases.postMessage(bob, { chatId: lobby.id, text: 'buy this' });
    const before = broadcast.published.length;
    const place = { chatId: lobby.id, position: message.position };
    expect(await useCases.reportMessage(eve, { ...place, reason: ' spam ' })).toBe(true);
    expect(await useCases.reportMessage(eve, { ...place, reason: 'again' })).toBe(false);
    expect(await useCases.reportMessage(ada, { ...place, reason: 'indeed' })).toBe(true);
    const { messages } = await useCases.viewReports(ada, lobby.id);
    expect(messages).toMatchObject([{ message: { text: 'buy this' }, mayBeRemoved: true, mayBeBanned: true }]);
    expect(messages[0]?.reports.map(({ by, report }) => [by.username, report.reason])).toEqual([
      ['ada', 'indeed'],
      ['eve', 'spam'],
    ]);
    const hint = { type: 'oversight_changed', chatId: lobby.id };
    expect(broadcast.published.slice(before)).toEqual([hint, hint]);
  });

  it('refuses what is no report', async () => {
    const { useCases, ada, bob, lobby, say } = await aWorld();
    const [message] = await say('hello');
    const place = { chatId: lobby.id, position: message?.position ?? lobby.revision };
    expect(await refusal(useCases.reportMessage(bob, { ...place, reason: ' ' }))).toBe('invalid_reason');
    expect(await refusal(useCases.reportMessage(ada, { ...place, reason: 'mine' }))).toBe('forbidden');
    await useCases.deleteMessage(ada, place);
    expect(await refusal(useCases.reportMessage(bob, { ...place, reason: 'spam' }))).toBe('deleted');
    const nowhere = { ...place, position: (place.position + 5) as typeof place.position };
    expect(await refusal(useCases.reportMessage(bob, { ...nowhere, reason: 'spam' }))).toBe('not_found');
  });

  it('is refused to an outsider, for whom there is no such chat', async () => {
    const { useCases, eve, lobby, say } = await aWorld();
    const [message] = await say('hello');
    for (const chatId of [lobby.id, UNKNOWN_CHAT]) {
      const report = { chatId, position: message?.position ?? lobby.revision, reason: 'spam' };
      expect(await refusal(useCases.reportMessage(eve, report))).toBe('forbidden');
    }
  });
});
