import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserServerFrame } from '../../src/adapters/wire/user-frames.ts';
import { ChatServer } from './chat-server.ts';

let server: ChatServer;
beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

/** A chat of Ada, its moderator Bob, and Eve, whose post waits to be reported, with a socket of each. */
async function overseen() {
  const [ada, bob, eve] = [await server.person('ada'), await server.person('bob'), await server.person('eve')];
  const chatId = await server.chat(ada, bob, eve);
  const { setRole, postMessage } = server.app.useCases;
  await setRole(ada.actor, { chatId, userId: bob.actor.user.id, role: 'moderator' });
  const { message } = await postMessage(eve.actor, { chatId, text: 'buy this' });
  const sockets = await Promise.all([ada, bob, eve].map(async (one) => (await server.userSocket(one)).socket));
  const [adas, bobs, eves] = sockets;
  if (!adas || !bobs || !eves) throw new Error('A socket is missing.');
  return { ada, bob, eve, chatId, message, adas, bobs, eves };
}

describe('the reports and the audit of a chat', () => {
  it('MO-6: are told to have changed to the owner and the moderators at each report and act, and never to members', async () => {
    const { ada, bob, eve, chatId, message, adas, bobs, eves } = await overseen();
    const { reportMessage, dismissReports, setSlowMode, undoAct, viewAudit, postMessage } = server.app.useCases;
    const told = async () => {
      for (const socket of [adas, bobs])
        expect(await socket.nextOf('oversight')).toEqual({ type: 'oversight', chat_id: chatId });
    };
    await reportMessage(bob.actor, { ...message, reason: 'spam' });
    await told();
    await dismissReports(ada.actor, message);
    await told();
    await setSlowMode(bob.actor, { chatId, seconds: 30 });
    await told();
    const { acts } = await viewAudit(ada.actor, { chatId, before: undefined, limit: 1 });
    await undoAct(ada.actor, { chatId, id: acts[0]?.act.id ?? expect.fail('nothing was done') });
    await told();
    await postMessage(eve.actor, { chatId, text: 'the last word' });
    for (;;) {
      const frame: UserServerFrame = await eves.nextFrame();
      expect(frame.type).not.toBe('oversight');
      if (frame.type === 'chat' && frame.chat.last?.snippet === 'the last word') break;
    }
  });

  it('MO-6: are told no more to who is no moderator any more', async () => {
    const { ada, bob, chatId, message, adas, bobs } = await overseen();
    const { setRole, reportMessage } = server.app.useCases;
    await setRole(ada.actor, { chatId, userId: bob.actor.user.id, role: 'member' });
    while ('role' in (await bobs.nextOf('chat')).chat);
    await reportMessage(ada.actor, { ...message, reason: 'spam' });
    await adas.nextOf('oversight');
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'done' });
    for (;;) {
      const frame = await bobs.nextFrame();
      expect(frame.type).not.toBe('oversight');
      if (frame.type === 'chat' && frame.chat.last?.snippet === 'done') break;
    }
  });
});
