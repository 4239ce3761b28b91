/** What the contenders send for a post: the same fields, and so the same bytes on the wire, as this server sends. */
export interface Message {
  readonly id: number;
  readonly chat_id: number;
  readonly position: number;
  readonly revision: number;
  readonly client_id: string;
  readonly kind: 'text';
  readonly author: { readonly id: number; readonly username: string };
  readonly text: string;
  readonly sent_at: string;
}

export interface Post {
  readonly client_id: string;
  readonly text: string;
}

let posted = 0;

export function messageOf({ client_id, text }: Post): Message {
  const position = ++posted;
  const author = { id: 1, username: 'bench-1' };
  const sent_at = new Date().toISOString();
  return {
    id: 2 ** 30 + position,
    chat_id: 1,
    position,
    revision: position,
    client_id,
    kind: 'text',
    author,
    text,
    sent_at,
  };
}
