import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import express from 'express';
import { listen } from './listen.ts';

/** A chat page in Express and EJS as one writes it: prepared statements, `res.render`, views cached (production). */
const database = new Database(process.env.BENCH_DATABASE, { readonly: true });
const userOfSession = database.prepare<[string], { id: number; username: string }>(
  'select users.id, users.username from sessions join users on users.id = sessions.user_id where token = ?',
);
const chatOfMember = database.prepare<[number, string], { id: number; name: string }>(
  `select chats.id, chats.name from members join chats on chats.id = members.chat_id
   where members.user_id = ? and members.chat_id = ?`,
);
const chatsOfUser = database.prepare<[number], { id: number; name: string }>(
  `select chats.id, chats.name from members join chats on chats.id = members.chat_id
   where members.user_id = ? order by members.joined_at desc`,
);
const latestMessages = database.prepare<[number], { position: number; author_id: number; username: string }>(
  `select messages.*, users.username from messages join users on users.id = messages.author_id
   where chat_id = ? order by position desc limit 50`,
);

const app = express();
app.set('view engine', 'ejs');
app.set('views', fileURLToPath(new URL('views', import.meta.url)));

app.get('/chat/:id', (request, response) => {
  const token = /(?:^|; )session_token=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const user = userOfSession.get(token);
  if (!user) return response.redirect('/auth');
  const chat = chatOfMember.get(user.id, request.params.id ?? '');
  if (!chat) return response.sendStatus(403);
  const messages = latestMessages.all(chat.id).reverse();
  response.render('chat', { user, chat, chats: chatsOfUser.all(user.id), messages });
});

listen(createServer(app));
