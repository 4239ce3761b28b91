import type { ChatDetails } from '../../application/ports/follower.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Installation } from '../../domain/installation.ts';
import { isClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { ServerFrame } from '../wire/frames.ts';
import { toWire } from '../wire/message.ts';
import type { Admission } from './admission.ts';
import { onceForAll } from './once-for-all.ts';

/** How a peer is told things, as bytes ready to be written; an empty buffer where it is not told. */
export interface Dialect {
  ready(revision: Revision, admission: Admission): Buffer;
  /** The same array again is the same buffer wherever that can be. */
  messages(messages: readonly Message[]): Buffer;
  reset(revision: Revision): Buffer;
  details(details: ChatDetails): Buffer;
  refused(refusal: DomainError, clientId: string | undefined): Buffer;
  /** Says only that the connection works: browsers cannot see pings. */
  readonly alive: Buffer;
}

/** The frames of chat.v1, each a JSON object. `encode` turns several into the bytes that carry them. */
export function jsonDialect(installation: Installation, encode: (frames: readonly ServerFrame[]) => Buffer): Dialect {
  return {
    ready(revision, { actor: { user }, chatId }) {
      const you = { id: user.id, username: user.username };
      const { id, epoch } = installation;
      return encode([{ type: 'ready', chat_id: chatId, revision, you, installation: id, epoch }]);
    },
    messages: onceForAll((messages) =>
      encode(messages.map((message) => ({ type: 'message', message: toWire(message) }))),
    ),
    reset: (revision) => encode([{ type: 'reset', revision }]),
    details: onceForAll(({ name, members, connected }) => encode([{ type: 'details', name, members, connected }])),
    refused({ code, message }, clientId) {
      const named = clientId !== undefined && isClientId(clientId) ? { client_id: clientId } : {};
      return encode([{ type: 'refused', ...named, code, detail: message }]);
    },
    alive: encode([{ type: 'alive' }]),
  };
}
