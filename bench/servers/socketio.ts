import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from './listen.ts';
import { messageOf, type Post } from './message.ts';

/** A chat room server on Socket.IO 4 as its documentation shows it; it keeps nothing. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket) => {
  const chat = String(socket.handshake.query.chat);
  void socket.join(chat);
  socket.on('post', (post: Post) => {
    io.to(chat).emit('message', messageOf(post));
  });
  socket.emit('ready');
});

listen(http);
