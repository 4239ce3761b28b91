import type { UseCases } from '../../../application/use-cases.ts';
import { MESSAGES_PER_PAGE } from '../../wire/history.ts';
import { toWire } from '../../wire/message.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, requireActor } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { chatIdIn, revisionIn } from '../requests/path-ids.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'viewPast'>;
  readonly pages: Pages;
}

/** The chat as it stood at the revision `at`, for a browser or as JSON. */
export async function answerPast(
  { useCases, pages }: Deps,
  c: RequestContext,
  { limit = MESSAGES_PER_PAGE, asPage }: { readonly limit?: number; readonly asPage: boolean },
): Promise<Response> {
  const actor = requireActor(c);
  const at = revisionIn(c.req.query('at') ?? '');
  const before = revisionIn(c.req.query('before'));
  const chatId = chatIdIn(c.req.param('id') ?? '');
  if (at === undefined) throw new Error('There is an `at`.');
  const { chat, messages: stood, hasOlder } = await useCases.viewPast(actor, { chatId, at, before, limit });
  const messages = stood.map(toWire);
  if (!asPage) return c.json({ messages, revision: at });
  return c.html(
    pages.past({
      ...{ theme: cookieTheme(c), user: actor.user, chat, messages, at, latest: chat.revision },
      older: hasOlder ? (messages[0]?.position ?? null) : null,
      isEnd: before === undefined || before > at,
    }),
  );
}
