import type { Generated } from 'kysely';
import type { AdministratorActKind } from '../../domain/administration/administrator-act.ts';
import type { UserId } from '../../domain/ids.ts';

/** The tables of those who look after the installation. */
export interface AdministrationSchema {
  /** Rows are added, and never changed or removed. */
  readonly administrator_acts: {
    readonly id: Generated<number>;
    readonly kind: AdministratorActKind;
    /** Null for the command of the server's operator. */
    readonly by_id: UserId | null;
    readonly about_id: UserId | null;
    readonly detail: string;
    readonly at: number;
  };
}
