import type { SessionId } from '../ids.ts';

/** What an actor identified themselves by. Each kind has its own end and its own way to record that it was used. */
export type Credential = SessionCredential;

/** A sign-in. */
export interface SessionCredential {
  readonly kind: 'session';
  readonly id: SessionId;
}

export const sessionCredential = (id: SessionId): SessionCredential => ({ kind: 'session', id });

export const isSameCredential = (one: Credential, other: Credential): boolean =>
  one.kind === other.kind && one.id === other.id;
