import * as z from 'zod/mini';
import type { ChatId } from '../../domain/ids.ts';
import type { Installation } from '../../domain/installation.ts';
import type { Message } from '../../domain/messages/message.ts';
import { type Dialect, jsonDialect } from '../delivery/dialect.ts';
import { onceForAll } from '../delivery/once-for-all.ts';
import { SUBPROTOCOL } from '../wire/frames.ts';
import { parseStrictJson } from '../wire/strict-json.ts';
import { textFrames } from './framing.ts';
import { spokenLine } from './plain-lines.ts';

export type Protocol = 'chat.v1' | 'plain';

/** `ws` asks which of the offered subprotocols to speak: none but ours, and plain text when it is not offered. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return offered.has(SUBPROTOCOL) && SUBPROTOCOL;
}

const postFrame = z.object({
  type: z.literal('post'),
  client_id: z.string(),
  text: z.string(),
  chat_id: z.optional(z.unknown()),
});

const aliveFrame = z.object({ type: z.literal('alive') });

export type DecodedFrame =
  | { readonly type: 'alive' }
  | { readonly type: 'post'; readonly clientId: string; readonly text: string }
  | { readonly type: 'malformed'; readonly clientId: string | undefined };

/** What a chat.v1 text frame says; one that names another chat than its socket's is none. It never throws. */
export function decodeFrame(text: string, chatId: ChatId): DecodedFrame {
  const json = parseJson(text);
  const frame = postFrame.safeParse(json);
  const isForThisChat = frame.data?.chat_id === undefined || frame.data.chat_id === chatId;
  if (frame.success && isForThisChat) return { type: 'post', clientId: frame.data.client_id, text: frame.data.text };
  if (aliveFrame.safeParse(json).success) return { type: 'alive' };
  const clientId = z.object({ client_id: z.string() }).safeParse(json);
  return { type: 'malformed', clientId: clientId.data?.client_id };
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return undefined;
  }
}

/** Frames of chat.v1: each is the text of one WebSocket frame. */
export const makeChatV1 = (installation: Installation): Dialect =>
  jsonDialect(installation, (frames) => textFrames(frames.map((frame) => JSON.stringify(frame))));

/** The same for plain text sockets, which hear what people say and nothing about them. */
export const encodePlain = onceForAll((messages: readonly Message[]) =>
  textFrames(
    messages.flatMap((message) => (message.kind === 'text' ? spokenLine(message.author.username, message.text) : [])),
  ),
);
