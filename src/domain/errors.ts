/** Every way in which the product says no. Adapters map each code to a status, a close code or a sentence. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'wrong_credentials'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'deleted'
  | 'too_many_invites'
  | 'too_many_requests'
  | 'invalid_username'
  | 'invalid_password'
  | 'invalid_chat_name'
  | 'invalid_message'
  | 'invalid_client_id'
  | 'unavailable';

/** A refusal: the caller may read `message`, it says in one sentence what was wrong. Everything else that is thrown is a bug. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  /** After how many milliseconds it may be asked again, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, { retryAfterMs }: { readonly retryAfterMs?: number } = {}) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
