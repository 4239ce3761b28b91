import { DomainError } from '../../../domain/errors.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { MessagePlace, MessagesView } from '../../ports/messages.ts';

/** Call it for members only. @throws DomainError `not_found` */
export async function findMessage({ messages }: Reads<'find'>, place: MessagePlace): Promise<Message> {
  return assertFound(await messages.find(place));
}

/** Without its reactions, its mentions and what it answers. Call it for members only. @throws DomainError `not_found` */
export async function findBareMessage({ messages }: Reads<'findBare'>, place: MessagePlace): Promise<Message> {
  return assertFound(await messages.findBare(place));
}

interface Reads<Name extends keyof MessagesView> {
  readonly messages: Pick<MessagesView, Name>;
}

function assertFound(message: Message | undefined): Message {
  if (!message) throw new DomainError('not_found', 'This chat has no such message.');
  return message;
}
