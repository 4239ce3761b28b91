import type { MessagePlace } from '../../../application/ports/messages.ts';
import { type Revision, revision } from '../../../domain/chats/chat.ts';
import type { JoiningPlace, Membership } from '../../../domain/chats/membership.ts';
import { type FileId, fileId } from '../../../domain/files/file.ts';
import { type ChatId, chatId, type UserId, userId } from '../../../domain/ids.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

/** The canonical form of a positive integer: other spellings must not find the same chat. */
const CANONICAL = /^[1-9][0-9]{0,15}$/;

/** @throws HttpRefusal `not_found` */
export function chatIdIn(text: string): ChatId {
  return chatId(canonicalInteger(text) ?? notFound());
}

/** @throws HttpRefusal `not_found` */
export function fileIdIn(text: string): FileId {
  return fileId(canonicalInteger(text) ?? notFound());
}

/** @throws HttpRefusal `not_found` */
export function userIdIn(text: string): UserId {
  return userId(canonicalInteger(text) ?? notFound());
}

/** @throws HttpRefusal `not_found` */
export function positionIn(text: string): Revision {
  return revision(canonicalInteger(text) ?? notFound());
}

/** The message that a route under `/chat/:id/messages/:position` is about. @throws HttpRefusal `not_found` */
export function placeIn(c: RequestContext): MessagePlace {
  return { chatId: chatIdIn(c.req.param('id') ?? ''), position: positionIn(c.req.param('position') ?? '') };
}

/** The member that a route under `/chat/:id/members/:user_id` is about. @throws HttpRefusal `not_found` */
export function memberIn(c: RequestContext): Pick<Membership, 'chatId' | 'userId'> {
  return { chatId: chatIdIn(c.req.param('id') ?? ''), userId: userIdIn(c.req.param('user_id') ?? '') };
}

/** Where people find the message: in its chat, among its neighbours. */
export const permalinkPath = ({ chatId, position }: MessagePlace): string => `/chat/${chatId}/at/${position}`;

/** Where a form leads back to that stands in the queue of reports; undefined for others. */
export const afterModerating = (c: RequestContext, chatId: ChatId): string | undefined =>
  c.req.query('back') === 'reports' ? `/chat/${chatId}/reports` : undefined;

/** The place after which a page of members begins, as the previous page names it. @throws HttpRefusal `bad_request` */
export function joiningPlaceIn(text: string | undefined): JoiningPlace | undefined {
  if (text === undefined) return undefined;
  const [joinedAt, id] = text.split('-', 2).map(canonicalInteger);
  if (joinedAt === undefined || id === undefined || text !== `${joinedAt}-${id}`) {
    throw new HttpRefusal('bad_request', 'Ask for the next members with the `after` that the last page named.');
  }
  return { joinedAt, userId: userId(id) };
}

/** The member whom a page must show. @throws HttpRefusal `bad_request` */
export function personIn(text: string | undefined): UserId | undefined {
  if (text === undefined) return undefined;
  return userId(canonicalInteger(text) ?? badRequest('A person is named by their id, a whole number.'));
}

/** @throws HttpRefusal `bad_request` */
export function revisionIn(text: string | undefined): Revision | undefined {
  if (text === undefined) return undefined;
  const value = text === '0' ? 0 : canonicalInteger(text);
  if (value === undefined) throw new HttpRefusal('bad_request', 'A position or revision is a whole number.');
  return revision(value);
}

/** The number of a page of a long list; the first page where the text is no such number. */
export function pageNumberIn(text: string | undefined): number {
  return Math.min(canonicalInteger(text ?? '1') ?? 1, MAX_PAGE_NUMBER);
}

const MAX_PAGE_NUMBER = 100_000;

/** @throws HttpRefusal `bad_request` */
export function limitIn(text: string | undefined, { max, usual }: { max: number; usual: number }): number {
  if (text === undefined) return usual;
  const value = canonicalInteger(text);
  if (value === undefined || value > max)
    throw new HttpRefusal('bad_request', `A limit is a whole number from 1 to ${max}.`);
  return value;
}

function canonicalInteger(text: string): number | undefined {
  const value = CANONICAL.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function badRequest(detail: string): never {
  throw new HttpRefusal('bad_request', detail);
}

function notFound(): never {
  throw new HttpRefusal('not_found', 'There is nothing at this address.');
}
