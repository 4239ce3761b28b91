import type { AccountExport } from '../../../application/use-cases/identity/export-account.ts';
import { toExportedAccount, toExportedMessage, toExportedReaction } from '../../wire/export.ts';
import type { ExportPages } from '../pages/export-pages.ts';
import { fileParts, lines, mapped, once, pageOf, parts } from './entries.ts';
import type { ZipEntry } from './zip-stream.ts';

/** The files of an export: JSON for programs, one object a line where there are many, and pages for people. */
export async function* exportFiles(account: AccountExport, pages: ExportPages): AsyncGenerator<ZipEntry> {
  const about = toExportedAccount(account);
  yield { name: 'index.html', chunks: once(pages.index(about)) };
  yield { name: 'account.json', chunks: once(`${JSON.stringify(about, undefined, 2)}\n`) };
  const picture = await account.picture();
  if (picture) yield { name: 'picture.webp', chunks: picture, isCompressed: false };
  yield* parts(mapped(account.messages(), toExportedMessage), (messages, number) => ({
    name: `messages-${number}.jsonl`,
    chunks: lines(messages),
  }));
  yield* parts(mapped(account.reactions(), toExportedReaction), (reactions, number) => ({
    name: `reactions-${number}.jsonl`,
    chunks: lines(reactions),
  }));
  const names = new Map(about.chats.map(({ id, name }) => [id, name]));
  yield* parts(mapped(account.messages(), toExportedMessage), (messages, number) => ({
    name: `messages-${number}.html`,
    chunks: pageOf(messages, async (shown, isLast) =>
      pages.messages({ username: about.username, number, messages: shown, names, isLast }),
    ),
  }));
  for await (const file of account.files()) yield* fileParts(file);
}
