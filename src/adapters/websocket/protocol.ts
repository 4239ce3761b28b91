import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import type { FrameBudget } from '../../application/use-cases/identity/take-turn.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Installation } from '../../domain/installation.ts';
import type { TextMessage } from '../../domain/messages/message.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import { type Dialect, jsonDialect } from '../delivery/dialect.ts';
import { onceForAll } from '../delivery/once-for-all.ts';
import { type ClientFrame, chatFrame } from '../wire/client-frames.ts';
import { filePath } from '../wire/file-path.ts';
import { SUBPROTOCOL } from '../wire/frames.ts';
import { parseStrictJson } from '../wire/strict-json.ts';
import { USER_SUBPROTOCOL } from '../wire/user-frames.ts';
import { textFrames } from './framing.ts';
import { spokenLine } from './plain-lines.ts';

export type Protocol = 'chat.v1' | 'plain';

/** `ws` asks which of the offered subprotocols to speak: that of the address, and plain text when it is not offered. */
export function chooseProtocol(
  offered: ReadonlySet<string>,
  { url = '' }: Pick<IncomingMessage, 'url'>,
): string | false {
  const spoken = new URL(url, 'http://localhost').pathname === '/socket' ? USER_SUBPROTOCOL : SUBPROTOCOL;
  return offered.has(spoken) && spoken;
}

/** A text that is no frame of the socket's protocol, with the client id that it may have had. */
export interface Malformed {
  readonly type: 'malformed';
  readonly client_id: string | undefined;
}

/** What each frame takes one of. */
export const BUDGET_OF: Readonly<Record<(ClientFrame | Malformed)['type'], FrameBudget>> = {
  post: 'writes',
  edit: 'writes',
  delete: 'writes',
  restore: 'writes',
  react: 'writes',
  alive: 'signals',
  malformed: 'writes',
};

/** What a chat.v1 text frame says; one that names another chat than its socket's is malformed. It never throws. */
export function decodeFrame(text: string, chatId: ChatId): ClientFrame | Malformed {
  const json = parseFrame(text);
  const { data } = chatFrame.safeParse(json);
  if (!data || ('chat_id' in data && data.chat_id !== chatId)) return malformed(json);
  return data;
}

const withClientId = z.object({ client_id: z.string() });

export function malformed(json: unknown): Malformed {
  return { type: 'malformed', client_id: withClientId.safeParse(json).data?.client_id };
}

/** Undefined where it is no JSON. */
export function parseFrame(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return undefined;
  }
}

/** Frames of chat.v1: each is the text of one WebSocket frame. */
export const makeChatV1 = (installation: Installation): Dialect =>
  jsonDialect(installation, (frames) => textFrames(frames.map((frame) => JSON.stringify(frame))));

/** A terminal shows the files of a message as the paths of their addresses, each in a line. */
const withLinks = ({ text, files }: TextMessage): string =>
  [...(text === '' ? [] : [text]), ...files.map(filePath)].join('\n');

/** The same for plain text sockets, which hear what people say and nothing about them. */
export const encodePlain = onceForAll((changes: readonly ChatChange[]) =>
  textFrames(
    changes.flatMap((change) => (change.kind === 'text' ? spokenLine(change.author.username, withLinks(change)) : [])),
  ),
);
