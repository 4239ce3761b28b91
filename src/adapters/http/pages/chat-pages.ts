import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import type { Revision } from '../../../domain/chats/chat.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWire } from '../../wire/message.ts';
import type { Theme } from '../cookies/theme.ts';
import { newFormId, withFormId } from '../requests/form-ids.ts';
import { areSameParts, KeptPages } from './kept-pages.ts';
import type { Pages } from './pages.ts';

/** How many messages a page shows. */
export const PAGE = 50;

/** Some five hundred pages as they usually are. */
const KEPT_BYTES = 16 * 1024 * 1024;

export interface ChatPages {
  /** The latest messages. */
  latest(actor: Actor, place: Omit<PagePlace, 'before'>): Promise<Uint8Array<ArrayBuffer>>;
  /** The messages before a position, or the latest when that is undefined; maybe with what could not be posted. */
  at(actor: Actor, place: PagePlace, refused?: RefusedPost): Promise<string>;
}

interface PagePlace {
  readonly chatId: ChatId;
  readonly theme: Theme;
  readonly before: Revision | undefined;
}

interface RefusedPost {
  readonly problem: string;
  readonly draft: string;
  /** The form's, which it keeps: nothing was stored under it. */
  readonly formId: string | undefined;
}

export function makeChatPages(deps: {
  readonly useCases: Pick<UseCases, 'openChat'>;
  readonly pages: Pages;
}): ChatPages {
  const { pages } = deps;
  const { openChat } = deps.useCases;
  const keptPages = new KeptPages(KEPT_BYTES);

  return {
    async latest(actor, { chatId, theme }) {
      const kept = keptPages.find({ viewer: actor.user.id, chat: chatId, theme });
      const opened = await openChat(actor, { chatId, limit: PAGE, cached: kept });
      const parts = { viewer: actor.user, theme, chat: opened.chat, members: opened.members, chats: opened.chats };
      if (kept && !opened.history && areSameParts(kept, parts)) {
        if (kept.version !== opened.version) keptPages.renew(kept, opened.version);
        return withFormId(kept.body, { from: kept.formId, to: newFormId() });
      }
      // Seldom, what is around the history has changed and the history has not: then it is read after all.
      const whole = opened.history ? opened : await openChat(actor, { chatId, limit: PAGE });
      const formId = newFormId();
      const body = Buffer.from(render(actor, theme, whole, { formId }));
      const { chat, members, chats, version } = whole;
      keptPages.keep({ viewer: actor.user, theme, chat, members, chats, version, body, formId });
      return body;
    },
    async at(actor, { chatId, theme, before }, refused) {
      const opened = await openChat(actor, { chatId, before, limit: PAGE });
      const formId = refused?.formId ?? newFormId();
      return render(actor, theme, opened, { newer: before !== undefined, ...refused, formId });
    },
  };

  function render(
    { user }: Actor,
    theme: Theme,
    { chat, members, chats, history }: Awaited<ReturnType<UseCases['openChat']>>,
    more: { readonly formId: string; readonly newer?: boolean } & Partial<RefusedPost>,
  ): string {
    if (!history) throw new Error('A chat was opened for its page, and its history was not read.');
    const { messages, revision, hasOlder } = history;
    return pages.chat({
      user,
      theme,
      chat: { id: chat.id, name: chat.name, members },
      chats,
      messages: messages.map(toWire),
      revision,
      older: hasOlder ? (messages[0]?.position ?? null) : null,
      newer: false,
      ...more,
    });
  }
}
