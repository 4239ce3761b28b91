import * as z from 'zod/mini';
import { revision } from '../../domain/chats/chat.ts';
import type { ChatEvent, PresenceEvent, UserEvent } from '../../domain/events.ts';
import { type FileName, fileId } from '../../domain/files/file.ts';
import type { Username } from '../../domain/identity/username.ts';
import { chatId, sessionId, userId } from '../../domain/ids.ts';
import { type ClientId, isClientId } from '../../domain/messages/client-id.ts';
import { AS_POSTED, type Message, messageId } from '../../domain/messages/message.ts';
import type { MessageBody } from '../../domain/messages/message-body.ts';
import { type PictureVersion, pictureVersion } from '../../domain/pictures/picture.ts';
import type { Emoji } from '../../domain/reactions/tally.ts';

const whole = z.int().check(z.nonnegative());
const aChatId = z.pipe(whole, z.transform(chatId));
const aUserId = z.pipe(whole, z.transform(userId));
const aSessionId = z.pipe(z.string(), z.transform(sessionId));
const aRevision = z.pipe(whole, z.transform(revision));

/** Names and texts were checked when they were made, some by rules of earlier releases. */
const aUsername = z.custom<Username>((value) => typeof value === 'string');
const aClientId = z.custom<ClientId>((value) => typeof value === 'string' && isClientId(value));
const aBody = z.custom<MessageBody>((value) => typeof value === 'string');

const aUser = z.object({ id: aUserId, username: aUsername });

const entry = {
  chatId: aChatId,
  position: aRevision,
  revision: aRevision,
  clientId: z.nullable(aClientId),
  author: aUser,
  sentAt: z.number(),
};

const edit = z.object({ revision: aRevision, at: z.number() });

const quote = z.object({
  position: aRevision,
  author: aUser,
  kind: z.enum(['text', 'notice', 'deleted']),
  snippet: z.string(),
});

const tally = z.object({
  emoji: z.custom<Emoji>((value) => typeof value === 'string'),
  count: whole,
  users: z.array(aUser),
});

const file = z.object({
  id: z.pipe(whole, z.transform(fileId)),
  name: z.custom<FileName>((value) => typeof value === 'string'),
  type: z.string(),
  bytes: whole,
  width: z.nullable(whole),
  height: z.nullable(whole),
});

const card = z.object({
  href: z.string(),
  title: z.string(),
  description: z.string(),
  site: z.string(),
  image: z.nullable(z.object({ id: z.pipe(whole, z.transform(fileId)), width: whole, height: whole })),
});

/** Earlier releases leave out what they did not have. */
const text = {
  edit: z._default(z.nullable(edit), AS_POSTED.edit),
  replyTo: z._default(z.nullable(quote), AS_POSTED.replyTo),
  mentions: z._default(z.array(z.object({ userId: aUserId, name: z.string() })), []),
  reactions: z._default(z.array(tally), []),
  files: z._default(z.array(file), []),
  card: z._default(z.nullable(z.union([z.literal('removed'), card])), AS_POSTED.card),
  pin: z._default(z.nullable(z.object({ by: aUserId, at: z.number() })), AS_POSTED.pin),
};

const aMessage = z.pipe(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: aBody, ...text, ...entry }),
    z.object({ kind: z.literal('notice'), text: aBody, ...entry }),
    z.object({
      kind: z.literal('deleted'),
      ...{ deletedBy: aUserId, deletedAt: z.number(), isHidden: z.optional(z.literal(true)) },
      ...entry,
    }),
  ]),
  z.transform((message): Message => ({ id: messageId(message), ...message })),
);

const aVersion = z.custom<PictureVersion>((value) => typeof value === 'string' && pictureVersion(value) !== undefined);
const pictureSet = z.object({
  type: z.literal('picture_set'),
  owner: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('user'), id: aUserId }),
    z.object({ kind: z.literal('chat'), id: aChatId }),
  ]),
  version: z.nullable(aVersion),
});

const missed = z.object({ type: z.literal('events_missed') });

const reactionsChange = z.object({
  kind: z.literal('reactions'),
  chatId: aChatId,
  position: aRevision,
  revision: aRevision,
  reactions: z.array(tally),
});

/** The events of a chat's channel, as JSON has them. */
export const chatEvent: z.ZodMiniType<ChatEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message_posted'), message: aMessage }),
  z.object({ type: z.literal('message_changed'), message: aMessage }),
  z.object({ type: z.literal('message_reacted'), change: reactionsChange }),
  z.object({ type: z.literal('messages_erased'), chatId: aChatId, upTo: aRevision }),
  z.object({ type: z.literal('oversight_changed'), chatId: aChatId }),
  pictureSet,
  z.object({ type: z.literal('member_left'), chatId: aChatId, userId: aUserId }),
  z.object({
    type: z.literal('typing'),
    chatId: aChatId,
    user: aUser,
    hiddenFrom: z.optional(z.array(aUserId)),
  }),
  missed,
]);

/** The same of a user's channel. */
export const userEvent: z.ZodMiniType<UserEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session_ended'),
    userId: aUserId,
    sessionId: aSessionId,
  }),
  z.object({
    type: z.literal('signed_in'),
    userId: aUserId,
    sessionId: aSessionId,
    device: z.string(),
    address: z.string(),
    createdAt: z.number(),
  }),
  z.object({ type: z.literal('chat_joined'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('chat_left'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('pointer_moved'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('level_set'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('chat_pinned'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('role_set'), userId: aUserId, chatId: aChatId }),
  z.object({ type: z.literal('notifications_set'), userId: aUserId }),
  pictureSet,
  missed,
]);

/** The same of the channel on which instances report who is connected, and hear of people who are away or have another name. */
export const presenceEvent: z.ZodMiniType<PresenceEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('presence_reported'),
    instance: z.string(),
    people: z.array(
      z.object({
        user: aUser,
        availability: z.enum(['active', 'idle', 'offline']),
        lastsMs: z.number(),
        activeSessions: z._default(z.array(aSessionId), []),
      }),
    ),
  }),
  z.object({ type: z.literal('away_set') }),
  z.object({ type: z.literal('user_renamed'), user: aUser, rename: whole, renamedAt: z.number() }),
  missed,
]);

/** Everything that channels carry. */
export type BroadcastEvent = ChatEvent | UserEvent | PresenceEvent;

/** Every type of event that this release knows. */
export const EVENT_TYPES: Readonly<Record<BroadcastEvent['type'], true>> = {
  message_posted: true,
  message_changed: true,
  message_reacted: true,
  messages_erased: true,
  oversight_changed: true,
  picture_set: true,
  member_left: true,
  typing: true,
  session_ended: true,
  signed_in: true,
  chat_joined: true,
  chat_left: true,
  pointer_moved: true,
  presence_reported: true,
  away_set: true,
  user_renamed: true,
  level_set: true,
  chat_pinned: true,
  role_set: true,
  notifications_set: true,
  events_missed: true,
};
