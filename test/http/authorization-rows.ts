import { readdirSync } from 'node:fs';
import { FORM, type Headers, JSON_BODY, PASSWORD, TEXT } from './client.ts';

/** The callers: the chat's owner, a moderator, another member, a former member, a banned one, a signed-in stranger, and a signed-out visitor. */
export const ROLES = ['owner', 'moderator', 'member', 'former', 'banned', 'stranger', 'anonymous'] as const;
export type Role = (typeof ROLES)[number];

/** The same, and people who are in no chat: an administrator, and somebody whose account was deactivated. */
export const CALLERS = [...ROLES, 'administrator', 'deactivated'] as const;
export type Caller = (typeof CALLERS)[number];

/**
 * The answer to a program: a status, with the target of the redirect or the code of the problem. Administrators are strangers where nothing
 * else is said, and the deactivated are always signed out.
 */
export type Answers = Readonly<Record<Role, string>> & { readonly administrator?: string };

export function answerTo(answers: Partial<Answers>, caller: Caller): string | undefined {
  if (caller === 'deactivated') return answers.anonymous;
  return caller === 'administrator' ? (answers.administrator ?? answers.stranger) : answers[caller];
}

export interface Row {
  /** The pattern in the app's own table of routes. */
  readonly route: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: string;
  readonly answers: Answers;
  /** Answers to page requests that differ from the usual: the same status, or a redirect to the sign-in when signed out. */
  readonly pages?: Partial<Answers>;
}

/** The id of the other member of the chat. */
const MEMBER = 2;

/** The position of a message by the other member: two notices come before it. */
const POSITION = 3;
const AT_PLACE = `303 /chat/:id/at/${POSITION}`;

const PASSWORD_CHANGE = '{"current":"a wrong guess","new":"battery staple"}';

const UPGRADE: Headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };

const anybody = (answer: string): Answers => ({ ...signedIn(answer), anonymous: answer });

function signedIn(answer: string): Answers {
  return {
    owner: answer,
    moderator: answer,
    member: answer,
    former: answer,
    banned: answer,
    stranger: answer,
    anonymous: '401 unauthenticated',
  };
}

function members(answer: string): Answers {
  return { ...signedIn(answer), former: '403 forbidden', banned: '403 forbidden', stranger: '403 forbidden' };
}

/** To everybody else there is nothing. */
const ofMembers = (answer: string): Answers => ({
  ...members(answer),
  ...{ former: '404 not_found', banned: '404 not_found', stranger: '404 not_found' },
});

function owner(answer: string): Answers {
  return { ...members('403 forbidden'), owner: answer };
}

function moderators(answer: string): Answers {
  return { ...owner(answer), moderator: answer };
}

/** Only the accounts of the stranger and the administrator are unused; the others have been in a chat. */
const undo: Answers = {
  ...signedIn('409 conflict'),
  stranger: '303 /auth?username=eve&next=%2F',
  administrator: '303 /auth?username=gus&next=%2F',
};

/** To everybody else there is nothing. */
const administrator = (answer: string): Answers => ({ ...anybody('404 not_found'), administrator: answer });

const PEOPLE = '303 /admin/people';

/** The position of the member's message. */
function author(answer: string): Answers {
  return { ...members('403 forbidden'), member: answer };
}

/** Members are led to the first message of the day. */
const onPages: Partial<Answers> = {
  owner: '303 /chat/:id/at/1',
  moderator: '303 /chat/:id/at/1',
  member: '303 /chat/:id/at/1',
};

const EDIT = JSON.stringify({ text: 'better', revision: POSITION });

const SUBSCRIPTION = JSON.stringify({
  endpoint: 'https://push.example/x',
  keys: { p256dh: `BA${'x'.repeat(85)}`, auth: 'a'.repeat(22) },
});

const CREDENTIAL = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: { clientDataJSON: 'AAAA' } };
const NEW_PASSKEY = JSON.stringify({ name: 'Key', credential: CREDENTIAL });
const USED_PASSKEY = JSON.stringify({ credential: CREDENTIAL });

/** For whoever is signed in. */
const onOwnPage = (answer: string): Partial<Answers> =>
  Object.fromEntries(ROLES.filter((role) => role !== 'anonymous').map((role) => [role, answer]));

const ROLE = '{"role":"moderator"}';

const REACTION = new URLSearchParams({ on: '👍' }).toString();

const auth = new URLSearchParams({ username: 'grace', password: PASSWORD }).toString();

const NO_IMAGE = { headers: TEXT, body: 'no image' };

/**
 * The answers of every route to each caller. A route without a row fails the tests, so that none is added without a decision
 * about access. `:id` and `:chat_id` stand for a chat of the owner and the member, `:code` for an invite to it, `:position` for
 * a message by the member.
 */
export const ROWS: readonly Row[] = [
  {
    route: 'POST /chat/:id/files',
    headers: { ...TEXT, 'x-file-name': 'notes.txt' },
    body: 'notes',
    answers: members('201'),
  },
  { route: 'GET /chat/:id/files', answers: members('200') },
  ...(['GET', 'PUT', 'POST', 'DELETE'] as const).map((method): Row => {
    const answer = { GET: '200', PUT: '422 invalid_picture', POST: '422 invalid_picture', DELETE: '204' }[method];
    return { route: `${method} /account/picture`, answers: signedIn(answer), ...(method[0] === 'P' && NO_IMAGE) };
  }),
  { route: 'POST /account/picture/remove', answers: signedIn('303 /account/picture') },
  { route: 'GET /chat/:id/picture', answers: members('200') },
  { route: 'PUT /chat/:id/picture', answers: owner('422 invalid_picture'), ...NO_IMAGE },
  { route: 'POST /chat/:id/picture', answers: owner('422 invalid_picture'), ...NO_IMAGE },
  { route: 'DELETE /chat/:id/picture', answers: owner('204') },
  { route: 'POST /chat/:id/picture/remove', answers: owner('303 /chat/:id/picture') },
  { route: 'GET /pictures', answers: signedIn('200') },
  { route: 'GET /pictures.css', answers: signedIn('200') },
  {
    route: 'GET /pictures/:kind/:id/:version/:size',
    answers: { ...anybody('404 not_found'), anonymous: '401 unauthenticated' },
  },
  { route: 'GET /files/:id/thumbnail', answers: { ...anybody('404 not_found'), anonymous: '401 unauthenticated' } },
  { route: 'GET /files/:id/:name', answers: ofMembers('200') },
  // The file is the member's, and no image.
  {
    route: 'PUT /files/:id/alt',
    headers: JSON_BODY,
    body: '{"alt":"x"}',
    answers: { ...ofMembers('403 forbidden'), member: '422 invalid_alt' },
  },
  {
    route: 'POST /files/:id/alt',
    headers: FORM,
    body: 'alt=x',
    answers: { ...ofMembers('403 forbidden'), member: '422 invalid_alt' },
  },

  { route: 'GET /static/:name', answers: anybody('200') },
  { route: 'GET /favicon.ico', answers: anybody('200') },
  { route: 'GET /status', answers: anybody('200') },
  { route: 'GET /sw.js', answers: anybody('200') },
  { route: 'GET /offline', answers: anybody('200') },
  { route: 'GET /healthz', answers: anybody('200') },
  { route: 'GET /readyz', answers: anybody('200') },
  { route: 'GET /auth', answers: { ...anybody('303 /'), anonymous: '200' } },
  { route: 'POST /auth', headers: FORM, body: auth, answers: anybody('303 /') },
  {
    route: 'POST /auth/code',
    headers: FORM,
    body: 'ticket=1.1.x&code=123456',
    answers: anybody('401'),
  },
  { route: 'POST /logout', answers: signedIn('303 /auth') },
  { route: 'POST /auth/undo', headers: FORM, body: 'next=%2F', answers: undo },
  { route: 'POST /theme', headers: FORM, body: 'theme=dark', answers: anybody('303 /') },
  { route: 'POST /density', headers: FORM, body: 'density=compact', answers: anybody('303 /') },
  { route: 'GET /', answers: signedIn('200') },
  { route: 'GET /chats', answers: signedIn('200') },
  { route: 'GET /catch-up', answers: signedIn('200') },
  { route: 'GET /search', query: '?q=word', answers: signedIn('200') },
  { route: 'POST /newchat', headers: JSON_BODY, body: '{"chat_name":"Den"}', answers: signedIn('201 /chat/2') },
  { route: 'POST /chats', headers: FORM, body: 'chat_name=Den', answers: signedIn('303 /chat/2') },
  { route: 'GET /invite', query: '?link=code', answers: anybody('303 /invite/code') },
  {
    route: 'GET /invite/:code',
    answers: { ...signedIn('303 /chat/:id'), banned: '404 not_found' },
    pages: { ...anybody('200'), banned: '404' },
  },
  {
    route: 'POST /invite/:code',
    answers: { ...signedIn('303 /chat/:id'), banned: '404 not_found' },
    pages: { anonymous: '303 /auth?next=%2Finvite%2F:code' },
  },
  { route: 'POST /create_invite/:chat_id', answers: members('201') },
  { route: 'POST /create_invite/:chat_id', headers: JSON_BODY, body: '{"uses":1}', answers: members('201') },
  { route: 'GET /chat/:id/invites', answers: members('200') },
  { route: 'DELETE /chat/:id/invites/:invite_id', answers: members('404 not_found') },
  { route: 'POST /chat/:id/invites/:invite_id/revoke', answers: members('404 not_found') },
  { route: 'GET /chat/:id', answers: members('200') },
  { route: 'GET /chat/:id', query: '?before=1', answers: members('200') },
  { route: 'GET /chat/:id/messages', answers: members('200') },
  { route: 'GET /chat/:id', query: '?after=1', answers: members('200') },
  { route: 'GET /chat/:id', query: '?reply=3', answers: members('200') },
  { route: 'GET /chat/:id/at/:position', answers: members('200') },
  { route: 'GET /chat/:id/on', query: '?date=2025-01-15', answers: members('200'), pages: onPages },
  { route: 'GET /chat/:id/messages', query: '?before=9&limit=3', answers: members('200') },
  { route: 'GET /chat/:id/messages', query: '?after=1', answers: members('200') },
  { route: 'GET /chat/:id/messages', query: '?around=3', answers: members('200') },
  { route: 'POST /chat/:id/messages', headers: JSON_BODY, body: '{"text":"hello"}', answers: members('201') },
  { route: 'POST /chat/:id/messages', headers: TEXT, body: 'hello', answers: members('201') },
  { route: 'POST /chat/:id/messages', headers: FORM, body: 'text=hello', answers: members('303 /chat/:id') },
  // test/event-stream has the answers to callers that ask for events.
  { route: 'GET /chat/:id/events', answers: members('406 not_acceptable') },
  { route: 'GET /chat/:id/events', query: '?after=0', answers: members('406 not_acceptable') },
  { route: 'GET /chat/:id/messages/:position', answers: members('200') },
  { route: 'GET /chat/:id/messages/:position/notified', answers: members('200') },
  { route: 'GET /account/push', answers: signedIn('200') },
  { route: 'POST /account/push', headers: JSON_BODY, body: SUBSCRIPTION, answers: signedIn('200') },
  { route: 'DELETE /account/push', answers: signedIn('200') },
  { route: 'POST /account/push/test', answers: signedIn('404 not_found') },
  { route: 'PATCH /chat/:id/messages/:position', headers: JSON_BODY, body: EDIT, answers: author('200') },
  { route: 'DELETE /chat/:id/messages/:position', answers: members('200') },
  { route: 'PUT /chat/:id/messages/:position/reactions/:emoji', answers: members('200') },
  { route: 'DELETE /chat/:id/messages/:position/reactions/:emoji', answers: members('200') },
  {
    route: 'POST /chat/:id/messages/:position/reactions',
    headers: FORM,
    body: REACTION,
    answers: members(AT_PLACE),
  },
  { route: 'DELETE /chat/:id/messages/:position/card', answers: author('200') },
  {
    route: 'POST /chat/:id/messages/:position/card/remove',
    answers: author('200'),
    pages: { member: AT_PLACE },
  },
  {
    route: 'POST /chat/:id/messages/:position/restore',
    answers: members('200'),
    pages: { owner: AT_PLACE, moderator: AT_PLACE, member: AT_PLACE },
  },
  {
    route: 'POST /chat/:id/messages/:position/edit',
    headers: FORM,
    body: `text=better&revision=${POSITION}`,
    answers: author(AT_PLACE),
  },
  { route: 'GET /chat/:id/messages/:position/versions', answers: members('200') },
  { route: 'DELETE /chat/:id/messages/:position/versions/:revision', answers: author('200') },
  {
    route: 'POST /chat/:id/messages/:position/versions/:revision/erase',
    answers: author(`303 /chat/:id/messages/${POSITION}/versions`),
  },
  { route: 'POST /chat/:id/messages/:position/delete', answers: members(AT_PLACE) },
  {
    route: 'POST /chat/:id/messages/:position/report',
    headers: JSON_BODY,
    body: '{"reason":"spam"}',
    answers: { ...members('201'), member: '403 forbidden' },
  },
  {
    route: 'POST /chat/:id/messages/:position/report',
    headers: FORM,
    body: 'reason=spam',
    answers: { ...members(AT_PLACE), member: '403 forbidden' },
  },
  { route: 'POST /chat/:id/messages/:position/dismiss', answers: moderators('404 not_found') },
  { route: 'GET /chat/:id/audit', answers: moderators('200') },
  { route: 'GET /chat/:id/audit', query: '?before=9&limit=1', answers: moderators('200') },
  { route: 'POST /chat/:id/audit/:act_id/undo', answers: moderators('404 not_found') },
  { route: 'GET /chat/:id/export', answers: members('200') },
  { route: 'POST /chat/:id/export', answers: members('200') },
  { route: 'GET /chat/:id/reports', answers: moderators('200') },
  { route: 'GET /chat/:id', query: '?at=1', answers: members('200') },
  { route: 'GET /chat/:id/messages', query: '?at=1', answers: members('200') },
  { route: 'GET /chat/:id/pins', answers: members('200') },
  { route: 'PUT /chat/:id/pins/:position', answers: members('200') },
  { route: 'DELETE /chat/:id/pins/:position', answers: members('200') },
  { route: 'POST /chat/:id/pins/:position', headers: FORM, body: 'on=true', answers: members('303 /chat/:id/pins') },
  { route: 'PUT /chat/:id/read', headers: JSON_BODY, body: '{"position":1}', answers: members('200') },
  { route: 'PUT /chat/:id/unread', headers: JSON_BODY, body: '{"position":1}', answers: members('200') },
  { route: 'POST /chat/:id/read', headers: FORM, body: 'position=1', answers: members('303 /chat/:id') },
  {
    route: 'POST /chat/:id/read',
    headers: FORM,
    body: 'position=1&back=catch-up',
    answers: members('303 /catch-up'),
  },
  { route: 'POST /chat/:id/unread', headers: FORM, body: 'position=1', answers: members('303 /chat/:id') },
  { route: 'PUT /chat/:id/level', headers: JSON_BODY, body: '{"level":"all"}', answers: members('200') },
  { route: 'PUT /chat/:id/pin', answers: members('200') },
  { route: 'DELETE /chat/:id/pin', answers: members('200') },
  { route: 'POST /chat/:id/pin', headers: FORM, body: 'pinned=on', answers: members('303 /chat/:id') },
  { route: 'POST /chat/:id/level', headers: FORM, body: 'level=all', answers: members('303 /chat/:id/members') },
  { route: 'GET /account/notifications', answers: signedIn('200') },
  { route: 'PUT /account/notifications', headers: JSON_BODY, body: '{"sound":false}', answers: signedIn('200') },
  {
    route: 'POST /account/notifications',
    headers: FORM,
    body: 'zone=UTC&from=22%3A00&to=07%3A00&keywords=&mon=on',
    answers: signedIn('303 /account/notifications?saved'),
  },
  {
    route: 'POST /account/notifications/rehearse',
    headers: JSON_BODY,
    body: '{"keywords":["deploy"]}',
    answers: signedIn('200'),
  },
  {
    route: 'POST /account/notifications/rehearse',
    headers: FORM,
    body: 'zone=UTC&from=22%3A00&to=07%3A00&keywords=&mon=on',
    answers: signedIn('200'),
  },
  // The other member shares only this chat with the caller.
  { route: 'POST /direct', headers: JSON_BODY, body: '{"usernames":["nobody"]}', answers: signedIn('403 forbidden') },
  { route: 'GET /account', answers: signedIn('200') },
  { route: 'GET /account/delete', answers: signedIn('200') },
  {
    route: 'DELETE /account',
    headers: JSON_BODY,
    body: '{"words":"keep","username":"somebody else"}',
    answers: signedIn('422 invalid_username'),
  },
  {
    route: 'POST /account/delete',
    headers: FORM,
    body: 'words=keep&username=bob',
    answers: { ...signedIn('422 invalid_username'), member: '303 /auth' },
  },
  { route: 'GET /account/export', answers: signedIn('200') },
  { route: 'POST /account/export', answers: signedIn('200') },
  { route: 'GET /account/presence', answers: signedIn('200') },
  { route: 'PUT /account/presence', headers: JSON_BODY, body: '{"away_until":null}', answers: signedIn('200') },
  {
    route: 'POST /account/presence',
    headers: FORM,
    body: 'away=off',
    answers: signedIn('303 /account/presence'),
  },
  { route: 'GET /account/two-step', answers: signedIn('200') },
  { route: 'POST /account/two-step', answers: signedIn('201'), pages: onOwnPage('303 /account/two-step') },
  { route: 'PUT /account/two-step', headers: JSON_BODY, body: '{"code":"123456"}', answers: signedIn('409 conflict') },
  { route: 'DELETE /account/two-step', answers: signedIn('204') },
  { route: 'POST /account/two-step/recovery-codes', answers: signedIn('409 conflict') },
  { route: 'POST /account/two-step/enable', headers: FORM, body: 'code=123456', answers: signedIn('409 conflict') },
  { route: 'POST /account/two-step/disable', answers: signedIn('303 /account/two-step') },
  { route: 'GET /account/passkeys', answers: signedIn('200') },
  { route: 'POST /account/passkeys/options', answers: signedIn('200') },
  { route: 'POST /account/passkeys', headers: JSON_BODY, body: NEW_PASSKEY, answers: signedIn('422 invalid_passkey') },
  {
    route: 'PATCH /account/passkeys/:id',
    headers: JSON_BODY,
    body: '{"name":"Key"}',
    answers: signedIn('404 not_found'),
  },
  { route: 'DELETE /account/passkeys/:id', answers: signedIn('404 not_found') },
  {
    route: 'POST /account/passkeys/:id/rename',
    headers: FORM,
    body: 'name=Key',
    answers: signedIn('404 not_found'),
  },
  { route: 'POST /account/passkeys/:id/remove', answers: signedIn('404 not_found') },
  { route: 'POST /account/confirm/passkey/options', answers: signedIn('200') },
  {
    route: 'POST /account/confirm/passkey',
    headers: JSON_BODY,
    body: USED_PASSKEY,
    answers: signedIn('403 wrong_passkey'),
  },
  { route: 'GET /auth/recover', answers: anybody('200') },
  {
    route: 'POST /auth/recover',
    headers: JSON_BODY,
    body: '{"username":"ada","code":"wrong","new":"battery staple"}',
    answers: anybody('401 wrong_credentials'),
  },
  { route: 'GET /account/recovery', answers: signedIn('200') },
  {
    route: 'POST /account/recovery',
    headers: JSON_BODY,
    body: '{"passkeys":[],"sessions":[]}',
    answers: signedIn('200'),
  },
  { route: 'POST /account/recovery', headers: FORM, body: '', answers: signedIn('303 /account/recovery') },
  { route: 'POST /auth/passkey/options', answers: anybody('200') },
  { route: 'POST /auth/passkey', headers: JSON_BODY, body: USED_PASSKEY, answers: anybody('403 wrong_passkey') },
  { route: 'GET /account/device', answers: signedIn('200') },
  { route: 'POST /account/device', answers: signedIn('201'), pages: onOwnPage('200') },
  { route: 'GET /device/:token', answers: anybody('404 not_found') },
  { route: 'POST /device/:token', answers: anybody('404 not_found') },
  { route: 'GET /account/confirm', answers: signedIn('200') },
  {
    route: 'POST /account/confirm',
    headers: FORM,
    body: 'password=a+wrong+guess',
    answers: signedIn('403 wrong_password'),
  },
  { route: 'GET /account/sessions', answers: signedIn('200') },
  { route: 'DELETE /account/sessions', answers: signedIn('200') },
  { route: 'DELETE /account/sessions/:id', answers: signedIn('404 not_found') },
  { route: 'POST /account/sessions/end-others', answers: signedIn('303 /account/sessions') },
  { route: 'POST /account/sessions/:id/end', answers: signedIn('404 not_found') },
  {
    route: 'PUT /account/username',
    headers: JSON_BODY,
    body: '{"username":" "}',
    answers: signedIn('422 invalid_username'),
  },
  {
    route: 'POST /account/username',
    headers: FORM,
    body: 'username=bob',
    answers: { ...signedIn('409 conflict'), member: '303 /account?saved=username' },
  },
  {
    route: 'PUT /account/password',
    headers: JSON_BODY,
    body: PASSWORD_CHANGE,
    answers: signedIn('403 wrong_password'),
  },
  {
    route: 'POST /account/password',
    headers: FORM,
    body: 'current=a+wrong+guess&new=battery+staple',
    answers: signedIn('403 wrong_password'),
  },
  { route: 'GET /admin', answers: administrator('200') },
  { route: 'GET /admin/people', answers: administrator('200') },
  { route: 'GET /admin/chats', answers: administrator('200') },
  { route: 'GET /admin/invites', answers: administrator('200') },
  { route: 'GET /admin/jobs', answers: administrator('200') },
  { route: 'GET /admin/audit', answers: administrator('200') },
  ...(['grant', 'revoke', 'deactivate', 'activate', 'two-step-off', 'sign-out'] as const).map(
    (act): Row => ({
      route: `POST /admin/people/:user_id/${act}`,
      answers: administrator('204'),
      pages: { administrator: PEOPLE },
    }),
  ),
  { route: 'POST /admin/people/:user_id/reset-link', answers: administrator('201') },
  { route: 'POST /admin/invites/:invite_id/revoke', answers: administrator('404 not_found') },
  { route: 'POST /admin/jobs/:job_id/retry', answers: administrator('404 not_found') },
  { route: 'POST /admin/jobs/:job_id/drop', answers: administrator('404 not_found') },
  { route: 'GET /reset', answers: signedIn('200') },
  { route: 'GET /reset/:token', answers: anybody('404 not_found') },
  { route: 'POST /reset/:token', headers: FORM, body: 'new=battery+staple', answers: anybody('404 not_found') },
  { route: 'GET /blocks', answers: signedIn('200') },
  {
    route: 'PUT /blocks/:user_id',
    answers: { ...signedIn('404 not_found'), owner: '200', moderator: '200', member: '400 bad_request' },
  },
  { route: 'DELETE /blocks/:user_id', answers: { ...signedIn('200'), member: '400 bad_request' } },
  {
    route: 'POST /blocks/:user_id',
    headers: FORM,
    body: 'on=true',
    answers: {
      ...signedIn('404 not_found'),
      owner: '303 /blocks',
      moderator: '303 /blocks',
      member: '400 bad_request',
    },
  },
  { route: 'GET /chat/:id/members', answers: members('200') },
  { route: 'GET /chat/:id/members', query: '?after=1736942400000-1&limit=1', answers: members('200') },
  { route: 'POST /chat/:id/name', headers: JSON_BODY, body: '{"chat_name":"Quay"}', answers: owner('200') },
  { route: 'POST /chat/:id/name', headers: FORM, body: 'chat_name=Quay', answers: owner('303 /chat/:id') },
  { route: 'POST /chat/:id/members/:user_id/remove', answers: moderators('303 /chat/:id/members') },
  { route: 'PUT /chat/:id/members/:user_id/role', headers: JSON_BODY, body: ROLE, answers: owner('200') },
  {
    route: 'POST /chat/:id/members/:user_id/role',
    headers: FORM,
    body: 'role=moderator',
    answers: owner('303 /chat/:id/members'),
  },
  {
    route: 'POST /chat/:id/members/:user_id/ban',
    headers: JSON_BODY,
    body: '{"reason":"spam","hours":1}',
    answers: moderators('200'),
  },
  {
    route: 'POST /chat/:id/members/:user_id/ban',
    headers: FORM,
    body: 'reason=spam&hours=&delete_hours=1',
    answers: moderators('303 /chat/:id/members'),
  },
  { route: 'DELETE /chat/:id/members/:user_id/ban', answers: moderators('404 not_found') },
  { route: 'POST /chat/:id/members/:user_id/unban', answers: moderators('404 not_found') },
  { route: 'PUT /chat/:id/slow-mode', headers: JSON_BODY, body: '{"seconds":30}', answers: moderators('200') },
  {
    route: 'POST /chat/:id/slow-mode',
    headers: FORM,
    body: 'seconds=30',
    answers: moderators('303 /chat/:id/members'),
  },
  { route: 'GET /chats/archived', answers: signedIn('200') },
  // In this order, so that the chat is not archived when other rows are tried.
  { route: 'PUT /chat/:id/archive', answers: owner('200') },
  { route: 'DELETE /chat/:id/archive', answers: owner('200') },
  { route: 'POST /chat/:id/archive', headers: FORM, body: 'archived=false', answers: owner('303 /chat/:id') },
  { route: 'PUT /chat/:id/retention', headers: JSON_BODY, body: '{"days":30}', answers: owner('200') },
  {
    route: 'POST /chat/:id/retention',
    headers: FORM,
    body: 'days=30',
    answers: owner('303 /chat/:id/members'),
  },
  { route: 'POST /chat/:id/leave', answers: members('303 /') },
  // test/websocket has the callers that are let in.
  { route: 'GET /chatsocket/:id', headers: UPGRADE, answers: members('101') },
  { route: 'GET /chatsocket/:id', query: '?after=0', headers: UPGRADE, answers: members('101') },
  { route: 'GET /chatsocket/:id', answers: anybody('426 upgrade_required') },
  { route: 'GET /socket', headers: { ...UPGRADE, 'sec-websocket-protocol': 'user.v1' }, answers: signedIn('101') },
  { route: 'GET /socket', answers: anybody('426 upgrade_required') },
];

export const methodOf = ({ route }: Row): string => route.split(' ')[0] ?? '';

/** The path of the row's route, for this chat and this invite. */
export function addressOf({ route, query = '' }: Row, { id, code }: { id: number | string; code: string }): string {
  const [, path = ''] = route.split(' ');
  const filled = path
    .replace(/:(chat_)?id\b/, `${id}`)
    .replace(':user_id', `${MEMBER}`)
    .replace(':act_id', '404')
    .replace(':position', `${POSITION}`)
    .replace(':emoji', encodeURIComponent('👍'))
    .replace(':revision', '1')
    .replace(':code', code)
    .replace(':name', ASSET);
  return filled + query;
}

export const isUpgrade = ({ headers }: Row): boolean => headers?.upgrade !== undefined;

export const isOfChat = ({ route }: Row): boolean => /:(chat_)?id\b/.test(route);

const [ASSET = ''] = readdirSync(new URL('../../static/built', import.meta.url)).filter((name) => name.endsWith('.js'));
