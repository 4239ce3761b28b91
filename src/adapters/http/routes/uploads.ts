import { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import type { FileRules } from '../../../application/use-cases/files/stage-file.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { MAX_FILES, type MessageFile } from '../../../domain/files/file.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWireFile } from '../../wire/message.ts';
import { sizeName } from '../../wire/shown-file.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { isMultipart, readFormFiles, type SentFile } from '../requests/form-files.ts';
import { chatIdIn } from '../requests/path-ids.ts';

interface Deps {
  readonly useCases: Pick<UseCases, 'stageFile' | 'postMessage' | 'viewChat'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly fileRules: FileRules;
}

interface Asked {
  readonly c: RequestContext;
  readonly actor: Actor;
  readonly chatId: ChatId;
}

/** Uploads. Bodies are streams that are never held as a whole, so their limit is not that of other requests. */
export function uploadRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/chat/:id/files', async (c) => {
    const actor = requireActor(c);
    const asked = { c, actor, chatId: chatIdIn(c.req.param('id')) };
    if (wantsPage(c)) return c.html(await formPage(deps, asked));
    await deps.useCases.viewChat(actor, asked.chatId);
    const { isOn, maxBytes } = deps.fileRules;
    return c.json({ max_files: MAX_FILES, max_bytes: isOn ? maxBytes : 0 });
  });

  routes.post('/chat/:id/files', async (c) => {
    const asked = { c, actor: requireActor(c), chatId: chatIdIn(c.req.param('id')) };
    if (!isMultipart(c)) return c.json(toWireFile(await stageBody(deps, asked)), 201);
    if (wantsPage(c)) return postForm(deps, asked);
    const { files } = await stageForm(deps, asked, { maxFiles: 1 });
    const [file] = files;
    if (!file) throw new HttpRefusal('bad_request', 'The form has no file.');
    return c.json(toWireFile(file), 201);
  });

  return routes;
}

async function formPage(
  { useCases, fileRules: { isOn, maxBytes }, pages }: Deps,
  { c, actor, chatId }: Asked,
  refused: { readonly text?: string; readonly problem?: string } = {},
): Promise<string> {
  const { chat } = await useCases.viewChat(actor, chatId);
  const limits = { maxFiles: MAX_FILES, maxBytes: isOn ? sizeName(maxBytes) : undefined };
  return pages.files({ theme: cookieTheme(c), user: actor.user, chat, ...limits, ...refused });
}

/** The body is the file. */
function stageBody({ useCases }: Deps, { c, actor, chatId }: Asked): Promise<MessageFile> {
  const length = c.req.header('content-length');
  return useCases.stageFile(actor, {
    chatId,
    name: nameIn(c),
    chunks: c.req.raw.body ?? new Blob([]).stream(),
    announcedBytes: length === undefined ? undefined : Number(length),
  });
}

function nameIn(c: RequestContext): string {
  try {
    return decodeURIComponent(c.req.header('x-file-name') ?? '');
  } catch {
    throw new HttpRefusal('bad_request', 'X-File-Name is not percent-encoded UTF-8.');
  }
}

async function stageForm(
  { useCases }: Deps,
  { c, actor, chatId }: Asked,
  { maxFiles, fields = new Map() }: { readonly maxFiles: number; readonly fields?: Map<string, string> },
) {
  const files: MessageFile[] = [];
  const take = async ({ name, chunks }: SentFile) => {
    files.push(await useCases.stageFile(actor, { chatId, name, chunks, announcedBytes: undefined }));
  };
  await readFormFiles(c, { maxFiles, take, fields });
  return { fields, files };
}

/** What another file, fewer of them or another try can mend. */
const MENDABLE = [
  ...(['file_too_large', 'no_room', 'invalid_message', 'invalid_files', 'too_many_requests', 'unavailable'] as const),
];

/** The form of a browser without script. When it is refused, it is shown again with its text; files have to be chosen again. */
function postForm(deps: Deps, asked: Asked): Promise<Response> {
  const fields = new Map<string, string>();
  return answerForm(asked.c, {
    reporting: deps.reporting,
    codes: MENDABLE,
    page: ({ message }) => formPage(deps, asked, { text: fields.get('text') ?? '', problem: message }),
    work: () => sendForm(deps, asked, fields),
  });
}

/** Its files and its text become one message. */
async function sendForm(deps: Deps, asked: Asked, fields: Map<string, string>): Promise<Response> {
  const { c, actor, chatId } = asked;
  const { files } = await stageForm(deps, asked, { maxFiles: MAX_FILES, fields });
  // Forms are sent with CRLF, whatever the text had.
  const text = (fields.get('text') ?? '').replaceAll('\r\n', '\n');
  const clientId = fields.get('client_id');
  await deps.useCases.postMessage(actor, { chatId, text, clientId, files: files.map(({ id }) => id) });
  return c.redirect(`/chat/${chatId}`, 303);
}
