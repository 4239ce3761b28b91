import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { PictureQuery } from '../../../application/use-cases/pictures/open-picture.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import {
  PICTURE_SIZES,
  PICTURE_TYPE,
  type PictureOwner,
  type PictureVersion,
} from '../../../domain/pictures/picture.ts';
import { toWireOwned } from '../../wire/picture.ts';
import { pictureRule } from '../../wire/picture-rule.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { answerFile } from '../answers/security-headers.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { hasIt } from '../requests/byte-range.ts';
import { chatIdIn, userIdIn } from '../requests/path-ids.ts';

const POLICY = "default-src 'none'; sandbox";
/** What is at an address never changes: another picture has another address. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

interface Deps {
  readonly useCases: Pick<UseCases, 'openPicture' | 'viewPictures'>;
}

/** Pictures as pages show them. */
export function pictureRoutes({ useCases }: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/pictures', async (c) => {
    const pictures = await useCases.viewPictures(requireActor(c));
    return c.json({ pictures: pictures.map(toWireOwned) });
  });

  // One for all pages of a reader, so that no page has to know which faces have a picture, and rows need no script for them.
  routes.get('/pictures.css', async (c) => {
    const pictures = await useCases.viewPictures(requireActor(c));
    const css = pictures.map((owned) => pictureRule(toWireOwned(owned))).join('\n');
    const headers = { 'Cache-Control': 'private, no-cache', ETag: `"${digestOf(css)}"` };
    if (hasIt(c, headers.ETag)) return c.body(null, 304, headers);
    return c.body(css, 200, { ...headers, 'Content-Type': 'text/css; charset=utf-8' });
  });

  routes.get('/pictures/:kind/:id/:version/:size', async (c) => {
    const { key, bytes, read } = await useCases.openPicture(requireActor(c), queryIn(c));
    const etag = `"${key}"`;
    const headers = {
      'Content-Type': PICTURE_TYPE,
      'Content-Security-Policy': POLICY,
      'Cache-Control': FOR_GOOD,
      ETag: etag,
    };
    if (hasIt(c, etag)) return answerFile(c, null, { status: 304, headers });
    const body = c.req.method === 'HEAD' ? null : await read();
    return answerFile(c, body, { status: 200, headers: { ...headers, 'Content-Length': `${bytes}` } });
  });

  return routes;
}

/** @throws HttpRefusal `not_found` */
function queryIn(c: RequestContext): PictureQuery {
  const { kind, id = '', version = '', size: width } = c.req.param() as Record<string, string>;
  const size = PICTURE_SIZES.find((one) => `${one}` === width);
  if (size === undefined || (kind !== 'user' && kind !== 'chat'))
    throw new HttpRefusal('not_found', 'There is no such picture.');
  const owner: PictureOwner = kind === 'user' ? { kind, id: userIdIn(id) } : { kind, id: chatIdIn(id) };
  return { owner, size, version: version as PictureVersion };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
