import type { Actor } from '../../../application/actor.ts';
import type { Log } from '../../../application/ports/log.ts';
import type { Measurements } from '../../../application/ports/measurements.ts';
import type { SignedIn } from '../../../application/use-cases/identity/authenticate.ts';
import type { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import { WrongCredentials } from '../../../domain/identity/wrong-credentials.ts';
import type { RequestContext } from '../env.ts';
import { claimedOrigin } from '../requests/claimed-origin.ts';
import { clientAddress } from '../requests/client-address.ts';
import { requestId } from '../requests/request-id.ts';
import { routePattern } from '../requests/route-pattern.ts';
import type { HttpRefusal } from './http-refusal.ts';

/** What whoever runs the server learns of requests, by the log and by numbers. */
export interface Reporting {
  /** Somebody was told no, with this status. */
  refused(c: RequestContext, refusal: DomainError | HttpRefusal, status: number): void;
  /** A bug: the caller gets a 500, which names the request. */
  failed(c: RequestContext, error: unknown): void;
  signedIn(c: RequestContext, signedIn: Omit<SignedIn, 'token'>): void;
  signInRefused(c: RequestContext, refusal: DomainError): void;
  signedOut(c: RequestContext, actor: Actor): void;
  registrationUndone(c: RequestContext, actor: Actor): void;
}

/** Answers that whoever watches for abuse wants to see one by one; all others are only counted. */
const isLogged = (status: number) => status === 403 || status === 421 || status === 429 || status >= 500;

export function makeReporting({ log, measurements }: { log: Log; measurements: Measurements }): Reporting {
  return {
    refused(c, refusal, status) {
      const { code } = refusal;
      measurements.refused(code, 'http');
      if (!isLogged(status)) return;
      const details = { event: 'request_refused', ...describe(c, c.get('actor')?.user), status, code };
      if (status < 500) {
        log.warn(details, 'a request was refused');
        return;
      }
      log.warn({ ...details, err: refusal }, 'a request could not be served');
      c.header('X-Request-Id', requestId(c));
    },

    failed(c, err) {
      measurements.refused('internal', 'http');
      log.error(
        { event: 'request_failed', ...describe(c, c.get('actor')?.user), status: 500, err },
        'a request failed',
      );
      c.header('X-Request-Id', requestId(c));
    },

    signedIn(c, { user, isNew, ended }) {
      const result = isNew ? 'registered' : 'signed_in';
      measurements.signIn(result);
      const details = { event: result, ...describe(c, user), ended_sessions: ended };
      log.info(details, isNew ? 'somebody registered' : 'somebody signed in');
    },

    signInRefused(c, refusal) {
      measurements.signIn(refusal.code);
      if (!FAILURES.has(refusal.code)) return;
      const user = refusal instanceof WrongCredentials ? refusal.user : undefined;
      log.warn({ event: 'sign_in_failed', code: refusal.code, ...describe(c, user) }, 'somebody was not signed in');
    },

    signedOut(c, { user }) {
      log.info({ event: 'signed_out', ...describe(c, user) }, 'somebody signed out');
    },

    registrationUndone(c, { user }) {
      log.info({ event: 'registration_undone', ...describe(c, user) }, 'a new account was removed by its owner');
    },
  };
}

/** A password that is too short for a new account may have been meant for an old one. */
const FAILURES: ReadonlySet<string> = new Set(['wrong_credentials', 'invalid_password']);

/** Never the path, the query or the referring page: the address of an invite is a secret. */
function describe(c: RequestContext, user: User | undefined) {
  return {
    request_id: requestId(c),
    user: user && { id: user.id, name: user.username },
    address: clientAddress(c),
    origin: claimedOrigin(c),
    method: c.req.method,
    route: routePattern(c),
  };
}
