import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

async function withReport() {
  const world = await aWorld();
  const { useCases, bob, lobby, say } = world;
  const [message] = await say('hello');
  const place = { chatId: lobby.id, position: message?.position ?? lobby.revision };
  await useCases.reportMessage(bob, { ...place, reason: 'spam' });
  return { ...world, place };
}

describe('dismiss-reports', () => {
  it('takes the message out of the queue, once, and writes it down without who reported it', async () => {
    const { useCases, storage, ada, lobby, place } = await withReport();
    await useCases.dismissReports(ada, place);
    expect((await useCases.viewReports(ada, lobby.id)).messages).toEqual([]);
    expect(await refusal(useCases.dismissReports(ada, place))).toBe('not_found');
    expect(await storage.view.acts.list(lobby.id, undefined, 9)).toMatchObject([
      { actor: ada.user, target: ada.user, act: { kind: 'report_dismissed' } },
    ]);
  });

  it('is refused to an outsider, for whom there is no such chat, and to members', async () => {
    const { useCases, bob, eve, place } = await withReport();
    for (const chatId of [place.chatId, UNKNOWN_CHAT])
      expect(await refusal(useCases.dismissReports(eve, { ...place, chatId }))).toBe('forbidden');
    expect(await refusal(useCases.dismissReports(bob, place))).toBe('forbidden');
  });
});
