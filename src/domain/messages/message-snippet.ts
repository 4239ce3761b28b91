import type { FileName } from '../files/file.ts';
import type { MessageKind } from './message.ts';
import { emojiOf } from './text/emoji-of.ts';
import { snippetOf } from './text/plain-text.ts';

/**
 * The beginning of a message on one line, as quotes and the list of chats show it.
 * @param beginning at least the first `SNIPPET_SOURCE` code points of the message's text
 * @param files those of the message, which stand for a text that is empty
 */
export const messageSnippet = (
  kind: MessageKind,
  beginning: string,
  files: readonly { readonly name: FileName | string }[] = [],
): string => (beginning === '' && files[0] ? `📎 ${files[0].name}` : textSnippet(kind, beginning));

const textSnippet = (kind: MessageKind, beginning: string): string =>
  // Notices are sentences of the server, in which a name is not markup.
  kind === 'text' ? snippetOf(beginning, emojiOf) : beginning;
