import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readJson } from '../requests/bodies.ts';
import { ourOrigin } from '../requests/our-origin.ts';
import { placeIn } from '../requests/path-ids.ts';

/** A browser's `PushSubscription` as JSON. */
const subscription = z.object({
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});

interface Deps {
  readonly useCases: Pick<
    UseCases,
    'addPushDevice' | 'removePushDevice' | 'testPushDevice' | 'viewPushDevice' | 'viewNotified'
  >;
  readonly pages: Pages;
  /** The public key of the installation, base64url. */
  readonly pushKey: string;
  readonly publicOrigin: string | undefined;
}

/** Push messages to the caller's browser, and why messages were announced there or not. */
export function pushRoutes({ useCases, pages, pushKey, publicOrigin }: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/account/push', async (c) => {
    const device = await useCases.viewPushDevice(requireActor(c));
    return c.json({ key: pushKey, device: device?.id ?? null });
  });

  routes.post('/account/push', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { endpoint, keys } = await readJson(c, subscription);
    const given = { endpoint, publicKey: keys.p256dh, auth: keys.auth };
    const { id } = await useCases.addPushDevice(actor, given, ourOrigin(c, publicOrigin));
    return c.json({ key: pushKey, device: id });
  });

  routes.delete('/account/push', async (c) => {
    await useCases.removePushDevice(requireActor(c));
    return c.json({ key: pushKey, device: null });
  });

  routes.post('/account/push/test', async (c) => c.json({ outcome: await useCases.testPushDevice(requireActor(c)) }));

  routes.get('/chat/:id/messages/:position/notified', async (c) => {
    const [actor, place] = [requireActor(c), placeIn(c)];
    const found = await useCases.viewNotified(actor, place);
    const devices = found.map(({ deviceId, isThis, reason }) => ({ device: deviceId, here: isThis, reason }));
    if (!wantsPage(c)) return c.json({ devices });
    return c.html(pages.notified({ theme: cookieTheme(c), user: actor.user, place, devices }));
  });

  return routes;
}
