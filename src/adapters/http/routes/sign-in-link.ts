import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { timestamp } from '../../wire/timestamp.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { type SignInCookies, signInPlace, welcome } from '../answers/signed-in.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { qrCode } from '../pages/qr-code.ts';
import { ourOrigin } from '../requests/our-origin.ts';

const PATH = '/account/device';

interface Deps extends SignInCookies {
  readonly useCases: Pick<UseCases, 'createSignInLink' | 'viewSignInLink' | 'useSignInLink'>;
  readonly pages: Pages;
  readonly publicOrigin: string | undefined;
}

/** A link that signs its maker in on another device. Only the form uses it up, so that no preview can. */
export function signInLinkRoutes(deps: Deps): Hono<Env> {
  const { useCases, pages, publicOrigin } = deps;
  const routes = new Hono<Env>();

  routes.get(PATH, (c) => c.html(pages.device({ theme: cookieTheme(c), user: requireActor(c).user })));

  routes.post(PATH, async (c) => {
    const actor = requireActor(c);
    return confirmedFirst(c, PATH, async () => {
      const { token, expiresAt } = await useCases.createSignInLink(actor);
      const link = `${ourOrigin(c, publicOrigin)}/device/${token}`;
      if (!wantsPage(c)) return c.json({ link, expires_at: timestamp(expiresAt) }, 201);
      return c.html(pages.device({ theme: cookieTheme(c), user: actor.user, made: { link, qr: qrCode(link) } }));
    });
  });

  routes.get('/device/:token', async (c) => {
    const token = c.req.param('token');
    const { user, expiresAt } = await useCases.viewSignInLink(token);
    if (!wantsPage(c)) return c.json({ username: user.username, expires_at: timestamp(expiresAt) });
    return c.html(pages.deviceHere({ theme: cookieTheme(c), username: user.username, token }));
  });

  routes.post('/device/:token', async (c) => {
    const signedIn = await useCases.useSignInLink({ token: c.req.param('token'), ...signInPlace(c, deps) });
    const { user } = welcome(c, deps, signedIn);
    return wantsPage(c) ? c.redirect('/', 303) : c.json({ id: user.id, username: user.username });
  });

  return routes;
}
