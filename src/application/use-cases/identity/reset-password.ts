import { newPassword } from '../../../domain/identity/password.ts';
import { isEnabled } from '../../../domain/identity/two-step.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { Credentials } from './authenticate.ts';
import { sessionIdOf } from './credential-status.ts';
import { sayEnded } from './end-sessions.ts';
import { findLiveLink, type LinkDeps, type LiveLink, useUpLink } from './live-link.ts';
import { recoverAccountIn } from './recovered-account.ts';
import type { SignedIn } from './sign-ins.ts';

/** `password` is the new one. The other fields are as at a sign-in. */
export interface PasswordReset extends Pick<Credentials, 'password' | 'presentedTokens' | 'deviceName' | 'address'> {
  /** The link's secret. */
  readonly token: string;
}

export interface PasswordWasReset extends Pick<SignedIn, 'user' | 'ended'> {
  /** Of the session; undefined where none was begun. */
  readonly token: string | undefined;
}

/**
 * Uses up a reset link: replaces the password of its user, ends all their sessions, puts their passkeys on hold, and signs them in unless they
 * need a code for that too: the token is then undefined.
 * @throws DomainError `not_found` as `view-reset-link` does; `invalid_password`, which leaves the link as it is; `unavailable`
 */
export type ResetPassword = (reset: PasswordReset) => Promise<PasswordWasReset>;

export function makeResetPassword(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly passwordHasher: PasswordHasher;
}): ResetPassword {
  const { unitOfWork, broadcast, clock, secrets, passwordHasher } = deps;

  return async ({ token, presentedTokens, deviceName: device, address, ...wanted }) => {
    // Looked up before anything is hashed, so that guessing links costs the server little.
    const { user } = await findLiveLink(deps, 'reset', token);
    const passwordHash = await passwordHasher.hash(newPassword(wanted.password, user.username), address);
    const [now, sessionToken] = [clock.now(), secrets.token()];
    const presented = presentedTokens.map((one) => sessionIdOf(secrets, one));
    const { ended, isSignedIn } = await unitOfWork.run(async (store) => {
      await useUpLink(store, { kind: 'reset', token, secrets, now });
      const ended = await recoverAccountIn(store, { userId: user.id, passwordHash, presented, now });
      // The link stands for the password, not for the second step.
      const needsCode = isEnabled(await store.twoStep.of(user.id));
      const session = { id: sessionIdOf(secrets, sessionToken), userId: user.id, createdAt: now, seenAt: now };
      if (!needsCode) await store.sessions.add({ ...session, device, address });
      return { ended, isSignedIn: !needsCode };
    });
    sayEnded(broadcast, ended);
    return { user, token: isSignedIn ? sessionToken : undefined, ended: ended.length };
  };
}

/**
 * Whose password the link resets. The token is the permission. Looking does not use the link up.
 * @throws DomainError `not_found` for a link that is expired or used, and for one of a deactivated account, as for an unknown one
 */
export type ViewResetLink = (token: string) => Promise<LiveLink>;

export function makeViewResetLink(deps: LinkDeps): ViewResetLink {
  return (token) => findLiveLink(deps, 'reset', token);
}
