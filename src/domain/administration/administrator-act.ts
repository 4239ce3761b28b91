import type { User } from '../identity/user.ts';

/** The closed list of what administrators do to an installation. */
export const ADMINISTRATOR_ACT_KINDS = [
  'grant',
  'revoke',
  'deactivate',
  'activate',
  'sign_out',
  'reset_link',
  'two_step_off',
  'revoke_invite',
  'retry_job',
  'drop_job',
] as const;

export type AdministratorActKind = (typeof ADMINISTRATOR_ACT_KINDS)[number];

/** An act of an administrator. It is never changed. */
export interface AdministratorAct {
  readonly kind: AdministratorActKind;
  /** The administrator; null for the command of the server's operator, who has no account. */
  readonly by: User | null;
  /** The account that the act was about, or null. */
  readonly about: User | null;
  /** What else the act was about, such as the chat of an invite or the kind of a job; may be empty. It holds no secret. */
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
