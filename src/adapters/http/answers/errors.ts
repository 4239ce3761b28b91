import type { HttpBindings } from '@hono/node-server';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { UseCases } from '../../../application/use-cases.ts';
import { Conflict, type ConflictReason, DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { EditConflict } from '../../../domain/messages/changes.ts';
import { toWire, type WireMessage } from '../../wire/message.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import type { UndoOffer } from '../pages/pages-data.ts';
import { wantedPath } from '../requests/next-path.ts';
import { requestId } from '../requests/request-id.ts';
import { HttpRefusal, type HttpRefusalCode } from './http-refusal.ts';
import type { Reporting } from './reporting.ts';

interface StatusLine {
  readonly status: ContentfulStatusCode;
  readonly title: string;
}

interface Problem extends StatusLine {
  readonly detail: string;
  readonly code: string;
  /** The id under which the operator finds the request in the log. */
  readonly request_id?: string;
  /** The current message, where an edit was based on an older one. */
  readonly message?: WireMessage;
}

const STATUS: Record<ErrorCode | HttpRefusalCode, StatusLine> = {
  bad_request: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Signed out' },
  wrong_credentials: { status: 401, title: 'Wrong name or password' },
  code_needed: { status: 401, title: 'One more step' },
  wrong_code: { status: 403, title: 'Wrong code' },
  confirmation_needed: { status: 403, title: 'Confirm that it is you' },
  wrong_passkey: { status: 403, title: 'Passkey not accepted' },
  wrong_password: { status: 403, title: 'Wrong password' },
  forbidden: { status: 403, title: 'Not open to you' },
  uploads_off: { status: 403, title: 'No files here' },
  direct_chat: { status: 403, title: 'Not in direct chats' },
  cross_site: { status: 403, title: 'Sent from another site' },
  not_found: { status: 404, title: 'Nothing here' },
  not_acceptable: { status: 406, title: 'Not available in that format' },
  archived: { status: 409, title: 'Archived' },
  conflict: { status: 409, title: 'Conflict' },
  last_administrator: { status: 409, title: 'The only administrator' },
  too_many_invites: { status: 409, title: 'Too many invites' },
  too_many_passkeys: { status: 409, title: 'Too many passkeys' },
  too_many_pins: { status: 409, title: 'Too many pins' },
  too_many_reactions: { status: 409, title: 'Too many reactions' },
  deleted: { status: 410, title: 'Deleted' },
  too_large: { status: 413, title: 'Too large' },
  file_too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported type of content' },
  misdirected: { status: 421, title: 'Wrong address' },
  invalid_away: { status: 422, title: 'Invalid time' },
  invalid_ban: { status: 422, title: 'Invalid ban' },
  invalid_reason: { status: 422, title: 'Invalid reason' },
  invalid_retention: { status: 422, title: 'Invalid retention' },
  invalid_slow_mode: { status: 422, title: 'Invalid slow mode' },
  invalid_username: { status: 422, title: 'Invalid username' },
  invalid_password: { status: 422, title: 'Invalid password' },
  invalid_passkey: { status: 422, title: 'Invalid passkey' },
  invalid_chat_name: { status: 422, title: 'Invalid name' },
  invalid_invite: { status: 422, title: 'Invalid invite' },
  invalid_message: { status: 422, title: 'Invalid message' },
  invalid_client_id: { status: 422, title: 'Invalid client_id' },
  invalid_picture: { status: 422, title: 'Not a picture' },
  invalid_files: { status: 422, title: 'Invalid files' },
  invalid_alt: { status: 422, title: 'Invalid alternative text' },
  invalid_emoji: { status: 422, title: 'Invalid emoji' },
  invalid_notifications: { status: 422, title: 'Invalid settings' },
  invalid_reply: { status: 422, title: 'Invalid reply' },
  invalid_subscription: { status: 422, title: 'Invalid subscription' },
  upgrade_required: { status: 426, title: 'WebSocket required' },
  slow_mode: { status: 429, title: 'Slow mode' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  no_room: { status: 507, title: 'No room left' },
};

const CONFLICT_TITLES: Record<ConflictReason, string> = {
  text_changed: 'Changed in the meantime',
  client_id_used: 'Already used',
  account_settled: 'This account stays',
  username_taken: 'Not a free name',
  account_deactivated: 'This account is deactivated',
  two_step_on: 'On already',
  two_step_off: 'Not begun',
  last_way_in: 'Your only way in',
  export_runs: 'Running already',
};

export const statusOf = ({ code }: DomainError): ContentfulStatusCode => STATUS[code].status;

/** Handles everything that a route throws: refusals are answered, bugs are logged and hidden from the caller. */
export function makeErrorHandler(deps: ErrorDeps) {
  const { reporting } = deps;
  return async (error: Error, c: RequestContext): Promise<Response> => {
    const refusal = refusalIn(error, c);
    if (refusal) {
      reporting.refused(c, refusal, STATUS[refusal.code].status);
      return refuse(c, deps, refusal);
    }
    reporting.failed(c, error);
    return answer(c, deps, { ...FAILED, request_id: requestId(c) });
  };
}

interface ErrorDeps {
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly useCases: Pick<UseCases, 'mayUndoRegistration'>;
}

const FAILED = {
  status: 500,
  title: 'Our mistake',
  detail: 'Something went wrong on our side. It has been written down.',
  code: 'internal',
} as const;

/** Undefined when the error is a bug. */
function refusalIn(error: Error, c: RequestContext): DomainError | HttpRefusal | undefined {
  if (error instanceof DomainError || error instanceof HttpRefusal) return error;
  return isCutOff(c) ? new HttpRefusal('bad_request', 'The request did not arrive whole.') : undefined;
}

/** Whether the connection ended before the whole body arrived. Reading the body then fails, and that is no bug. */
function isCutOff(c: RequestContext): boolean {
  // Undefined where a request comes over no network.
  const bindings: Partial<HttpBindings> | undefined = c.env;
  const incoming = bindings?.incoming;
  return incoming?.destroyed === true && !incoming.complete;
}

function refuse(c: RequestContext, deps: ErrorDeps, refusal: DomainError | HttpRefusal): Response | Promise<Response> {
  const { code, message } = refusal;
  if (code === 'unauthenticated' && wantsPage(c)) {
    return c.redirect(`/auth?next=${encodeURIComponent(wantedPath(c))}`, 303);
  }
  if (refusal instanceof DomainError) sayWhenToRetry(c, refusal);
  if (code === 'upgrade_required') c.header('Upgrade', 'websocket');
  const conflict = refusal instanceof Conflict ? { title: CONFLICT_TITLES[refusal.reason] } : {};
  const current = refusal instanceof EditConflict ? { message: toWire(refusal.current) } : {};
  return answer(c, deps, { ...STATUS[code], ...conflict, detail: message, code, ...current });
}

/** Sets `Retry-After`, in whole seconds. What is unavailable may recover at once. */
export function sayWhenToRetry(c: RequestContext, { code, retryAfterMs }: DomainError): void {
  const ms = retryAfterMs ?? (code === 'unavailable' ? 1000 : undefined);
  if (ms !== undefined) c.header('Retry-After', `${Math.max(1, Math.ceil(ms / 1000))}`);
}

/** Answers people with a page and programs with problem details (RFC 9457). */
async function answer(c: RequestContext, deps: ErrorDeps, problem: Problem): Promise<Response> {
  const { status, title, detail, ...more } = problem;
  if (wantsPage(c)) {
    const actor = c.get('actor');
    const undo = await undoOffer(c, deps, status);
    const said = { status, title, detail, requestId: more.request_id, signedIn: actor !== undefined };
    const chatPath = actor && chatPathOf(c, status);
    return c.html(deps.pages.error({ theme: cookieTheme(c), ...said, chatPath, user: actor?.user, undo }), status);
  }
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, ...more });
  return c.body(body, status, { 'Content-Type': 'application/problem+json' });
}

/** Pages for closed and for unknown chats do not contain their address. */
const chatPathOf = (c: RequestContext, status: number): string | undefined =>
  status === 403 ? undefined : /^\/chat\/[1-9]\d*(?=\/)/.exec(c.req.path)?.[0];

/**
 * A name that was mistyped at sign-in creates a new account, which cannot open the chats of the right one. The page offers to
 * undo that. The offer does not contain the address, so that pages for closed and for unknown chats are equal byte for byte.
 */
async function undoOffer(c: RequestContext, { useCases }: ErrorDeps, status: number): Promise<UndoOffer | undefined> {
  const actor = c.get('actor');
  if (!actor || (status !== 403 && status !== 404)) return undefined;
  return (await useCases.mayUndoRegistration(actor)) ? {} : undefined;
}
