import { faceOf } from '../wire/face.ts';
import type { Assets } from './assets.ts';
import { chatCards } from './pages/chat-cards.ts';
import type { ChatPage, Pages } from './pages/pages-data.ts';
import { openTemplates } from './pages/templates.ts';

/** @param templates the directory of the Eta templates, each of which is read and compiled once */
export function makePages({ templates, assets }: { templates: string; assets: Assets }): Pages {
  const { render, partial } = openTemplates(templates);
  const message = partial('/partials/message');
  const page = (name: string, data: object) => render(`/pages/${name}`, { ...data, asset: assets.url, faceOf });
  const rowsOf = ({ messages, user }: ChatPage) =>
    messages.map((each) => message({ message: each, own: each.author.id === user.id })).join('');

  return {
    auth: (data) => page('auth', data),
    home: (data) => page('home', { ...data, cards: chatCards(data.chats) }),
    chat: (data) => page('chat', { ...data, cards: chatCards(data.chats, data.chat.id), rows: rowsOf(data) }),
    invite: (data) => page('invite', data),
    inviteCreated: (data) => page('invite-created', data),
    members: (data) => page('members', data),
    error: (data) => page('error', data),
  };
}

export type { Pages } from './pages/pages-data.ts';
