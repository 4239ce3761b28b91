import type { Weekday } from '../../../domain/attention/quiet-hours.ts';
import type { Installation } from '../../../domain/installation.ts';
import { emojiOf } from '../../../domain/messages/text/emoji-of.ts';
import { parseText } from '../../../domain/messages/text/parse-text.ts';
import { plainText } from '../../../domain/messages/text/plain-text.ts';
import { type CardView, callsIn, chatCard, countLabel, personIn, pinnedFirst } from '../../wire/chat-card.ts';
import { faceOf } from '../../wire/face.ts';
import { QUICK_REACTIONS } from '../../wire/quick-reactions.ts';
import { reactionChips } from '../../wire/reaction-chips.ts';
import { administrationPages } from './administration-pages.ts';
import type { Assets } from './assets.ts';
import { exportPages } from './export-pages.ts';
import { exportedChatPages } from './exported-chat.ts';
import { logRows } from './log-rows.ts';
import { missedCards } from './missed-chats.ts';
import type { ChatPage, HomePage, Pages } from './pages-data.ts';
import { REASON_SENTENCES } from './reasons.ts';
import { shownHit } from './search-page.ts';
import { shownRehearsal } from './shown-rehearsal.ts';
import { mayRegister } from './sign-in-form.ts';
import type { Templates } from './templates.ts';

export function makePages({
  templates,
  assets,
  installation,
  now,
}: {
  templates: Templates;
  assets: Assets;
  installation: Installation;
  /** Milliseconds since 1970. */
  now: () => number;
}): Pages {
  const rows = logRows(templates, '/partials/message');
  const pastRows = logRows(templates, '/partials/past-message');
  const everywhere = { asset: assets.url, faceOf, installation };
  const page = (name: string, data: object) => templates.render(`/pages/${name}`, { ...data, ...everywhere });

  const conversation = (data: ChatPage) => {
    const { user, messages, marked, firstUnread, reading } = data;
    const count = countLabel(reading.unread);
    const shown = data.chats.find(({ id }) => id === data.chat.id);
    return {
      ...data,
      count,
      personId: shown ? personIn(shown, user.id) : null,
      rows: rows(messages, { viewerId: user.id, marked, line: { position: firstUnread, count } }),
    };
  };

  return {
    administration: administrationPages(page),
    auth: (data) => page('auth', { ...data, mayRegister: mayRegister(data.registration) }),
    home: (data) => page('home', { ...data, ...list(data, { now: now() }) }),
    chat: (data) => page('chat', { ...conversation(data), ...list(data, { currentId: data.chat.id, now: now() }) }),
    chatPart: (data) => templates.render('/partials/chat', { ...conversation(data), ...everywhere }),
    catchUp: (data) =>
      page('catch-up', { ...data, ...list(data, { now: now() }), missed: missedCards(data.missed, data.user.id) }),
    invite: (data) => page('invite', data),
    inviteCreated: (data) => page('invite-created', data),
    invites: (data) => page('invites', data),
    members: (data) => page('members', data),
    notifications: ({ rehearsal, ...data }) =>
      page('notifications', {
        ...data,
        rehearsal: rehearsal && shownRehearsal(rehearsal),
        ...{ zones: ZONES, weekdays: WEEKDAY_NAMES },
      }),
    chatExport: (data) => page('chat-export', data),
    archived: (data) => page('archived', data),
    blocks: (data) => page('blocks', data),
    account: (data) => page('account', data),
    reset: (data) => page('reset', data),
    recover: (data) => page('recover', data),
    resetDone: (data) => page('reset-done', data),
    presence: (data) => page('presence', { ...data, zones: ZONES }),
    sessions: (data) => page('sessions', data),
    code: (data) => page('code', data),
    twoStep: (data) => page('two-step', data),
    passkeys: (data) => page('passkeys', data),
    confirm: (data) => page('confirm', data),
    accountDelete: (data) => page('account-delete', data),
    accountExport: (data) => page('account-export', data),
    exported: exportPages(page),
    exportedChat: exportedChatPages(templates),
    device: (data) => page('device', data),
    deviceHere: (data) => page('device-here', data),
    message: (data) => {
      const chips = reactionChips(data.message.reactions, data.user.id);
      return page('message', { ...data, chips, quick: QUICK_REACTIONS });
    },
    files: (data) => page('files', data),
    picture: (data) => page('picture', data),
    search: (data) =>
      page('search', {
        ...data,
        ...list(data, { now: now() }),
        hits: data.hits.map((hit) => shownHit(hit, data.needles, plain)),
      }),
    past: (data) => page('past', { ...data, rows: pastRows(data.messages, { viewerId: data.user.id, ...UNMARKED }) }),
    pins: (data) => page('pins', { ...data, plain }),
    audit: (data) => page('audit', data),
    reports: (data) => page('reports', { ...data, plain }),
    versions: (data) => page('versions', data),
    notified: (data) => page('notified', { ...data, reasons: REASON_SENTENCES }),
    offline: (data) => page('offline', data),
    error: (data) => page('error', data),
  };
}

const UNMARKED = { marked: null, line: { position: null, count: '' } } as const;

const plain = (text: string): string => plainText(parseText(text, emojiOf));

/** The list of chats, and the number in the title. */
const list = ({ chats, user }: Pick<HomePage, 'chats' | 'user'>, view: Omit<CardView, 'viewerId'>) => ({
  cards: pinnedFirst(chats).map((chat) => chatCard(chat, { viewerId: user.id, ...view })),
  calls: callsIn(chats),
  callsLabel: countLabel(callsIn(chats)),
});

/** What the browser proposes; other names of zones are taken too. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  ...{ mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday' },
  ...{ fri: 'Friday', sat: 'Saturday', sun: 'Sunday' },
};

export type { Pages } from './pages-data.ts';
