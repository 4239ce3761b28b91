import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import type { Installation } from '../../../domain/installation.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { answerArchive } from '../export/answer-archive.ts';
import { chatFiles } from '../export/chat-files.ts';
import type { Pages } from '../pages/pages.ts';
import { chatIdIn } from '../requests/path-ids.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'exportChat' | 'viewChatSummary'>;
  readonly pages: Pages;
  readonly installation: Installation;
  readonly reporting: Reporting;
}

/** Taking a chat along, as one sees it. */
export function chatExportRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/chat/:id/export', async (c) => (wantsPage(c) ? c.html(await page(deps, c)) : archive(deps, c)));

  routes.post('/chat/:id/export', (c) =>
    answerForm(c, {
      reporting: deps.reporting,
      codes: ['conflict', 'too_many_requests'],
      page: ({ message }) => page(deps, c, message),
      work: () => archive(deps, c),
    }),
  );

  return routes;
}

async function page({ useCases, pages }: Deps, c: RequestContext, problem?: string): Promise<string> {
  const actor = requireActor(c);
  const chat = await useCases.viewChatSummary(actor, chatIdIn(c.req.param('id') ?? ''));
  return pages.chatExport({ theme: cookieTheme(c), user: actor.user, chat, problem });
}

async function archive({ useCases, pages, installation, reporting }: Deps, c: RequestContext): Promise<Response> {
  const actor = requireActor(c);
  const chatId = chatIdIn(c.req.param('id') ?? '');
  if (c.req.method === 'HEAD') {
    // An export would take its turn, and nobody would read it.
    await useCases.viewChatSummary(actor, chatId);
    return c.body(null, 200, { 'Content-Type': 'application/zip' });
  }
  const chat = await useCases.exportChat(actor, chatId);
  reporting.chatExported(c, actor, chatId);
  const entries = chatFiles(chat, { pages: pages.exportedChat, installation: installation.id });
  return answerArchive(c, { name: `chat-${chatId}`, at: chat.at, entries, close: () => chat.close() });
}
