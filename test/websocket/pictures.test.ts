import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatServer, type Person } from './chat-server.ts';

const IMAGE = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#3a8' } })
  .png()
  .toBuffer();

let server: ChatServer;
beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

const image = () => Readable.from([IMAGE]);

describe('a change of a picture', () => {
  it('PC-4: is told to the person and to those who share a chat with them, and to nobody else', async () => {
    const { setPicture, removePicture } = server.app.useCases;
    const people: Person[] = [];
    for (const name of ['ada', 'bob', 'eve']) people.push(await server.person(name));
    const [ada, bob, eve] = people as [Person, Person, Person];
    const chatId = await server.chat(ada, bob);
    const [adas, bobs, eves] = [
      (await server.userSocket(ada)).socket,
      (await server.userSocket(bob)).socket,
      (await server.userSocket(eve)).socket,
    ];
    const { id } = ada.actor.user;
    await setPicture(ada.actor, { chunks: image() });
    await setPicture(ada.actor, { chatId, chunks: image() });
    await removePicture(ada.actor, {});
    for (const socket of [adas, bobs]) {
      expect(await socket.nextOf('picture')).toMatchObject({ user_id: id, picture: { 48: expect.any(String) } });
      let next = await socket.nextOf('picture');
      // The person hears of it as such, too.
      if ('user_id' in next && next.picture) next = await socket.nextOf('picture');
      expect(next).toMatchObject({ chat_id: chatId, picture: { 256: expect.any(String) } });
      expect(await socket.nextOf('picture')).toEqual({ type: 'picture', user_id: id, picture: null });
    }
    const own = await server.chat(eve);
    await server.app.useCases.setPicture(eve.actor, { chatId: own, chunks: image() });
    for (;;) {
      const frame = JSON.parse(await eves.next());
      if (frame.type !== 'picture') continue;
      expect(frame.chat_id).toBe(own);
      break;
    }
  });

  it('is told to members when somebody with a picture joins', async () => {
    const [ada, cleo] = [await server.person('ada'), await server.person('cleo')];
    const { setPicture, createInvite, redeemInvite } = server.app.useCases;
    await setPicture(cleo.actor, { chunks: image() });
    const chatId = await server.chat(ada);
    const { socket } = await server.userSocket(ada);
    const { code } = await createInvite(ada.actor, chatId);
    await redeemInvite(cleo.actor, code);
    expect(await socket.nextOf('picture')).toMatchObject({ user_id: cleo.actor.user.id });
  });
});
