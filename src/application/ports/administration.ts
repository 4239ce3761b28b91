import type { AdministratorAct, AdministratorActKind } from '../../domain/administration/administrator-act.ts';
import type { Standing } from '../../domain/administration/standing.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';

/** The place of an act in the audit: a later act has a greater one. */
export type ActPlace = number;

export interface NewAdministratorAct {
  readonly kind: AdministratorActKind;
  readonly by: UserId | null;
  readonly about: UserId | null;
  readonly detail: string;
  readonly at: number;
}

export interface AdministrationView {
  /** Undefined for an unknown or removed account. In a unit of work no other unit changes the account until this one has ended. */
  standing(id: UserId): Promise<Standing | undefined>;
  /** The same by the key of the username. */
  standingOf(key: UsernameKey): Promise<Standing | undefined>;
  /** The users among these who are deactivated, in any order. */
  deactivatedAmong(ids: readonly UserId[]): Promise<readonly UserId[]>;
  /** The administrators, also those that are deactivated, by id. */
  administrators(): Promise<readonly Standing[]>;
  /** Whether the installation has any account that was not removed. */
  hasPeople(): Promise<boolean>;
  /** The same without this one. */
  hasOthers(id: UserId): Promise<boolean>;
  /** The acts before a place, or up to the last one; the latest first, and `limit` at most. */
  acts(range: {
    readonly before: ActPlace | undefined;
    readonly limit: number;
  }): Promise<readonly (AdministratorAct & { readonly place: ActPlace })[]>;
}

export interface Administration extends AdministrationView {
  /** Until this unit has ended, other units wait here: what they decide about administrators, they decide one after another. */
  lock(): Promise<void>;
  /** Replaces the moment (ms) since which the account is an administrator; null for not at all. An unknown id changes nothing. */
  setAdministrator(id: UserId, since: number | null): Promise<void>;
  /** Replaces the moment (ms) at which the account was deactivated; null for active. An unknown id changes nothing. */
  setDeactivated(id: UserId, at: number | null): Promise<void>;
  /** Adds an act to the audit, which nothing removes or changes. The users must exist. */
  addAct(act: NewAdministratorAct): Promise<void>;
}
