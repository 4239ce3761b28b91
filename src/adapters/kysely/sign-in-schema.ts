import type { Generated } from 'kysely';
import type { LinkId, LinkKind } from '../../domain/identity/one-time-link.ts';
import type { UserId } from '../../domain/ids.ts';
import type { PasskeySchema } from './passkey-schema.ts';

/** The tables of two-step sign-in, and of links that stand for a person. */
export interface SignInSchema extends PasskeySchema {
  readonly two_step: {
    readonly user_id: UserId;
    /** Base32. The code of a moment is computed from it, so it cannot be stored as a digest. */
    readonly secret: string;
    /** Null until the first code. */
    readonly enabled_at: number | null;
    readonly last_step: Generated<number>;
  };
  readonly recovery_codes: {
    readonly user_id: UserId;
    readonly digest: string;
  };
  /** A user has at most one of each kind. */
  readonly one_time_links: {
    readonly id: LinkId;
    readonly kind: LinkKind;
    readonly user_id: UserId;
    readonly expires_at: number;
  };
}
