/** How the raw client speaks to a contender; everything is a text frame. */
export interface Dialect {
  readonly path: (chatPath: string) => string;
  readonly headers: string;
  /** Sent as soon as the server has said anything in `greeting`. */
  readonly greeting?: { readonly after: string; readonly say: string };
  readonly keepAlive?: { readonly hear: string; readonly say: string };
  /** The start of the frame after which every message of the chat will come. */
  readonly ready: string;
  /** A post; `clientId` and `text` are JSON-safe. */
  readonly post: (clientId: string, text: string) => string;
}

export type DialectName = 'shoal' | 'socketio' | 'ws';

const post = (clientId: string, text: string): string => `{"type":"post","client_id":"${clientId}","text":"${text}"}`;

export const dialects: Record<DialectName, Dialect> = {
  shoal: {
    path: (chat) => chat,
    headers: 'Sec-WebSocket-Protocol: chat.v1\r\n',
    ready: '{"type":"ready"',
    post,
  },
  ws: { path: (chat) => chat, headers: '', ready: '{"type":"ready"', post },
  socketio: {
    path: (chat) => `/socket.io/?EIO=4&transport=websocket&chat=${encodeURIComponent(chat)}`,
    headers: '',
    greeting: { after: '0{', say: '40' },
    keepAlive: { hear: '2', say: '3' },
    ready: '42["ready"',
    post: (clientId, text) => `42["post",${post(clientId, text)}]`,
  },
};
