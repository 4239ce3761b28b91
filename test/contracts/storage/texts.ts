import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chatName } from '../../../src/domain/chats/chat.ts';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { username, usernameKey } from '../../../src/domain/identity/username.ts';
import { sessionId } from '../../../src/domain/ids.ts';
import { textOf } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { anInviteTo, aSessionOf, insertChat, insertMessage, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, opened, openedWithChat } from './opened.ts';

const METACHARACTERS = [
  `'; DROP TABLE users; --`,
  `" OR 1=1 --`,
  '100% _under\\score',
  '? $1 ?1 @name',
  '`backtick` [bracket]',
  '/* comment */ {"json": [1]}',
];

const UNICODE_NAMES = ['Ærøskøbing', '山田太郎', 'Ольга', 'مريم', 'משה', 'Ζήνων', '🦈 shark', '𝔘𝔫𝔦', 'e\u0301a'];

const TEXTS = [
  ...METACHARACTERS,
  ' spaces at both ends ',
  'tabs\tand\r\nnew\nlines\rof every kind\u2028',
  '👩‍👩‍👧‍👦 👍🏽 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  'שלום \u202eعالم\u202c',
  'composed \u00e9, decomposed e\u0301',
  '\ufeffbegins with a byte order mark',
  '\u200bzero\u200dwidth\u200c',
  'beyond the basic plane: \u{10ffff} and \uffff',
  'escape \u001b[31m, delete \u007f, bell \u0007',
  '0123',
  'null',
  '😀'.repeat(10_000),
  'x'.repeat(10_000),
];

export function textsContract(open: OpenStorage): void {
  it('keeps the texts of messages byte for byte', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    await unitOfWork.run(async (store) => {
      for (const text of TEXTS) await insertMessage(store, chat, ada, { text: messageBody(text) });
    });
    const kept = await view.messages.before(chat.id, undefined, TEXTS.length);
    expect(kept.map((message) => Buffer.from(textOf(message)))).toEqual(TEXTS.map((text) => Buffer.from(text)));
  });

  it('keeps any text that can be a message', async () => {
    const { unitOfWork, ada, chat } = await openedWithChat(open);
    const anyText = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => text.trim() !== '' && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const kept = await unitOfWork.run(async (store) => {
          const { position } = await insertMessage(store, chat, ada, { text: messageBody(text), clientId: null });
          const [message] = await store.messages.before(chat.id, undefined, 1);
          return { position, message };
        });
        expect(kept.message).toMatchObject({ position: kept.position, text });
      }),
    );
  });

  it('keeps names of users in every script, each under its own key', async () => {
    const { unitOfWork, view } = await opened(open);
    const names = [...UNICODE_NAMES, "Robert'); DROP TABLE users", '%', '_', '"'];
    await unitOfWork.run(async (store) => {
      for (const name of names) await insertUser(store, name);
    });
    for (const name of names.map(username)) {
      expect((await view.users.credentialsOf(usernameKey(name)))?.user.username).toBe(name);
    }
  });

  it("shows an author's name in every script", async () => {
    const { unitOfWork, view, chat } = await openedWithChat(open);
    await unitOfWork.run(async (store) => {
      for (const name of UNICODE_NAMES) await insertMessage(store, chat, await insertUser(store, name));
    });
    const authors = (await view.messages.before(chat.id, undefined, 50)).map(({ author }) => author.username);
    expect(authors).toEqual(UNICODE_NAMES.map(username));
  });

  it('keeps the names of chats literally', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    for (const name of [...METACHARACTERS, ...UNICODE_NAMES]) {
      const chat = await unitOfWork.run((store) => insertChat(store, name, ada));
      expect((await view.chats.find(chat.id))?.name).toBe(chatName(name));
    }
  });

  it('keeps hashes and ids literally, and finds by them nothing else', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    for (const text of METACHARACTERS) {
      const name = username(`user ${METACHARACTERS.indexOf(text)}`);
      const session = aSessionOf(ada, { id: sessionId(text) });
      const invite = anInviteTo(chat, ada, { id: inviteId(text) });
      await unitOfWork.run(async (store) => {
        expect(await store.sessions.find(session.id)).toBeUndefined();
        expect(await store.invites.find(invite.id)).toBeUndefined();
        await store.sessions.add(session);
        await store.invites.add(invite);
        await store.users.add({ username: name, key: usernameKey(name), passwordHash: text, createdAt: NOW });
      });
      expect((await view.sessions.find(session.id))?.session).toEqual(session);
      expect(await view.invites.find(invite.id)).toEqual(invite);
      expect((await view.users.credentialsOf(usernameKey(name)))?.passwordHash).toBe(text);
    }
  });
}
