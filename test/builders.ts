import type { Actor } from '../src/application/actor.ts';
import type { Store } from '../src/application/ports/store.ts';
import { type Chat, chatName, revision } from '../src/domain/chats/chat.ts';
import { type Invite, inviteId, inviteTerms, newInvite } from '../src/domain/chats/invite.ts';
import type { Membership } from '../src/domain/chats/membership.ts';
import { type BlobKey, blobKey } from '../src/domain/files/file.ts';
import { sessionCredential } from '../src/domain/identity/credential.ts';
import type { Session } from '../src/domain/identity/session.ts';
import type { User } from '../src/domain/identity/user.ts';
import { type Username, type UsernameKey, username, usernameKey } from '../src/domain/identity/username.ts';
import { chatId, sessionId, userId } from '../src/domain/ids.ts';
import { clientId } from '../src/domain/messages/client-id.ts';
import { type Message, type NewMessage, type TextMessage, textMessage } from '../src/domain/messages/message.ts';
import { messageBody } from '../src/domain/messages/message-body.ts';
import type { NewAct } from '../src/domain/moderation/act.ts';
import type { Ban } from '../src/domain/moderation/ban.ts';
import { NO_REASON, reason } from '../src/domain/moderation/reason.ts';

/** The time at which tests begin. */
export const NOW = Date.UTC(2025, 0, 15, 12);

/** Of 64 times the same digit. */
export function aBlobKey(digit: string): BlobKey {
  const key = blobKey(digit.repeat(64));
  if (!key) throw new Error('A key is hex.');
  return key;
}

export const aUsername = (name = 'ada'): Username => username(name);

export const aUsernameKey = (name = 'ada'): UsernameKey => usernameKey(username(name));

export function aUser(changes: Partial<User> = {}): User {
  return { id: userId(1), username: aUsername(), ...changes };
}

export function aChat(changes: Partial<Chat> = {}): Chat {
  return { id: chatId(1), name: chatName('Lobby'), revision: revision(0), ...changes };
}

export function aMembership(changes: Partial<Membership> = {}): Membership {
  return { chatId: chatId(1), userId: userId(1), role: 'member', joinedAt: NOW, ...changes };
}

export function aBan(changes: Partial<Ban> = {}): Ban {
  return {
    chatId: chatId(1),
    userId: userId(2),
    by: userId(1),
    at: NOW,
    until: null,
    reason: reason('spam'),
    ...changes,
  };
}

export function anAct(changes: Partial<NewAct> = {}): NewAct {
  return {
    ...{ chatId: chatId(1), kind: 'renamed', actorId: userId(1), targetId: null, reason: NO_REASON },
    ...{ revision: revision(1), at: NOW, changes: [], undoes: null },
    ...changes,
  };
}

export function aSessionOf(user: User, changes: Partial<Session> = {}): Session {
  const id = sessionId(`session of ${user.username}`);
  const from = { device: 'Firefox on Linux', address: '192.0.2.1' };
  return { id, userId: user.id, createdAt: NOW, seenAt: NOW, ...from, ...changes };
}

/** Signed in by `session`, or by the one that `aSessionOf` makes. */
export function anActor(user: User, session: Pick<Session, 'id'> = aSessionOf(user)): Actor {
  return { user, credential: sessionCredential(session.id) };
}

export function anInviteTo(chat: Chat, by: User, changes: Partial<Invite> = {}): Invite {
  const id = inviteId(`invite to ${chat.name}`);
  const made = { id, chatId: chat.id, createdBy: by.id, createdAt: NOW };
  return { ...newInvite(inviteTerms(), made), ...changes };
}

export function aMessageIn(chat: Chat, author: User, changes: Partial<NewMessage> = {}): TextMessage {
  const position = revision(1);
  return textMessage({
    chatId: chat.id,
    position,
    author,
    text: messageBody('Hello'),
    clientId: clientId(`client-id-${changes.position ?? position}`),
    sentAt: NOW,
    ...changes,
  });
}

export async function insertUser(store: Store, name = 'ada'): Promise<User> {
  const passwordHash = `hash of ${name}'s password`;
  const user = await store.users.add({
    username: username(name),
    key: usernameKey(username(name)),
    passwordHash,
    createdAt: NOW,
  });
  if (!user) throw new Error(`There is a user named ${name} already.`);
  return user;
}

/** The first member owns the chat. */
export async function insertChat(store: Store, name = 'Lobby', ...members: readonly User[]): Promise<Chat> {
  const chat = await store.chats.add({ name: chatName(name), createdAt: NOW });
  for (const [index, { id }] of members.entries()) {
    await store.members.add(
      aMembership({ chatId: chat.id, userId: id, role: index === 0 ? 'owner' : 'member', joinedAt: NOW + index }),
    );
  }
  return chat;
}

/** Posts at the chat's next revision. */
export async function insertMessage(
  store: Store,
  chat: Chat,
  author: User,
  changes: Partial<Omit<NewMessage, 'position'>> = {},
): Promise<Message> {
  const message = aMessageIn(chat, author, { position: await store.chats.nextRevision(chat.id), ...changes });
  await store.messages.add(message);
  return message;
}
