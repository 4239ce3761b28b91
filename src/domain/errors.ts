/** Why a request was refused. Adapters map each code to a status or a close code. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'wrong_credentials'
  | 'wrong_password'
  | 'code_needed'
  | 'wrong_code'
  | 'wrong_passkey'
  | 'confirmation_needed'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'deleted'
  | 'last_administrator'
  | 'too_many_invites'
  | 'too_many_passkeys'
  | 'too_many_requests'
  | 'slow_mode'
  | 'archived'
  | 'invalid_username'
  | 'invalid_password'
  | 'invalid_passkey'
  | 'invalid_chat_name'
  | 'invalid_message'
  | 'invalid_client_id'
  | 'invalid_emoji'
  | 'too_many_reactions'
  | 'too_many_pins'
  | 'invalid_reply'
  | 'invalid_files'
  | 'invalid_alt'
  | 'invalid_picture'
  | 'file_too_large'
  | 'no_room'
  | 'uploads_off'
  | 'invalid_invite'
  | 'invalid_ban'
  | 'invalid_reason'
  | 'invalid_slow_mode'
  | 'invalid_retention'
  | 'invalid_notifications'
  | 'invalid_away'
  | 'direct_chat'
  | 'invalid_subscription'
  | 'unavailable';

/** A refusal. Its message says in one sentence, to the caller, what was wrong. Anything else that is thrown is a bug. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  /** When the caller may try again, in milliseconds from now, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, { retryAfterMs }: { readonly retryAfterMs?: number } = {}) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a request is in conflict with. */
export type ConflictReason =
  | 'text_changed'
  | 'client_id_used'
  | 'account_settled'
  | 'username_taken'
  | 'account_deactivated'
  | 'two_step_on'
  | 'two_step_off'
  | 'last_way_in'
  | 'export_runs';

/** The request does not fit what happened before it. */
export class Conflict extends DomainError {
  readonly reason: ConflictReason;

  constructor(reason: ConflictReason, message: string) {
    super('conflict', message);
    this.reason = reason;
  }
}
