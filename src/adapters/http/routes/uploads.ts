import { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { MAX_FILES, type MessageFile } from '../../../domain/files/file.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWireListedFile } from '../../wire/listed-file.ts';
import { toWireFile } from '../../wire/message.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import { type FilesPageDeps, filesPage, viewedFiles } from '../pages/shown-files.ts';
import { isMultipart, readFormFiles, type SentFile } from '../requests/form-files.ts';
import { chatIdIn } from '../requests/path-ids.ts';

interface Deps extends FilesPageDeps {
  readonly useCases: Pick<UseCases, 'stageFile' | 'postMessage' | 'viewFiles'>;
  readonly reporting: Reporting;
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
    if (wantsPage(c)) return c.html(await filesPage(deps, c));
    const { files, next } = await viewedFiles(deps, c);
    const { isOn, maxBytes } = deps.fileRules;
    const limits = { max_files: MAX_FILES, max_bytes: isOn ? maxBytes : 0 };
    return c.json({ ...limits, files: files.map(toWireListedFile), next: next ?? null });
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

/** The body is the file. */
function stageBody({ useCases }: Deps, { c, actor, chatId }: Asked): Promise<MessageFile> {
  const length = c.req.header('content-length');
  return useCases.stageFile(actor, {
    chatId,
    name: headerIn(c, 'X-File-Name'),
    alt: headerIn(c, 'X-File-Alt'),
    chunks: c.req.raw.body ?? new Blob([]).stream(),
    announcedBytes: length === undefined ? undefined : Number(length),
  });
}

function headerIn(c: RequestContext, name: string): string {
  try {
    return decodeURIComponent(c.req.header(name) ?? '');
  } catch {
    throw new HttpRefusal('bad_request', `${name} is not percent-encoded UTF-8.`);
  }
}

async function stageForm(
  { useCases }: Deps,
  { c, actor, chatId }: Asked,
  { maxFiles, fields = new Map() }: { readonly maxFiles: number; readonly fields?: Map<string, string> },
) {
  const files: MessageFile[] = [];
  const take = async ({ name, chunks }: SentFile) => {
    // Fields before the files have arrived.
    const alt = fields.get('alt') ?? '';
    files.push(await useCases.stageFile(actor, { chatId, name, chunks, announcedBytes: undefined, alt }));
  };
  await readFormFiles(c, { maxFiles, take, fields });
  return { fields, files };
}

/** What another file, fewer of them or another try can mend. */
const MENDABLE = [
  ...([
    'file_too_large',
    'no_room',
    'invalid_message',
    'invalid_files',
    'invalid_alt',
    'too_many_requests',
    'unavailable',
  ] as const),
];

/** The form of a browser without script. When it is refused, it is shown again with its text; files have to be chosen again. */
function postForm(deps: Deps, asked: Asked): Promise<Response> {
  const fields = new Map<string, string>();
  return answerForm(asked.c, {
    reporting: deps.reporting,
    codes: MENDABLE,
    page: ({ message }) =>
      filesPage(deps, asked.c, { text: fields.get('text') ?? '', alt: fields.get('alt') ?? '', problem: message }),
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
