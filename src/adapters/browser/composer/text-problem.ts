import { DomainError } from '../../../domain/errors.ts';
import { messageBody } from '../../../domain/messages/message-body.ts';
import { tooLong } from './room-left.ts';

/** A sentence about a text that the server would refuse. It is not sent: a frame that is too big would end the connection. */
export function problemWith(text: string): string | undefined {
  try {
    const why = tooLong(text);
    if (why === undefined) messageBody(text);
    return why;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
