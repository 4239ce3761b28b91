import * as z from 'zod/mini';
import type { FrameBudget } from '../../application/use-cases/identity/take-turn.ts';
import { type ChatId, chatId } from '../../domain/ids.ts';
import type { Installation } from '../../domain/installation.ts';
import { type UserDialect, userDialect } from '../delivery/user-dialect.ts';
import { type UserFrame, userFrame } from '../wire/client-frames.ts';
import { textFrames } from './framing.ts';
import { BUDGET_OF, type Malformed, malformed, parseFrame } from './protocol.ts';

/** A text that is no frame of user.v1, with the chat that it may have named. */
export interface MalformedUserFrame extends Malformed {
  readonly chatId: ChatId | undefined;
}

/** What each frame takes one of. */
export const USER_BUDGET_OF: Readonly<Record<(UserFrame | MalformedUserFrame)['type'], FrameBudget>> = {
  ...BUDGET_OF,
  follow: 'reads',
  unfollow: 'signals',
  read: 'signals',
  unread: 'writes',
  typing: 'typing',
  presence: 'presence',
};

const withChatId = z.object({ chat_id: z.int().check(z.positive()) });

/** What a user.v1 text frame says. It never throws. */
export function decodeUserFrame(text: string): UserFrame | MalformedUserFrame {
  const json = parseFrame(text);
  const { data } = userFrame.safeParse(json);
  if (data) return data;
  const named = withChatId.safeParse(json).data;
  return { ...malformed(json), chatId: named && chatId(named.chat_id) };
}

/** Frames of user.v1: each is the text of one WebSocket frame. */
export const makeUserV1 = (installation: Installation): UserDialect =>
  userDialect(installation, (frames) => textFrames(frames.map((frame) => JSON.stringify(frame))));
