import { DomainError } from '../../../domain/errors.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { MessagePlace, MessagesView } from '../../ports/messages.ts';

/** @throws DomainError `not_found`: to be asked on behalf of members only */
export async function findMessage(
  { messages }: { readonly messages: MessagesView },
  place: MessagePlace,
): Promise<Message> {
  const message = await messages.find(place);
  if (!message) throw new DomainError('not_found', 'There is no such message in this chat.');
  return message;
}
