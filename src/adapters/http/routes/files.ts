import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { OpenedFile, Thumbnail } from '../../../application/use-cases/files/open-file.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { isShownInline, THUMBNAIL } from '../../../domain/files/file.ts';
import { toWireFile } from '../../wire/message.ts';
import { answerFile } from '../answers/security-headers.ts';
import { type Env, type RequestContext, requireActor } from '../env.ts';
import { mediaType, readForm, readJson } from '../requests/bodies.ts';
import { type Extent, extentIn, hasIt } from '../requests/byte-range.ts';
import { fileIdIn } from '../requests/path-ids.ts';

/** Whatever a file is, in a tab of its own it runs no script, loads nothing and has no origin. The styles are those of the browser's viewer. */
const POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";
/** The browser's player asks for the bytes once more, which without an origin it must not. Scripts stay off. */
const PLAYER_POLICY = `${POLICY} allow-same-origin`;

const described = z.object({ alt: z.string() });

export function fileRoutes({
  useCases,
}: {
  readonly useCases: Pick<UseCases, 'openFile' | 'describeFile'>;
}): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/files/:id/thumbnail', async (c) => {
    const opened = await useCases.openFile(requireActor(c), fileIdIn(c.req.param('id')));
    const thumbnail = await opened.thumbnail();
    return thumbnail ? sendThumbnail(c, thumbnail) : sendWhole(c, opened);
  });

  // The name is for people and for saving: the file is found by its id.
  routes.get('/files/:id/:name', async (c) => {
    return sendWhole(c, await useCases.openFile(requireActor(c), fileIdIn(c.req.param('id'))));
  });

  routes.put('/files/:id/alt', async (c) => {
    const [actor, id] = [requireActor(c), fileIdIn(c.req.param('id'))];
    mediaType(c, 'application/json');
    const { alt } = await readJson(c, described);
    return c.json(toWireFile(await useCases.describeFile(actor, { id, alt })));
  });

  // The form of a message's page, for browsers without script.
  routes.post('/files/:id/alt', async (c) => {
    const [actor, id] = [requireActor(c), fileIdIn(c.req.param('id'))];
    mediaType(c, 'application/x-www-form-urlencoded');
    const { alt } = await readForm(c, described);
    const { chatId, position } = await useCases.describeFile(actor, { id, alt });
    return c.redirect(position === null ? `/chat/${chatId}/files` : `/chat/${chatId}/messages/${position}`, 303);
  });

  return routes;
}

/** The file, or the part of it that is asked for. */
async function sendWhole(c: RequestContext, opened: OpenedFile): Promise<Response> {
  const etag = `"${opened.file.blob}"`;
  if (hasIt(c, etag)) return answerFile(c, null, { status: 304, headers: headersOf(opened.file, etag) });
  return send(c, opened, { etag, extent: extentIn(c, { etag, bytes: opened.file.bytes }) });
}

async function sendThumbnail(c: RequestContext, { key, bytes, read }: Thumbnail): Promise<Response> {
  const etag = `"${key}"`;
  const headers = headersOf({ type: THUMBNAIL.type, name: 'thumbnail.webp' }, etag);
  if (hasIt(c, etag)) return answerFile(c, null, { status: 304, headers });
  const body = c.req.method === 'HEAD' ? null : await read();
  return answerFile(c, body, { status: 200, headers: { ...headers, 'Content-Length': `${bytes}` } });
}

async function send(
  c: RequestContext,
  opened: OpenedFile,
  { etag, extent }: { readonly etag: string; readonly extent: Extent },
): Promise<Response> {
  const { bytes } = opened.file;
  const headers = headersOf(opened.file, etag);
  if (extent === 'unsatisfiable') {
    const none = { ...headers, 'Content-Range': `bytes */${bytes}`, 'Content-Length': '0' };
    return answerFile(c, null, { status: 416, headers: none });
  }
  const range = extent === 'all' ? undefined : extent;
  // Of a request for the headers nobody would read the bytes, nor close the file.
  const body = c.req.method === 'HEAD' ? null : await opened.read(range);
  if (!range) return answerFile(c, body, { status: 200, headers: { ...headers, 'Content-Length': `${bytes}` } });
  const { first, last } = range;
  const part = { 'Content-Range': `bytes ${first}-${last}/${bytes}`, 'Content-Length': `${last - first + 1}` };
  return answerFile(c, body, { status: 206, headers: { ...headers, ...part } });
}

function headersOf(
  { type, name }: { readonly type: string; readonly name: string },
  etag: string,
): Readonly<Record<string, string>> {
  return {
    'Content-Type': type,
    'Content-Disposition': `${isShownInline(type) ? 'inline' : 'attachment'}; ${namedIn(name)}`,
    'Content-Security-Policy': /^(?:audio|video)\//.test(type) && isShownInline(type) ? PLAYER_POLICY : POLICY,
    // Browsers keep it, and ask each time whether its reader may still have it.
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
}

/** The name for old clients in ASCII, and for all others as it is (RFC 6266). */
function namedIn(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
