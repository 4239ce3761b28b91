import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { ourOrigin } from '../our-origin.ts';
import type { Pages } from '../pages.ts';
import { chatIdIn } from '../path-ids.ts';
import { themeOf } from '../theme.ts';

/** In the query it says that the visitor is to be asked, wherever they seem to come from. */
const ASK = 'ask';

export function inviteRoutes(deps: {
  readonly useCases: Pick<UseCases, 'viewChat' | 'createInvite' | 'viewInvite' | 'redeemInvite'>;
  readonly pages: Pages;
  readonly publicOrigin: string | undefined;
}): Hono<Env> {
  const { useCases, pages, publicOrigin } = deps;
  const routes = new Hono<Env>();

  routes.post('/create_invite/:chat_id', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('chat_id'));
    const { code, expiresAt } = await useCases.createInvite(actor, chatId);
    const expires_at = new Date(expiresAt).toISOString();
    if (!wantsPage(c)) return c.json({ code, expires_at }, 201);
    const { chat } = await useCases.viewChat(actor, chatId);
    const url = `${ourOrigin(c, publicOrigin)}/invite/${code}`;
    const page = pages.inviteCreated({ theme: themeOf(c), user: actor.user, chat, url, expiresAt: expires_at });
    return c.html(page, 201);
  });

  routes.get('/invite/:code', async (c) => {
    const code = c.req.param('code');
    if (isDeliberateVisit(c) && c.req.query(ASK) === undefined) return join(c, code);
    if (!c.get('actor') && wantsPage(c)) {
      // By signing in the visit would come to look like one that was meant.
      return c.redirect(`/auth?next=${encodeURIComponent(`/invite/${encodeURIComponent(code)}?${ASK}`)}`, 303);
    }
    const actor = requireActor(c);
    const { chat, members, isMember } = await useCases.viewInvite(actor, code);
    const page = { theme: themeOf(c), user: actor.user, code, chat: { name: chat.name, members }, isMember };
    return c.html(pages.invite(page));
  });

  routes.post('/invite/:code', (c) => join(c, c.req.param('code')));

  async function join(c: RequestContext, code: string): Promise<Response> {
    return c.redirect(`/chat/${await useCases.redeemInvite(requireActor(c), code)}`, 303);
  }

  return routes;
}

/**
 * Whether somebody meant to open this address: not another site's link, nor a browser that fetches ahead, nor a page that
 * embeds it. Programs that are no browsers say nothing of this and are believed.
 */
function isDeliberateVisit(c: RequestContext): boolean {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const destination = c.req.header('sec-fetch-dest') ?? 'document';
  const isAhead = ['sec-purpose', 'purpose', 'x-moz'].some((name) => c.req.header(name)?.includes('prefetch'));
  const isFromHere = site === 'none' || site === 'same-origin';
  return c.req.method === 'GET' && isFromHere && destination === 'document' && !isAhead;
}
