import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mayRegister } from '../pages/sign-in-form.ts';
import { codeIn } from '../requests/invite-codes.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'viewInvite' | 'redeemInvite' | 'mayUndoRegistration' | 'viewRegistration'>;
  readonly pages: Pages;
}

/** Following an invite link. */
export function inviteRoutes(deps: Deps): Hono<Env> {
  const { useCases } = deps;
  const routes = new Hono<Env>();
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

async function viewInvite(
  { useCases, pages }: Deps,
  { c, code }: { readonly c: RequestContext; readonly code: string },
): Promise<Response> {
  const actor = c.get('actor');
  // Checked before the visitor is asked to sign in: an expired link is not worth an account.
  const { chat, invitedBy, members, isMember } = await useCases.viewInvite(actor, code);
  if (!wantsPage(c)) requireActor(c);
  const shown = { name: chat.name, members };
  const next = `/invite/${encodeURIComponent(code)}`;
  const undo = actor && (await useCases.mayUndoRegistration(actor)) ? { next } : undefined;
  const registration = await useCases.viewRegistration(code);
  // Most visitors who follow an invite have no account yet.
  const signIn = { username: '', next, isNew: mayRegister(registration), registration };
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
