import { Eta } from 'eta';
import type { Assets } from './assets.ts';
import { chatCards } from './pages/chat-cards.ts';
import type { Pages } from './pages/pages-data.ts';

/** @param templates the directory of the Eta templates, each of which is read and compiled once */
export function makePages({ templates, assets }: { templates: string; assets: Assets }): Pages {
  const eta = new Eta({ views: templates, cache: true });
  const render = (page: string, data: object) => eta.render(`/pages/${page}`, { ...data, asset: assets.url });

  return {
    auth: (data) => render('auth', data),
    home: (data) => render('home', { ...data, cards: chatCards(data.chats) }),
    chat: (data) => render('chat', { ...data, cards: chatCards(data.chats, data.chat.id) }),
    invite: (data) => render('invite', data),
    inviteCreated: (data) => render('invite-created', data),
    error: (data) => render('error', data),
  };
}

export type { Pages } from './pages/pages-data.ts';
