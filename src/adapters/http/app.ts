import type { BlockList } from 'node:net';
import { Hono } from 'hono';
import type { Log } from '../../application/ports/log.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { FileRules } from '../../application/use-cases/files/stage-file.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { Installation } from '../../domain/installation.ts';
import { makeErrorHandler } from './answers/errors.ts';
import { HttpRefusal } from './answers/http-refusal.ts';
import { makeReporting } from './answers/reporting.ts';
import { securityHeaders } from './answers/security-headers.ts';
import { limitRequestsPerClient } from './connections/requests-per-client.ts';
import { makeDeviceCookie } from './cookies/device-cookie.ts';
import { makePasskeyCookie } from './cookies/passkey-cookie.ts';
import { identify, makeSessionCookie } from './cookies/session-cookie.ts';
import { makeUndoneCookie } from './cookies/undone-cookie.ts';
import type { Env } from './env.ts';
import type { Assets } from './pages/assets.ts';
import type { Pages } from './pages/pages.ts';
import { warnOfForwarding } from './requests/forwarding-warning.ts';
import { limitBodies } from './requests/limit-bodies.ts';
import { guardRequests } from './requests/request-guard.ts';
import { trustProxies } from './requests/trusted-proxies.ts';
import { accountRoutes } from './routes/account.ts';
import { administrationRoutes } from './routes/administration.ts';
import { archiveRoutes } from './routes/archive.ts';
import { auditRoutes } from './routes/audit.ts';
import { catchUpRoutes } from './routes/catch-up.ts';
import { type AcceptStream, chatEventRoutes } from './routes/chat-events.ts';
import { chatExportRoutes } from './routes/chat-export.ts';
import { chatInviteRoutes } from './routes/chat-invites.ts';
import { type AcceptSocket, chatSocketRoutes } from './routes/chat-socket.ts';
import { chatRoutes } from './routes/chats.ts';
import { directRoutes } from './routes/direct.ts';
import { fileRoutes } from './routes/files.ts';
import { type HealthDeps, healthRoutes } from './routes/health.ts';
import { identityRoutes } from './routes/identity.ts';
import { inviteRoutes } from './routes/invites.ts';
import { leavingRoutes } from './routes/leaving.ts';
import { memberRoutes } from './routes/members.ts';
import { singleMessageRoutes } from './routes/message.ts';
import { messageFormRoutes } from './routes/message-forms.ts';
import { messageRoutes } from './routes/messages.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { offlineRoutes } from './routes/offline.ts';
import { passkeySignInRoutes } from './routes/passkey-sign-in.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { pictureChangeRoutes } from './routes/picture-changes.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { pinRoutes } from './routes/pins.ts';
import { presenceRoutes } from './routes/presence.ts';
import { pushRoutes } from './routes/push.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { readingRoutes } from './routes/reading.ts';
import { recoveryRoutes } from './routes/recovery.ts';
import { registrationRoutes } from './routes/registration.ts';
import { reportRoutes } from './routes/reports.ts';
import { resetRoutes } from './routes/reset.ts';
import { searchRoutes } from './routes/search.ts';
import { signInLinkRoutes } from './routes/sign-in-link.ts';
import { staticRoutes } from './routes/static.ts';
import { statusRoutes } from './routes/status.ts';
import { themeRoutes } from './routes/theme.ts';
import { twoStepRoutes } from './routes/two-step.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { type AcceptUserSocket, userSocketRoutes } from './routes/user-socket.ts';
import { usernameRoutes } from './routes/username.ts';
import { versionRoutes } from './routes/versions.ts';

const MAX_BODY_BYTES = 64 * 1024;

export interface HttpAppDeps {
  readonly useCases: UseCases;
  readonly installation: Installation;
  readonly pages: Pages;
  readonly assets: Assets;
  readonly acceptSocket: AcceptSocket;
  readonly acceptUserSocket: AcceptUserSocket;
  readonly acceptStream: AcceptStream;
  readonly log: Log;
  readonly measurements: Measurements;
  /** The origin under which people reach the site; undefined when any host is served. */
  readonly publicOrigin: string | undefined;
  /** The public key by which push services recognise the installation, base64url. */
  readonly pushKey: string;
  /** The proxies whose word on the client's address, the host and the scheme is trusted; undefined when there are none. */
  readonly trustedProxies: BlockList | undefined;
  /** Maximum concurrent requests of one client behind a trusted proxy; undefined for no limit. */
  readonly maxRequestsPerClient: number | undefined;
  readonly isStopping: HealthDeps['isStopping'];
  readonly fileRules: FileRules;
}

export function makeHttpApp(given: HttpAppDeps): Hono<Env> {
  const deps = { ...given, reporting: makeReporting(given) };
  const cookie = makeSessionCookie(deps);
  const app = new Hono<Env>();

  if (deps.trustedProxies) app.use(trustProxies(deps.trustedProxies));
  app.use(warnOfForwarding(deps));
  app.use(securityHeaders(deps));
  app.onError(makeErrorHandler(deps));
  app.notFound(() => {
    throw new HttpRefusal('not_found', 'There is nothing at this address.');
  });
  for (const routes of PUBLIC_ROUTES) app.route('/', routes(deps));
  app.use(guardRequests(deps));
  app.use(identify({ identifySession: deps.useCases.identifySession, cookie }));
  app.route('/', chatSocketRoutes(deps));
  app.route('/', userSocketRoutes(deps));
  app.route('/', chatEventRoutes(deps));
  // After the sockets and streams, which have their own limit.
  if (deps.maxRequestsPerClient !== undefined) app.use(limitRequestsPerClient(deps.maxRequestsPerClient));
  // Their bodies have limits of their own.
  for (const routes of [uploadRoutes, pictureChangeRoutes]) app.route('/', routes(deps));
  app.use(limitBodies(MAX_BODY_BYTES));
  app.route('/', themeRoutes(deps));
  const undoneCookie = makeUndoneCookie(deps);
  const deviceCookie = makeDeviceCookie(deps);
  app.route('/', identityRoutes({ ...deps, cookie, deviceCookie, undoneCookie }));
  app.route('/', registrationRoutes({ ...deps, cookie, undoneCookie }));
  app.route('/', accountRoutes({ ...deps, cookie }));
  app.route('/', leavingRoutes({ ...deps, cookie, undoneCookie }));
  for (const routes of [resetRoutes, recoveryRoutes]) app.route('/', routes({ ...deps, cookie }));
  app.route('/', passkeySignInRoutes({ ...deps, cookie, deviceCookie, passkeyCookie: makePasskeyCookie(deps) }));
  app.route('/', signInLinkRoutes({ ...deps, cookie, deviceCookie }));
  app.route('/', administrationRoutes(deps));
  for (const routes of MEMBER_ROUTES) app.route('/', routes(deps));
  return app;
}

/** They do not look at the session. */
const PUBLIC_ROUTES = [staticRoutes, offlineRoutes, statusRoutes, healthRoutes];

const MEMBER_ROUTES = [
  ...[
    chatRoutes,
    inviteRoutes,
    chatInviteRoutes,
    memberRoutes,
    messageRoutes,
    singleMessageRoutes,
    directRoutes,
    reactionRoutes,
  ],
  ...[
    pinRoutes,
    readingRoutes,
    catchUpRoutes,
    searchRoutes,
    notificationRoutes,
    presenceRoutes,
    pushRoutes,
    messageFormRoutes,
  ],
  ...[twoStepRoutes, passkeyRoutes],
  ...[
    fileRoutes,
    pictureRoutes,
    usernameRoutes,
    versionRoutes,
    moderationRoutes,
    reportRoutes,
    auditRoutes,
    archiveRoutes,
    chatExportRoutes,
  ],
];
