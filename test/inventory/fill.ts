import type { Storage } from '../../src/application/ports/storage.ts';
import type { Store } from '../../src/application/ports/store.ts';
import { keywords } from '../../src/domain/attention/keywords.ts';
import { quietHours } from '../../src/domain/attention/quiet-hours.ts';
import type { Chat } from '../../src/domain/chats/chat.ts';
import { peopleKey } from '../../src/domain/chats/direct.ts';
import { inviteId } from '../../src/domain/chats/invite.ts';
import type { AltText } from '../../src/domain/files/alt-text.ts';
import { fileName } from '../../src/domain/files/file.ts';
import { linkId } from '../../src/domain/identity/one-time-link.ts';
import { passkeyId, passkeyName } from '../../src/domain/identity/passkey.ts';
import type { User } from '../../src/domain/identity/user.ts';
import { username, usernameKey } from '../../src/domain/identity/username.ts';
import { sessionId } from '../../src/domain/ids.ts';
import { edited, tombstone, versionOf } from '../../src/domain/messages/changes.ts';
import { mentionedNames } from '../../src/domain/messages/mentions.ts';
import type { TextMessage } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { decidePost } from '../../src/domain/messages/posting.ts';
import { reason } from '../../src/domain/moderation/reason.ts';
import { subscription } from '../../src/domain/push/subscription.ts';
import { emoji } from '../../src/domain/reactions/emoji.ts';
import {
  aBan,
  aBlobKey,
  anAct,
  anInviteTo,
  aSessionOf,
  insertChat,
  insertMessage,
  insertUser,
  NOW,
} from '../builders.ts';

/** A name that nothing else in the storage looks like. */
export const NAME = 'Zoe-Canary';

/** The bytes of the person's file. */
export const BLOB = aBlobKey('c');

/** The bytes of the person's picture. */
export const PICTURE = { 48: aBlobKey('d'), 96: aBlobKey('e'), 256: aBlobKey('f') };

/** A time zone that nobody else is in. */
export const ZONE = 'Antarctica/Troll';

export interface Filled {
  readonly person: User;
  readonly group: Chat;
}

/** The data of a column, as it can be looked for. */
export const canary = (table: string, column: string): string => `canary-${table}-${column}`;

/** Makes rows of the person in every table. */
export async function fill({ unitOfWork }: Pick<Storage, 'unitOfWork'>): Promise<Filled> {
  const filled = await unitOfWork.run(fillTables);
  const { person: author, group } = filled;
  // The only way to a row in `slow_posts`.
  const text = messageBody('slowly');
  const file = {
    ...{ chatId: group.id, uploaderId: author.id, blob: BLOB, name: fileName(canary('files', 'name')) },
    alt: canary('files', 'alt') as AltText,
    ...{ type: 'image/png', bytes: 1, width: 1, height: 1, stagedAt: NOW },
  };
  const files = [await unitOfWork.run((store) => store.files.add(file))];
  const said = { chatId: group.id, author, text, clientId: null, replyTo: null, names: mentionedNames(text), files };
  const { message } = await unitOfWork.post(said, (facts) => decidePost({ ...said, sentAt: NOW }, facts));
  const page = { title: canary('messages', 'card'), description: '', site: '', image: null };
  await unitOfWork.run(async ({ chats, linkCards }) => {
    const card = { ...page, href: 'https://example.org/', uploaderId: author.id, at: NOW };
    await linkCards.set(message, card, await chats.nextRevision(group.id));
    await linkCards.note(card.href, page, NOW);
  });
  return filled;
}

async function fillTables(store: Store): Promise<Filled> {
  const ada = await insertUser(store, 'ada');
  await store.administration.setAdministrator(ada.id, NOW);
  const bob = await insertUser(store, 'bob');
  const added = await store.users.add({
    ...{ username: username(NAME), key: usernameKey(NAME), createdAt: NOW },
    passwordHash: canary('users', 'password_hash'),
  });
  if (!added) throw new Error('The person was not added.');
  const group = await insertChat(store, canary('chats', 'name'), ada, bob, added);
  await fillAccount(store, { person: added, group, bob });
  await fillMessages(store, { person: added, group, bob });
  await fillModeration(store, { person: added, group, bob });
  await store.chats.setSlowMode(group.id, 5);
  await store.pictures.put({ kind: 'user', id: added.id }, PICTURE);
  return { person: added, group };
}

type Scene = Filled & { readonly bob: User };

async function fillAccount(store: Store, { person, group, bob }: Scene): Promise<void> {
  const { id } = person;
  const invite = { id: inviteId(canary('users', 'invited_by')), maxUses: null };
  await store.invites.add(anInviteTo(group, bob, invite));
  await store.invites.admitRegistration(invite.id, { userId: id, now: NOW });
  await store.users.setAwayUntil(id, NOW + 777_777);
  await store.administration.setAdministrator(id, NOW + 666_666);
  const from = { device: canary('sessions', 'device'), address: canary('sessions', 'address') };
  const session = aSessionOf(person, from);
  await store.sessions.add(session);
  await store.twoStep.begin(id, canary('two_step', 'secret'));
  await store.twoStep.setRecovery(id, [canary('recovery_codes', 'digest')]);
  const link = { id: linkId(canary('one_time_links', 'id')), kind: 'reset', userId: id, expiresAt: NOW } as const;
  await store.oneTimeLinks.put(link);
  await store.attention.setSettings(id, {
    quietHours: quietHours({ zone: ZONE, days: ['mon'], from: '22:00', to: '07:00' }),
    sound: true,
    keywords: keywords([canary('notification_settings', 'keywords')]),
  });
  await store.passkeys.settleHandle(id, canary('passkey_owners', 'handle'));
  await store.passkeys.add({
    ...{ id: passkeyId(canary('passkeys', 'id')), userId: id, publicKey: canary('passkeys', 'public_key'), counter: 0 },
    ...{ transports: [], name: passkeyName(canary('passkeys', 'name')), createdAt: NOW, usedAt: null, heldAt: null },
  });
  const changed = passkeyName(canary('passkey_owners', 'changed_name'));
  await store.passkeys.noteChange(id, { kind: 'added', name: changed, at: NOW });
  const heldFrom = { device: canary('held_sessions', 'device'), address: canary('held_sessions', 'address') };
  await store.heldSessions.put({ ...session, id: sessionId('held'), ...heldFrom, heldUntil: NOW });
  await store.blocks.add({ by: id, blocked: bob.id, createdAt: NOW });
  await store.blocks.add({ by: bob.id, blocked: id, createdAt: NOW });
  await store.exports.claim(id, { lease: 'lease', now: NOW, until: NOW });
  const people = peopleKey([person, bob]);
  const direct = await store.chats.addDirect({ people, createdAt: NOW });
  for (const userId of [id, bob.id])
    await store.members.add({ chatId: direct.id, userId, role: 'participant', joinedAt: NOW });
  await store.members.hide(direct.id, id, group.revision);
  for (const chatId of [direct.id, group.id]) await store.reading.setLevel(chatId, id, 'nothing');
  const device = {
    ...{ userId: id, sessionId: session.id, origin: 'https://chat.example', createdAt: NOW },
    subscription: subscription({
      endpoint: `https://push.example/${canary('push_devices', 'endpoint')}`,
      publicKey: `BA${'x'.repeat(85)}`,
      auth: 'a'.repeat(22),
    }),
  };
  const { id: deviceId } = await store.pushDevices.add(device);
  const message = await insertMessage(store, group, bob);
  const basis = { at: NOW, isCalled: false, textRevision: message.revision };
  await store.announcements.add(message, [{ deviceId, userId: id, reason: 'muted', basis }]);
}

async function fillMessages(store: Store, { person, group, bob }: Scene): Promise<void> {
  const { id } = person;
  const write = async (author: User, text: string) =>
    (await insertMessage(store, group, author, { text: messageBody(text), clientId: null })) as TextMessage;
  const own = await write(person, canary('message_versions', 'text'));
  const change = { revision: await store.chats.nextRevision(group.id), at: NOW };
  await store.messages.addVersion(own, versionOf(own));
  await store.messages.change(edited(own, messageBody(canary('messages', 'text')), change));
  const mentioning = await write(bob, `Hello @${NAME}`);
  await store.messages.setMentions(mentioning, [{ userId: id, name: NAME }]);
  await store.reactions.add(
    { chatId: group.id, position: mentioning.position, emoji: emoji('👍'), userId: id },
    own.revision,
  );
  const pinned = await write(bob, 'pinned');
  const at = { revision: await store.chats.nextRevision(group.id), at: NOW };
  await store.messages.change({ ...pinned, revision: at.revision, pin: { by: id, at: NOW } });
  await store.past.add(pinned, { kind: 'pin', from: at.revision, until: null, by: id, at: NOW });
  const mentions = [{ userId: id, name: NAME }];
  await store.past.add(pinned, { kind: 'mentions', from: pinned.revision, until: at.revision, mentions });
  const deleted = await write(bob, 'deleted');
  const deletion = { revision: await store.chats.nextRevision(group.id), at: NOW, by: id };
  await store.messages.change(tombstone(deleted, deletion));
}

async function fillModeration(store: Store, { person, group, bob }: Scene): Promise<void> {
  const { id } = person;
  const chatId = group.id;
  const terms = { id: inviteId('an invite'), note: canary('invites', 'note') };
  await store.invites.add(anInviteTo(group, person, terms));
  await store.invites.bar(chatId, id, NOW);
  await store.bans.put(aBan({ chatId, userId: id, by: bob.id }));
  await store.bans.put(aBan({ chatId, userId: bob.id, by: id, reason: reason(canary('bans', 'reason')) }));
  const [position] = [(await store.messages.before(chatId, undefined, 1))[0]?.position];
  if (position === undefined) throw new Error('The chat has no message.');
  const why = reason(canary('reports', 'reason'));
  await store.reports.add({ chatId, position, userId: id, reason: why, at: NOW, dismissedAt: null });
  const changes = [{ aspect: 'bar', userId: id, before: null, after: NOW }] as const;
  await store.acts.add(anAct({ chatId, actorId: id, reason: reason(canary('acts', 'reason')), changes }));
  await store.acts.add(anAct({ chatId, actorId: bob.id, targetId: id }));
  await store.administration.addAct({ kind: 'grant', by: id, about: bob.id, detail: '', at: NOW });
  await store.administration.addAct({ kind: 'grant', by: bob.id, about: id, detail: '', at: NOW });
  await store.jobs.add({ kind: 'end_sessions', userId: id, sessionIds: [] }, { delayMs: 0 });
}
