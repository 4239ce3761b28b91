import { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import type { FileRules } from '../../../application/use-cases/files/stage-file.ts';
import type { Pictured } from '../../../application/use-cases/pictures/pictured.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { MAX_PICTURE_BYTES, type Picture, versionOf } from '../../../domain/pictures/picture.ts';
import { toWirePicture, type WirePicture } from '../../wire/picture.ts';
import { sizeName } from '../../wire/shown-file.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { isMultipart, readFormFiles } from '../requests/form-files.ts';
import { chatIdIn } from '../requests/path-ids.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'viewPicture' | 'setPicture' | 'removePicture'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly fileRules: FileRules;
}

interface Asked extends Pictured {
  readonly c: RequestContext;
  readonly actor: Actor;
}

/** What another image, or another try, can mend. */
const MENDABLE = [
  ...(['invalid_picture', 'file_too_large', 'no_room', 'uploads_off', 'too_many_requests', 'unavailable'] as const),
];

/** The reader's own picture, and that of a chat: to see it large, to set and to remove it. The limit of bodies is that of an image. */
export function pictureChangeRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  for (const path of ['/account/picture', '/chat/:id/picture'] as const) {
    addChanges(routes, deps, path);
    addForms(routes, deps, path);
  }
  return routes;
}

type Path = '/account/picture' | '/chat/:id/picture';

function askedIn(c: RequestContext): Asked {
  const id = c.req.param('id');
  return { c, actor: requireActor(c), chatId: id === undefined ? undefined : chatIdIn(id) };
}

function addChanges(routes: Hono<Env>, deps: Deps, path: Path): void {
  const { useCases } = deps;

  routes.get(path, async (c) => {
    const asked = askedIn(c);
    if (wantsPage(c)) return c.html(await picturePage(deps, asked));
    const { picture, mayChange } = await useCases.viewPicture(asked.actor, asked);
    return c.json({ picture: picture ? toWire(asked, picture) : null, may_change: mayChange });
  });

  // The body is the image, or a form with it.
  routes.put(path, async (c) => {
    const asked = askedIn(c);
    return c.json({ picture: toWire(asked, await take(deps, asked)) });
  });

  routes.delete(path, async (c) => {
    const asked = askedIn(c);
    await useCases.removePicture(asked.actor, asked);
    return c.body(null, 204);
  });
}

/** As pages without script send them. */
function addForms(routes: Hono<Env>, deps: Deps, path: Path): void {
  routes.post(path, async (c) => {
    const asked = askedIn(c);
    return answerForm(c, {
      reporting: deps.reporting,
      codes: MENDABLE,
      page: ({ message }) => picturePage(deps, asked, message),
      async work() {
        await take(deps, asked);
        return c.redirect(addressOf(asked), 303);
      },
    });
  });

  routes.post(`${path}/remove`, async (c) => {
    const asked = askedIn(c);
    await deps.useCases.removePicture(asked.actor, asked);
    return c.redirect(addressOf(asked), 303);
  });
}

const addressOf = ({ chatId }: Pictured): string =>
  chatId === undefined ? '/account/picture' : `/chat/${chatId}/picture`;

async function take({ useCases }: Deps, { c, actor, chatId }: Asked): Promise<Picture> {
  if (!isMultipart(c)) return useCases.setPicture(actor, { chatId, chunks: c.req.raw.body ?? new Blob([]).stream() });
  let picture: Picture | undefined;
  await readFormFiles(c, {
    maxFiles: 1,
    async take({ chunks }) {
      picture = await useCases.setPicture(actor, { chatId, chunks });
    },
  });
  if (!picture) throw new HttpRefusal('bad_request', 'The form has no image.');
  return picture;
}

const toWire = ({ actor, chatId }: Asked, picture: Picture): WirePicture =>
  toWirePicture(
    chatId === undefined ? { kind: 'user', id: actor.user.id } : { kind: 'chat', id: chatId },
    versionOf(picture),
  );

async function picturePage({ useCases, pages, fileRules }: Deps, asked: Asked, problem?: string): Promise<string> {
  const { c, actor } = asked;
  const { picture, mayChange, chat } = await useCases.viewPicture(actor, asked);
  return pages.picture({
    ...{ theme: cookieTheme(c), user: actor.user, chat, problem },
    picture: picture && toWire(asked, picture),
    mayChange: mayChange && fileRules.isOn,
    isOff: !fileRules.isOn,
    maxBytes: sizeName(MAX_PICTURE_BYTES),
    action: addressOf(asked),
  });
}
