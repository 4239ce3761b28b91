import { createHash } from 'node:crypto';
import { emojiOf } from '../../../domain/messages/text/emoji-of.ts';
import { parseText } from '../../../domain/messages/text/parse-text.ts';
import type { ExportedChat, ExportedChatMessage } from '../../wire/exported-chat.ts';
import type { TextParts } from '../../wire/formatted-text.ts';
import { shownFile } from '../../wire/shown-file.ts';
import type { Templates } from './templates.ts';

/** One of the pages with the messages of a chat. */
export interface ExportedChatPage extends ExportedChat {
  /** From 1. */
  readonly number: number;
}

interface Ending {
  readonly isLast: boolean;
  readonly isEmpty: boolean;
}

/**
 * Pages that are read from a disk: they refer to nothing but each other and the files beside them. A page is made in pieces, since it may be
 * longer than should be in memory.
 */
export interface ExportedChatPages {
  /** What comes before the messages. */
  head(page: ExportedChatPage): string;
  /** @param day the day of the message before them, as `2026-11-29`; undefined for the first ones of a page */
  messages(messages: readonly ExportedChatMessage[], day: string | undefined): string;
  /** @param page `isEmpty`: no message came before */
  foot(page: ExportedChatPage & Ending): string;
}

export function exportedChatPages({ render, partial }: Templates): ExportedChatPages {
  const row = partial('/partials/exported-message');
  const text: (parts: TextParts) => string = partial('/partials/text');
  const script = partial('/partials/exported-search')({});
  // Nothing that people wrote can run there, even if it came to be markup by a mistake of ours, and nothing is fetched from elsewhere.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; media-src 'self' file:; script-src '${hashOf(script)}'`;
  const page = (data: ExportedChatPage & Ending) =>
    render('/pages/export-chat', { ...data, script, policy, rows: SPLIT });

  return {
    head: (data) => before(page({ ...data, isLast: true, isEmpty: false })),
    foot: (data) => (data.isEmpty ? '' : '</section>') + after(page(data)),
    messages(messages, previous) {
      let [html, day] = ['', previous];
      for (const message of messages) {
        const sentOn = message.sent_at.slice(0, DATE_LENGTH);
        if (sentOn !== day) html += `${day === undefined ? '' : '</section>'}<section><h2>${sentOn}</h2>`;
        day = sentOn;
        html += row({ m: message, html: message.kind === 'text' ? text(partsOf(message)) : '' });
      }
      return html;
    },
  };
}

/** Stands for the messages where the page is split. */
const SPLIT = '<!-- messages -->';
const before = (html: string): string => html.slice(0, html.indexOf(SPLIT));
const after = (html: string): string => html.slice(html.indexOf(SPLIT) + SPLIT.length);

const DATE_LENGTH = '2026-03-01'.length;

const hashOf = (script: string): string => `sha256-${createHash('sha256').update(script).digest('base64')}`;

/** Names lead nowhere, and cards are left out: their images are on the server. */
function partsOf(message: ExportedChatMessage): TextParts {
  const files = message.files.map((file) => {
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    return { ...shownFile(file), path, picture: path, still: undefined };
  });
  return { blocks: parseText(message.text, emojiOf), mentioned: new Map(), files, card: undefined };
}
