import type { ChatDetails } from '../../application/ports/follower.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import { isClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Admission } from './admission.ts';
import { encodeDetails, encodeFrame, encodeMessages } from './protocol.ts';

/** How a socket is told things, as whole frames; none at all where it is not told. */
export interface Dialect {
  ready(revision: Revision, admission: Admission): Buffer;
  /** The same array again is the same buffer wherever that can be. */
  messages(messages: readonly Message[]): Buffer;
  reset(revision: Revision): Buffer;
  details(details: ChatDetails): Buffer;
  refused(refusal: DomainError, clientId: string | undefined): Buffer;
}

export const chatV1: Dialect = {
  ready: (revision, { actor: { user }, chatId }) =>
    encodeFrame({ type: 'ready', chat_id: chatId, revision, you: { id: user.id, username: user.username } }),
  messages: encodeMessages,
  reset: (revision) => encodeFrame({ type: 'reset', revision }),
  details: encodeDetails,
  refused({ code, message }, clientId) {
    const named = clientId !== undefined && isClientId(clientId) ? { client_id: clientId } : {};
    return encodeFrame({ type: 'refused', ...named, code, detail: message });
  },
};
