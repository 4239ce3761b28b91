import { matchedRoutes } from 'hono/route';
import type { Actor } from '../../../application/actor.ts';
import type { Log } from '../../../application/ports/log.ts';
import type { Measurements } from '../../../application/ports/measurements.ts';
import type { SignedIn } from '../../../application/use-cases/identity/sign-ins.ts';
import type { DomainError } from '../../../domain/errors.ts';
import type { WordsChoice } from '../../../domain/identity/erasure.ts';
import type { User } from '../../../domain/identity/user.ts';
import { WrongCredentials } from '../../../domain/identity/wrong-credentials.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { RequestContext } from '../env.ts';
import { claimedOrigin } from '../requests/claimed-origin.ts';
import { clientAddress } from '../requests/client-address.ts';
import { requestId } from '../requests/request-id.ts';
import type { HttpRefusal } from './http-refusal.ts';

/** Reports requests to the operator, in the log and as metrics. */
export interface Reporting extends RequestReporting, SignInReporting {}

interface RequestReporting {
  /** A refusal, answered with this status. */
  refused(c: RequestContext, refusal: DomainError | HttpRefusal, status: number): void;
  /** A bug: the caller gets a 500 that names the request. */
  failed(c: RequestContext, error: unknown): void;
}

interface SignInReporting {
  signedIn(c: RequestContext, signedIn: Omit<SignedIn, 'token'>): void;
  signInRefused(c: RequestContext, refusal: DomainError): void;
  signedOut(c: RequestContext, actor: Actor): void;
  /** A user ended sessions, of which one may be their current one. */
  sessionsEnded(c: RequestContext, actor: Actor, ended: number): void;
  passwordChanged(c: RequestContext, actor: Actor, ended: number): void;
  /** The actor has the former name. */
  usernameChanged(c: RequestContext, actor: Actor, user: User): void;
  /** A user set a new password by a reset link, and is signed in. */
  passwordReset(c: RequestContext, signedIn: Pick<SignedIn, 'user' | 'ended'>): void;
  /** A user set a new password by a recovery code; they are not signed in yet. */
  accountRecovered(c: RequestContext, recovered: Pick<SignedIn, 'user' | 'ended'>): void;
  /** A user said what to keep after a recovery. */
  recoverySettled(c: RequestContext, actor: Actor, kept: KeptCounts): void;
  /** A user turned two-step sign-in on or off, or made new recovery codes. */
  twoStepChanged(c: RequestContext, actor: Actor, change: TwoStepChange): void;
  passkeysChanged(c: RequestContext, actor: Actor, act: PasskeyAct): void;
  registrationUndone(c: RequestContext, actor: Actor): void;
  accountDeleted(c: RequestContext, actor: Actor, words: WordsChoice): void;
  /** An export began. */
  accountExported(c: RequestContext, actor: Actor): void;
  chatExported(c: RequestContext, actor: Actor, chatId: ChatId): void;
}

export type TwoStepChange = 'enabled' | 'disabled' | 'codes_renewed';

/** How many of each were kept. */
interface KeptCounts {
  readonly passkeys: number;
  readonly sessions: number;
}

export type PasskeyAct = 'added' | 'removed';

interface Sinks {
  readonly log: Log;
  readonly measurements: Measurements;
}

export function makeReporting(sinks: Sinks): Reporting {
  return { ...reportRequests(sinks), ...reportSignIns(sinks) };
}

/** Answers that matter one by one to an operator who looks for abuse; all others are only counted. */
const isLogged = (status: number) => status === 403 || status === 421 || status === 429 || status >= 500;

function reportRequests({ log, measurements }: Sinks): RequestReporting {
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
        'a request failed because of a bug',
      );
      c.header('X-Request-Id', requestId(c));
    },
  };
}

function reportSignIns({ log, measurements }: Sinks): SignInReporting {
  return {
    signedIn(c, { user, isNew, ended }) {
      const result = isNew ? 'registered' : 'signed_in';
      measurements.signIn(result);
      const details = { event: result, ...describe(c, user), ended_sessions: ended };
      log.info(details, isNew ? 'a user registered' : 'a user signed in');
    },

    signInRefused(c, refusal) {
      measurements.signIn(refusal.code);
      if (!FAILURES.has(refusal.code)) return;
      const user = refusal instanceof WrongCredentials ? refusal.user : undefined;
      log.warn({ event: 'sign_in_failed', code: refusal.code, ...describe(c, user) }, 'a sign-in failed');
    },

    signedOut(c, { user }) {
      log.info({ event: 'signed_out', ...describe(c, user) }, 'a user signed out');
    },

    sessionsEnded(c, { user }, ended) {
      log.info({ event: 'sessions_ended', ...describe(c, user), ended_sessions: ended }, 'a user ended sessions');
    },

    passwordChanged(c, { user }, ended) {
      const details = { event: 'password_changed', ...describe(c, user), ended_sessions: ended };
      log.info(details, 'a user changed their password');
    },

    usernameChanged(c, { user }, { username }) {
      log.info({ event: 'username_changed', ...describe(c, user), new_name: username }, 'a user changed their name');
    },

    passwordReset(c, { user, ended }) {
      const details = { event: 'password_reset', ...describe(c, user), ended_sessions: ended };
      log.info(details, 'a user set a new password by a reset link');
    },

    accountRecovered(c, { user, ended }) {
      const details = { event: 'account_recovered', ...describe(c, user), ended_sessions: ended };
      log.info(details, 'a user set a new password by a recovery code');
    },

    recoverySettled(c, { user }, { passkeys, sessions }) {
      const details = { event: 'recovery_settled', ...describe(c, user), passkeys, sessions };
      log.info(details, 'a user said what to keep after a recovery');
    },

    twoStepChanged(c, { user }, change) {
      log.info({ event: 'two_step_changed', ...describe(c, user), change }, 'a user changed their two-step sign-in');
    },

    passkeysChanged(c, { user }, act) {
      log.info({ event: 'passkeys_changed', ...describe(c, user), change: act }, 'a user changed their passkeys');
    },

    accountDeleted(c, { user }, words) {
      // Without the name, which would outlive the account in the log.
      const { user: _user, ...details } = describe(c, undefined);
      log.info({ event: 'account_deleted', user: { id: user.id }, ...details, words }, 'a user deleted their account');
    },

    accountExported(c, { user }) {
      log.info({ event: 'account_exported', ...describe(c, user) }, 'a user began to export their data');
    },

    chatExported(c, { user }, chatId) {
      log.info({ event: 'chat_exported', ...describe(c, user), chat_id: chatId }, 'a member began to export a chat');
    },

    registrationUndone(c, { user }) {
      log.info({ event: 'registration_undone', ...describe(c, user) }, 'a user removed their new account');
    },
  };
}

/** A password that is too short for a new account may have been meant for an existing one. */
const FAILURES: ReadonlySet<string> = new Set(['wrong_credentials', 'invalid_password', 'wrong_code', 'wrong_passkey']);

/** Leaves out the path, the query and the referring page: the address of an invite is a secret. */
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

/** The matched route, such as `/invite/:code`, which unlike the path contains no secret. */
function routePattern(c: RequestContext): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none';
}
