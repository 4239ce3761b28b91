import type { NewSession } from '../../application/ports/follower.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { PictureSet } from '../../domain/events.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Installation } from '../../domain/installation.ts';
import type { Availability } from '../../domain/presence/availability.ts';
import type { PersonPresence } from '../../domain/presence/person.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { ListedChat, Reading } from '../../domain/reading/reading.ts';
import type { Typing } from '../../domain/typing/typing.ts';
import { toWireReading, toWireShared, toWireSummary } from '../wire/chat-summary.ts';
import { toWire } from '../wire/message.ts';
import { toWireVersion } from '../wire/picture.ts';
import { timestamp } from '../wire/timestamp.ts';
import type { UserServerFrame } from '../wire/user-frames.ts';
import { type Dialect, detailsFrame, personFrame, reactionsFrame, readyFrame, refusedFrame } from './dialect.ts';
import { onceForAll } from './once-for-all.ts';

/** A dialect for a connection that follows any number of chats. */
export interface UserDialect extends Dialect {
  hello(you: User, chats: readonly ListedChat[]): Buffer;
  chat(summary: ChatSummary, reading: Reading): Buffer;
  left(chatId: ChatId): Buffer;
  typing(typing: Typing): Buffer;
  presence(person: PersonPresence): Buffer;
  sound(chatId: ChatId, position: Revision): Buffer;
  signedIn(session: NewSession): Buffer;
  oversight(chatId: ChatId): Buffer;
  picture(set: PictureSet): Buffer;
}

/** The frames of user.v1: those of chat.v1 with a `chat_id`, and the list of chats. */
export function userDialect(
  installation: Installation,
  encode: (frames: readonly UserServerFrame[]) => Buffer,
): UserDialect {
  const shared = onceForAll(toWireShared);
  return {
    hello({ id, username }, chats) {
      const { id: installationId, epoch } = installation;
      const you = { id, username };
      return encode([{ type: 'hello', you, installation: installationId, epoch, chats: chats.map(toWireSummary) }]);
    },
    chat: (summary, reading) => encode([{ type: 'chat', chat: { ...shared(summary), ...toWireReading(reading) } }]),
    presence: onceForAll(({ user: { id, username }, availability }) =>
      encode([{ type: 'presence', user: { id, username }, ...wireAvailability(availability) }]),
    ),
    sound: (chatId, position) => encode([{ type: 'sound', chat_id: chatId, position }]),
    signedIn: ({ device, address, createdAt }) =>
      encode([{ type: 'signed_in', device, address, signed_in_at: timestamp(createdAt) }]),
    oversight: (chatId) => encode([{ type: 'oversight', chat_id: chatId }]),
    picture: onceForAll(({ owner, version }) => encode([{ type: 'picture', ...toWireVersion(owner, version) }])),
    user: onceForAll((user) => encode([personFrame(user)])),
    left: (chatId) => encode([{ type: 'left', chat_id: chatId }]),
    ready: (revision, admission) => encode([readyFrame(installation, revision, admission)]),
    changes: onceForAll((changes) => encode(changes.map(changeFrame))),
    reset: (revision, chatId) => encode([{ type: 'reset', chat_id: chatId, revision }]),
    details: (details, chatId) => encode([{ ...detailsFrame(details), chat_id: chatId }]),
    typing: onceForAll(({ chatId, user: { id, username } }) =>
      encode([{ type: 'typing', chat_id: chatId, user: { id, username } }]),
    ),
    refused(refusal, { chatId, clientId }) {
      const inChat = chatId === undefined ? {} : { chat_id: chatId };
      return encode([{ ...refusedFrame(refusal, clientId), ...inChat }]);
    },
    alive: encode([{ type: 'alive' }]),
  };
}

const wireAvailability = (shown: Availability) =>
  shown.state === 'away' ? { state: shown.state, until: timestamp(shown.until) } : { state: shown.state };

const changeFrame = (change: ChatChange) =>
  change.kind === 'reactions'
    ? reactionsFrame(change)
    : ({ type: 'message', chat_id: change.chatId, message: toWire(change) } as const);
