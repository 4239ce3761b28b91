import type { Actor } from '../../../application/actor.ts';
import type { HistoryPlace } from '../../../application/use-cases/messages/history-page.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { isDirect, shownRole } from '../../../domain/chats/membership.ts';
import { mayArchive, mayPostAtAnyRate } from '../../../domain/chats/permissions.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { daysWords } from '../../../domain/moderation/retention.ts';
import { durationWords } from '../../../domain/moderation/slow-mode.ts';
import { isUnread } from '../../../domain/reading/reading.ts';
import { toWireSummary } from '../../wire/chat-summary.ts';
import { MESSAGES_PER_PAGE } from '../../wire/history.ts';
import { toWire, type WireQuote } from '../../wire/message.ts';
import type { Look } from '../cookies/look.ts';
import { newFormId, withFormId } from '../requests/form-ids.ts';
import { areSameParts, PageCache, type PageExtent } from './page-cache.ts';
import type { Pages } from './pages.ts';
import type { ShownChats } from './pages-data.ts';

/** About five hundred pages of the usual size. */
const MAX_CACHED_BYTES = 16 * 1024 * 1024;

export interface ChatPages {
  /** The latest messages. */
  latest(actor: Actor, place: PagePlace): Promise<Uint8Array<ArrayBuffer>>;
  /** The messages of a part of the history, or the latest; with what the composer holds. */
  at(actor: Actor, place: PartPlace, composer?: ComposerContents): Promise<string>;
}

type Opened = Awaited<ReturnType<UseCases['openChat']>>;

interface PagePlace {
  readonly look: Look;
  readonly chatId: ChatId;
  /** The whole page unless it says otherwise. */
  readonly extent?: PageExtent;
}

interface PartPlace extends PagePlace, Omit<HistoryPlace, 'limit'> {
  readonly show?: ShownChats;
}

export interface ComposerContents {
  /** The message that will be answered. */
  readonly reply?: WireQuote | undefined;
  /** Why the last post was refused, and its text. */
  readonly problem?: string | undefined;
  readonly draft?: string | undefined;
  /** The id of a refused form, which the page uses again because nothing was stored under it. */
  readonly formId?: string | undefined;
}

interface Deps {
  readonly useCases: Pick<UseCases, 'openChat'>;
  readonly pages: Pages;
}

export function makeChatPages(deps: Deps): ChatPages {
  return {
    latest: latestPages(deps),

    async at(actor, { chatId, look, extent = 'whole', show = 'all', ...place }, composer = {}) {
      const opened = await deps.useCases.openChat(actor, { chatId, ...place, limit: MESSAGES_PER_PAGE });
      const formId = composer.formId ?? newFormId();
      return render(
        deps.pages,
        { actor, look, extent, show, opened, after: place.after },
        { ...composer, formId, marked: place.around ?? null },
      );
    },
  };
}

function latestPages({ useCases: { openChat }, pages }: Deps): ChatPages['latest'] {
  const cache = new PageCache(MAX_CACHED_BYTES);

  return async (actor, { chatId, look, extent = 'whole' }) => {
    const cached = cache.find({ ...look, viewer: actor.user.id, chat: chatId, extent });
    const opened = await openChat(actor, { chatId, limit: MESSAGES_PER_PAGE, cached });
    const partsOf = ({ chat, role, members, renames, chats }: typeof opened) => {
      const shown = extent === 'whole' ? chats.filter(isListed) : chats.filter(({ id }) => id === chatId);
      return { ...look, viewer: actor.user, extent, chat, role, members, renames, chats: shown };
    };
    if (cached && !opened.history && areSameParts(cached, partsOf(opened))) {
      if (cached.version !== opened.version) cache.renew(cached, opened.version);
      return withFormId(cached.body, { from: cached.formId, to: newFormId() });
    }
    // The history was not read because it has not changed, but something around it has: read it after all.
    const whole = opened.history ? opened : await openChat(actor, { chatId, limit: MESSAGES_PER_PAGE });
    const formId = newFormId();
    const shown = { actor, look, extent, show: 'all', opened: whole } as const;
    const body = Buffer.from(render(pages, shown, { formId, marked: null }));
    cache.add({ ...partsOf(whole), version: whole.version, body, formId });
    return body;
  };
}

function render(
  pages: Pages,
  shown: {
    readonly actor: Actor;
    readonly look: Look;
    readonly extent: PageExtent;
    readonly show: ShownChats;
    readonly opened: Opened;
    /** The position after which the page begins, if it was asked for by that. */
    readonly after?: number | undefined;
  },
  more: ComposerContents & { readonly formId: string; readonly marked: number | null },
): string {
  const { actor, look, extent, show, opened, after } = shown;
  const { chat, role, members, chats, history } = opened;
  if (!history) throw new Error('A chat was opened for its page, and its history was not read.');
  const { messages, revision, hasOlder, hasNewer } = history;
  const summaries = chats.map(toWireSummary);
  const listed = chats.filter(isListed).map(toWireSummary);
  return pages[extent === 'whole' ? 'chat' : 'chatPart']({
    user: actor.user,
    ...{ ...look, show },
    chat: { id: chat.id, name: chat.name, members },
    role: shownRole(role),
    isDirect: isDirect(role),
    slowMode: chat.slowSeconds === undefined || mayPostAtAnyRate({ role }) ? null : durationWords(chat.slowSeconds),
    chats: listed,
    archived: chat.archivedAt !== undefined,
    mayBringBack: mayArchive({ role }),
    retention: chat.retention && chat.retention.days > 0 ? daysWords(chat.retention.days) : null,
    // A member who joined after the list was read has read everything.
    reading: summaries.find(({ id }) => id === chat.id) ?? { read: revision, unread: 0 },
    firstUnread: firstUnread(opened, history, { reader: actor.user.id, after }),
    messages: messages.map(toWire),
    revision,
    older: hasOlder ? (messages[0]?.position ?? null) : null,
    newer: hasNewer ? (messages.at(-1)?.position ?? 0) : null,
    ...more,
  });
}

const isListed = ({ isArchived }: Opened['chats'][number]): boolean => !isArchived;

/** Null where there is none, and on a page before which there may be others that are unread. */
function firstUnread(
  { chat, chats }: Opened,
  { messages, hasOlder }: NonNullable<Opened['history']>,
  { reader, after }: { readonly reader: UserId; readonly after: number | undefined },
): number | null {
  const reading = chats.find(({ id }) => id === chat.id)?.reading;
  if (!reading || reading.unread === 0) return null;
  const begin = hasOlder ? (after ?? (messages[0]?.position ?? 0) - 1) : 0;
  if (begin > reading.pointer.position) return null;
  return messages.find((message) => isUnread(message, reader, reading.pointer))?.position ?? null;
}
