import { DomainError } from '../../../domain/errors.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { MessagePlace, MessagesView } from '../../ports/messages.ts';

/** Call it for members only. @throws DomainError `not_found` */
export async function findMessage(
  { messages }: { readonly messages: MessagesView },
  place: MessagePlace,
): Promise<Message> {
  const message = await messages.find(place);
  if (!message) throw new DomainError('not_found', 'This chat has no such message.');
  return message;
}
