import type { Actor } from '../../application/actor.ts';
import type { PacedCommands } from '../../application/use-cases.ts';
import { revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import { clientId } from '../../domain/messages/client-id.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { ClientFrame } from '../wire/client-frames.ts';
import type { OfType } from './talk.ts';

/** A frame that asks for a change of a chat. */
export type CommandFrame = Extract<ClientFrame, { client_id: string }>;

type Run<Frame> = (paced: PacedCommands, actor: Actor, chatId: ChatId, frame: Frame) => Promise<ChatChange>;

const RUN: { readonly [Type in CommandFrame['type']]: Run<OfType<CommandFrame, Type>> } = {
  async post({ postMessage }, actor, chatId, { text, client_id, reply_to, files }) {
    const post = { chatId, text, clientId: client_id, replyTo: reply_to ?? undefined, files };
    return (await postMessage(actor, post)).message;
  },
  edit: ({ editMessage }, actor, chatId, { position, text, revision: base }) =>
    editMessage(actor, { chatId, position: revision(position), text, base: revision(base) }),
  delete: ({ deleteMessage }, actor, chatId, { position }) =>
    deleteMessage(actor, { chatId, position: revision(position) }),
  restore: ({ restoreMessage }, actor, chatId, { position }) =>
    restoreMessage(actor, { chatId, position: revision(position) }),
  react: ({ reactToMessage }, actor, chatId, { position, emoji, on }) =>
    reactToMessage(actor, { chatId, position: revision(position), emoji, on }),
};

/**
 * Carries out a command, which takes effect after those that were begun before it. The change that it led to, or why it was refused.
 * Rejects with bugs.
 */
export async function runCommand<Type extends CommandFrame['type']>(
  paced: PacedCommands,
  { actor, chatId }: { readonly actor: Actor; readonly chatId: ChatId },
  frame: OfType<CommandFrame, Type>,
): Promise<ChatChange | DomainError> {
  try {
    clientId(frame.client_id);
    return await RUN[frame.type](paced, actor, chatId, frame);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
