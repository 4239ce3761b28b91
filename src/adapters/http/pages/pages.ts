import type { Installation } from '../../../domain/installation.ts';
import { emojiOf } from '../../../domain/messages/text/emoji-of.ts';
import { parseText } from '../../../domain/messages/text/parse-text.ts';
import { plainText } from '../../../domain/messages/text/plain-text.ts';
import { faceOf } from '../../wire/face.ts';
import { QUICK_REACTIONS } from '../../wire/quick-reactions.ts';
import { reactionChips } from '../../wire/reaction-chips.ts';
import type { Assets } from './assets.ts';
import { chatCards } from './chat-cards.ts';
import { logRows } from './log-rows.ts';
import type { Pages } from './pages-data.ts';
import type { Templates } from './templates.ts';

export function makePages({
  templates,
  assets,
  installation,
}: {
  templates: Templates;
  assets: Assets;
  installation: Installation;
}): Pages {
  const rows = logRows(templates);
  const everywhere = { asset: assets.url, faceOf, installation };
  const page = (name: string, data: object) => templates.render(`/pages/${name}`, { ...data, ...everywhere });

  return {
    auth: (data) => page('auth', data),
    home: (data) => page('home', { ...data, cards: chatCards(data.chats) }),
    chat: (data) => {
      const cards = chatCards(data.chats, data.chat.id);
      return page('chat', {
        ...data,
        cards,
        rows: rows(data.messages, { viewerId: data.user.id, marked: data.marked }),
      });
    },
    invite: (data) => page('invite', data),
    inviteCreated: (data) => page('invite-created', data),
    members: (data) => page('members', data),
    message: (data) => {
      const chips = reactionChips(data.message.reactions, data.user.id);
      return page('message', { ...data, chips, quick: QUICK_REACTIONS });
    },
    pins: (data) => page('pins', { ...data, plain: (text: string) => plainText(parseText(text, emojiOf)) }),
    versions: (data) => page('versions', data),
    offline: (data) => page('offline', data),
    error: (data) => page('error', data),
  };
}

export type { Pages } from './pages-data.ts';
