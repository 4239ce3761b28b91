import type { ChatExport } from '../../../application/use-cases/chats/export-chat.ts';
import { toExportedAct } from '../../wire/audit.ts';
import {
  type ExportedChat,
  type ExportedChatMessage,
  toExportedChat,
  toExportedChatMessage,
  toExportedMember,
} from '../../wire/exported-chat.ts';
import type { ExportedChatPages } from '../pages/exported-chat.ts';
import { fileParts, lines, mapped, once, parts, type Rest } from './entries.ts';
import type { ZipEntry } from './zip-stream.ts';

/** Messages on one page, and characters after which it ends before that: as many as a browser shows well. */
const [PAGE_ROWS, PAGE_LENGTH] = [20_000, 20_000_000];
/** Messages that are rendered at once. */
const PIECE_ROWS = 100;

interface Options {
  readonly pages: ExportedChatPages;
  /** The id of the installation. */
  readonly installation: string;
}

/** The files of a chat's export: a page to read and search, and the same as JSON, one object a line. */
export async function* chatFiles(chat: ChatExport, { pages, installation }: Options): AsyncGenerator<ZipEntry> {
  const about = toExportedChat(chat, installation);
  yield* parts(mapped(chat.messages(), toExportedChatMessage), (messages, number) => ({
    name: number === 1 ? 'index.html' : `messages-${number}.html`,
    chunks: pageOf(messages, { pages, about, number }),
  }));
  yield { name: 'chat.json', chunks: once(`${JSON.stringify(about, undefined, 2)}\n`) };
  yield* parts(mapped(chat.members(), toExportedMember), (members, number) => ({
    name: `members-${number}.jsonl`,
    chunks: lines(members),
  }));
  yield* parts(mapped(chat.messages(), toExportedChatMessage), (messages, number) => ({
    name: `messages-${number}.jsonl`,
    chunks: lines(messages),
  }));
  if (chat.hasActs)
    yield* parts(mapped(chat.acts(), toExportedAct), (acts, number) => ({
      name: `acts-${number}.jsonl`,
      chunks: lines(acts),
    }));
  for await (const file of chat.files()) yield* fileParts(file);
}

async function* pageOf(
  rest: Rest<ExportedChatMessage>,
  page: { readonly pages: ExportedChatPages; readonly about: ExportedChat; readonly number: number },
): AsyncGenerator<string> {
  const { pages, about, number } = page;
  yield pages.head({ ...about, number });
  let last: ExportedChatMessage | undefined;
  for (let [rows, length] = [0, 0]; rows < PAGE_ROWS && length < PAGE_LENGTH; ) {
    const piece = await taken(rest, PIECE_ROWS);
    if (piece.length === 0) break;
    const html = pages.messages(piece, last);
    yield html;
    last = piece.at(-1);
    rows += piece.length;
    length += html.length;
  }
  const isLast = (await rest.peek()) === undefined;
  yield pages.foot({ ...about, number, isLast, isEmpty: last === undefined });
}

async function taken<Row extends object>(rest: Rest<Row>, limit: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  while (rows.length < limit) {
    const row = await rest.peek();
    if (row === undefined) break;
    rest.take();
    rows.push(row);
  }
  return rows;
}
