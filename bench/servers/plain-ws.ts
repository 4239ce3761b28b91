import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from './listen.ts';
import { messageOf, type Post } from './message.ts';

/** A room server on bare `ws`: one string for all, and a loop of `send`. It keeps nothing. */
const http = createServer();
const sockets = new WebSocketServer({ server: http });
const chats = new Map<string, Set<WebSocket>>();

sockets.on('connection', (socket, request) => {
  const chat = chatOf(request.url ?? '/');
  chat.add(socket);
  socket.on('close', () => chat.delete(socket));
  socket.on('message', (data) => {
    const post: Post = JSON.parse(data.toString());
    const frame = JSON.stringify({ type: 'message', message: messageOf(post) });
    for (const member of chat) member.send(frame);
  });
  socket.send('{"type":"ready"}');
});

function chatOf(path: string): Set<WebSocket> {
  const chat = chats.get(path) ?? new Set();
  chats.set(path, chat);
  return chat;
}

listen(http);
