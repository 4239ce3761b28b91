import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { isForm, readForm } from '../requests/bodies.ts';
import { ourOrigin } from '../requests/our-origin.ts';
import { chatIdIn } from '../requests/path-ids.ts';
import { SentForms } from '../requests/sent-forms.ts';

const inviteForm = z.object({ client_id: z.optional(z.string()) });

interface Deps {
  readonly useCases: Pick<
    UseCases,
    'viewChat' | 'createInvite' | 'viewInvite' | 'redeemInvite' | 'mayUndoRegistration'
  >;
  readonly pages: Pages;
  readonly publicOrigin: string | undefined;
  readonly registration: 'open' | 'closed';
}

export function inviteRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages, publicOrigin } = deps;
  const created = new SentForms<Awaited<ReturnType<UseCases['createInvite']>>>();
  const routes = new Hono<Env>();

  routes.post('/create_invite/:chat_id', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('chat_id'));
    const { client_id } = isForm(c) ? await readForm(c, inviteForm) : {};
    const form = { user: actor.user.id, id: client_id, words: `${chatId}` };
    const { code, expiresAt } = await created.once(form, () => useCases.createInvite(actor, chatId));
    const expires_at = new Date(expiresAt).toISOString();
    if (!wantsPage(c)) return c.json({ code, expires_at }, 201);
    const { chat } = await useCases.viewChat(actor, chatId);
    const url = `${ourOrigin(c, publicOrigin)}/invite/${code}`;
    const page = pages.inviteCreated({ theme: cookieTheme(c), user: actor.user, chat, url, expiresAt: expires_at });
    return c.html(page, 201);
  });

  /** Leads on to an invite whose link was pasted into a form. */
  routes.get('/invite', (c) => c.redirect(`/invite/${encodeURIComponent(codeIn(c.req.query('link') ?? ''))}`, 303));

  routes.get('/invite/:code', async (c) => {
    const code = c.req.param('code');
    const actor = c.get('actor');
    if (actor && isFromProgram(c)) return c.redirect(`/chat/${await useCases.redeemInvite(actor, code)}`, 303);
    return viewInvite(deps, { c, code });
  });

  routes.post('/invite/:code', async (c) => {
    const code = c.req.param('code');
    const actor = c.get('actor');
    if (actor) return c.redirect(`/chat/${await useCases.redeemInvite(actor, code)}`, 303);
    await useCases.viewInvite(undefined, code);
    if (!wantsPage(c)) requireActor(c);
    return c.redirect(`/auth?next=${encodeURIComponent(`/invite/${encodeURIComponent(code)}`)}`, 303);
  });

  return routes;
}

/** The code in a link to an invite, or the whole text: codes are also passed on by themselves. */
function codeIn(link: string): string {
  const [, code = link.trim()] = link.match(/\/invite\/([^/?#\s]+)/) ?? [];
  return code;
}

async function viewInvite(
  { useCases, pages, registration }: Deps,
  { c, code }: { readonly c: RequestContext; readonly code: string },
): Promise<Response> {
  const actor = c.get('actor');
  // Checked before the visitor is asked to sign in: an expired link is not worth an account.
  const { chat, invitedBy, members, isMember } = await useCases.viewInvite(actor, code);
  if (!wantsPage(c)) requireActor(c);
  const shown = { name: chat.name, members };
  const next = `/invite/${encodeURIComponent(code)}`;
  const undo = actor && (await useCases.mayUndoRegistration(actor)) ? { next } : undefined;
  // Most visitors who follow an invite have no account yet.
  const signIn = { username: '', next, isNew: registration === 'open', registration };
  const page = { theme: cookieTheme(c), user: actor?.user, code, chat: shown, invitedBy, isMember, undo, signIn };
  return c.html(pages.invite(page));
}

/** Headers that only browsers send, or that announce a prefetch. A page's script cannot forge any of them. */
const OF_BROWSERS = [
  'sec-fetch-site',
  'sec-fetch-dest',
  'sec-purpose',
  'purpose',
  'x-purpose',
  'x-moz',
  'origin',
  'referer',
];

/**
 * Whether this GET may join, as it did in the original app. A browser joins only by POST, so that no link, image, preview or
 * prefetch on another page acts for the visitor. Over plain HTTP on a local network browsers send no `Sec-Fetch-*`, and a page
 * on another port of the same host is same-site, so its images carry the cookie. What remains is `User-Agent`: all browsers
 * begin it with `Mozilla/`, and a page cannot change it without a CORS preflight.
 */
function isFromProgram(c: RequestContext): boolean {
  if (c.req.method !== 'GET' || wantsPage(c) || c.req.header('user-agent')?.startsWith('Mozilla/')) return false;
  return OF_BROWSERS.every((name) => c.req.header(name) === undefined);
}
