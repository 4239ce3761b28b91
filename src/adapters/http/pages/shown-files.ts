import type { FileRules } from '../../../application/use-cases/files/stage-file.ts';
import type { ViewedFiles } from '../../../application/use-cases/files/view-files.ts';
import type { UseCases } from '../../../application/use-cases.ts';
import { type FileId, MAX_FILES } from '../../../domain/files/file.ts';
import { toWireListedFile } from '../../wire/listed-file.ts';
import { shownFile, sizeName } from '../../wire/shown-file.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, requireActor } from '../env.ts';
import { chatIdIn, fileIdIn, limitIn } from '../requests/path-ids.ts';
import type { FilesPage } from './files-page.ts';
import type { Pages } from './pages.ts';

export interface FilesPageDeps {
  readonly useCases: Pick<UseCases, 'viewFiles'>;
  readonly pages: Pages;
  readonly fileRules: FileRules;
}

const [MAX_FILES_A_PAGE, PAGE_FILES] = [100, 30];

/** The page of files that the request names. */
export function viewedFiles({ useCases }: Pick<FilesPageDeps, 'useCases'>, c: RequestContext): Promise<ViewedFiles> {
  const before = beforeIn(c);
  const limit = limitIn(c.req.query('limit'), { max: MAX_FILES_A_PAGE, usual: PAGE_FILES });
  return useCases.viewFiles(requireActor(c), { chatId: chatIdIn(c.req.param('id') ?? ''), before, limit });
}

export async function filesPage(
  deps: FilesPageDeps,
  c: RequestContext,
  refused: Pick<FilesPage, 'problem' | 'text' | 'alt'> = {},
): Promise<string> {
  const { chat, files, next } = await viewedFiles(deps, c);
  const { isOn, maxBytes } = deps.fileRules;
  return deps.pages.files({
    theme: cookieTheme(c),
    user: requireActor(c).user,
    chat,
    maxFiles: MAX_FILES,
    maxBytes: isOn ? sizeName(maxBytes) : undefined,
    files: files.map(toWireListedFile).map((file) => ({ ...file, shown: shownFile(file) })),
    isLater: beforeIn(c) !== undefined,
    next,
    ...refused,
  });
}

/** @throws HttpRefusal `not_found` for what is no id */
function beforeIn(c: RequestContext): FileId | undefined {
  const text = c.req.query('before');
  return text === undefined ? undefined : fileIdIn(text);
}
