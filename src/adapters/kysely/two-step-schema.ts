import type { Generated } from 'kysely';
import type { UserId } from '../../domain/ids.ts';

/** The tables of two-step sign-in. */
export interface TwoStepSchema {
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
}
