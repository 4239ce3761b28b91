import type { UserFrame } from '../../../wire/client-frames.ts';

/** A frame that asks for a change of a chat, and is answered. */
export type CommandFrame = Extract<UserFrame, { client_id: string }>;

interface CommandRequest {
  /** Below the path of the chat. */
  readonly path: string;
  readonly method: string;
  readonly body?: object;
}

type RequestOf<Type extends CommandFrame['type']> = (frame: Extract<CommandFrame, { type: Type }>) => CommandRequest;

const REQUESTS: { readonly [Type in CommandFrame['type']]: RequestOf<Type> } = {
  post: ({ text, client_id, reply_to }) => ({
    path: 'messages',
    method: 'POST',
    body: { text, client_id, reply_to },
  }),
  edit: ({ position, text, revision }) => ({ path: `messages/${position}`, method: 'PATCH', body: { text, revision } }),
  delete: ({ position }) => ({ path: `messages/${position}`, method: 'DELETE' }),
  restore: ({ position }) => ({ path: `messages/${position}/restore`, method: 'POST' }),
  react: ({ position, emoji, on }) => ({
    path: `messages/${position}/reactions/${encodeURIComponent(emoji)}`,
    method: on ? 'PUT' : 'DELETE',
  }),
};

/** The request that does what the frame asks for. */
export function requestOf<Type extends CommandFrame['type']>(
  frame: Extract<CommandFrame, { type: Type }> & { readonly type: Type },
): CommandRequest {
  return REQUESTS[frame.type](frame);
}
