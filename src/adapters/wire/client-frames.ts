import * as z from 'zod/mini';

const chatId = z.int().check(z.positive());
export const positionShape = z.int().check(z.positive());
const position = positionShape;
const revision = z.int().check(z.nonnegative());

/** Checked by the domain, so that a bad one is refused by name. */
const client_id = z.string();

/** A socket of chat.v1 has one chat. A frame may name it all the same. */
const chat_id = z.optional(chatId);

/** The position of a message. The domain refuses any other value by name, and so also what is not even a number. */
export const replyTo = z.optional(z.nullable(z.catch(z.number(), Number.NaN)));

/** The ids of files that the author has uploaded to the chat. The domain refuses any other number by name. */
export const fileIds = z.optional(z.array(z.number()));

const post = z.object({
  type: z.literal('post'),
  chat_id,
  client_id,
  text: z.string(),
  reply_to: replyTo,
  files: fileIds,
});
/** `revision` is that of the message that was edited. */
const edit = z.object({ type: z.literal('edit'), chat_id, client_id, position, text: z.string(), revision });
const remove = z.object({ type: z.literal('delete'), chat_id, client_id, position });
const restore = z.object({ type: z.literal('restore'), chat_id, client_id, position });
/** `on` says whether the reaction is to be there afterwards, so that a frame that is sent again changes nothing. */
const react = z.object({
  type: z.literal('react'),
  chat_id,
  client_id,
  position,
  emoji: z.string(),
  on: z.boolean(),
});
/** How far the user has read. `read_version` is that of the summary on which the client based it, 0 where the summary has none. */
export const readClaim = { position: revision, read_version: z.optional(revision) };
/** Asks for a sign of life, which the server gives by the same frame. */
const alive = z.object({ type: z.literal('alive') });

/** What a client says on a socket that speaks chat.v1. */
export const chatFrame = z.discriminatedUnion('type', [post, edit, remove, restore, react, alive]);

export type ClientFrame = z.infer<typeof chatFrame>;
export type PostFrame = Extract<ClientFrame, { type: 'post' }>;

const named = { chat_id: chatId };

/** What a client says on a socket that speaks user.v1. */
export const userFrame = z.discriminatedUnion('type', [
  z.extend(post, named),
  z.extend(edit, named),
  z.extend(remove, named),
  z.extend(restore, named),
  z.extend(react, named),
  z.object({
    type: z.literal('follow'),
    chat_id: chatId,
    after: z.optional(revision),
    details: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal('unfollow'), chat_id: chatId }),
  z.object({ type: z.literal('read'), chat_id: chatId, ...readClaim }),
  z.object({ type: z.literal('unread'), chat_id: chatId, position }),
  z.object({ type: z.literal('typing'), chat_id: chatId }),
  z.object({ type: z.literal('presence'), state: z.enum(['active', 'idle']) }),
  alive,
]);

export type UserFrame = z.infer<typeof userFrame>;
