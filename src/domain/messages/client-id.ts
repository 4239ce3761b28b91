import { DomainError } from '../errors.ts';
import type { Branded } from '../ids.ts';

/** An idempotency key: a message that its author sends again under the same key is not stored again. */
export type ClientId = Branded<string, 'ClientId'>;

const SHAPE = /^[A-Za-z0-9_-]{1,64}$/;

export const isClientId = (input: string): input is ClientId => SHAPE.test(input);

/** @throws DomainError `invalid_client_id` */
export function clientId(input: string): ClientId {
  if (!isClientId(input)) {
    throw new DomainError('invalid_client_id', 'A client_id has 1 to 64 letters, digits, underscores or hyphens.');
  }
  return input;
}
