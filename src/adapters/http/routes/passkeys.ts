import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { creationOptions, toWirePasskey } from '../../wire/passkeys.ts';
import { confirmedFirst } from '../answers/confirmed-first.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { PasskeyAct, Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { PasskeysPage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { newPasskey, passkeySite } from '../requests/passkey-answers.ts';

const PATH = '/account/passkeys';

const renamed = z.object({ name: z.string() });

interface Deps {
  readonly useCases: Pick<UseCases, 'viewPasskeys' | 'beginPasskey' | 'addPasskey' | 'renamePasskey' | 'removePasskey'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly publicOrigin: string | undefined;
}

/** The caller's passkeys. Making one needs script; the rest works without. */
export function passkeyRoutes(deps: Deps): Hono<Env> {
  const { useCases, publicOrigin } = deps;
  const routes = new Hono<Env>();

  routes.get(PATH, async (c) => {
    const actor = requireActor(c);
    if (wantsPage(c)) return c.html(await page(deps, c, { isNew: c.req.query('added') !== undefined }));
    const { passkeys, isConfirmed } = await useCases.viewPasskeys(actor);
    return c.json({ passkeys: passkeys.map(toWirePasskey), confirmed: isConfirmed });
  });

  routes.post(`${PATH}/options`, async (c) => {
    const actor = requireActor(c);
    const begun = await useCases.beginPasskey(actor);
    const site = passkeySite(c, publicOrigin).id;
    return c.json(creationOptions({ ...begun, site, username: actor.user.username }));
  });

  routes.post(PATH, async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { credential: answer, name } = await readJson(c, newPasskey);
    const added = await useCases.addPasskey(actor, { answer, name, site: passkeySite(c, publicOrigin) });
    report(deps, c, 'added');
    return c.json(toWirePasskey(added), 201);
  });

  addChanges(routes, deps);
  addForms(routes, deps);
  return routes;
}

/** As programs ask for it. */
function addChanges(routes: Hono<Env>, deps: Deps): void {
  const { useCases } = deps;

  routes.patch(`${PATH}/:id`, async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    await useCases.renamePasskey(actor, { id: c.req.param('id'), ...(await readJson(c, renamed)) });
    return c.body(null, 204);
  });

  routes.delete(`${PATH}/:id`, async (c) => {
    await useCases.removePasskey(requireActor(c), c.req.param('id'));
    report(deps, c, 'removed');
    return c.body(null, 204);
  });
}

/** As pages without script send it. */
function addForms(routes: Hono<Env>, deps: Deps): void {
  const { useCases, reporting } = deps;

  routes.post(`${PATH}/:id/rename`, async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/x-www-form-urlencoded');
    const { name } = await readForm(c, renamed);
    return confirmedFirst(c, PATH, () =>
      answerForm(c, {
        reporting,
        codes: ['invalid_passkey'],
        page: ({ message }) => page(deps, c, { problem: message }),
        async work() {
          await useCases.renamePasskey(actor, { id: c.req.param('id'), name });
          return c.redirect(PATH, 303);
        },
      }),
    );
  });

  routes.post(`${PATH}/:id/remove`, async (c) => {
    const actor = requireActor(c);
    return confirmedFirst(c, PATH, async () => {
      await useCases.removePasskey(actor, c.req.param('id'));
      report(deps, c, 'removed');
      return c.redirect(PATH, 303);
    });
  });
}

async function page({ useCases, pages }: Deps, c: RequestContext, shown: Shown): Promise<string> {
  const actor = requireActor(c);
  const { passkeys, isConfirmed } = await useCases.viewPasskeys(actor);
  const list = { passkeys: passkeys.map(toWirePasskey), isConfirmed };
  return pages.passkeys({ theme: cookieTheme(c), user: actor.user, ...list, ...shown });
}

type Shown = Pick<PasskeysPage, 'problem' | 'isNew'>;

const report = ({ reporting }: Deps, c: RequestContext, act: PasskeyAct): void =>
  reporting.passkeysChanged(c, requireActor(c), act);
