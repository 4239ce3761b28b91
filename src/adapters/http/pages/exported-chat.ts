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
  /** @param previous the message before them; undefined for the first ones of a page */
  messages(messages: readonly ExportedChatMessage[], previous: ExportedChatMessage | undefined): string;
  /** @param page `isEmpty`: no message came before */
  foot(page: ExportedChatPage & Ending): string;
}

export function exportedChatPages({ render, partial }: Templates): ExportedChatPages {
  const page = (data: ExportedChatPage & Ending) => {
    const script = partial('/partials/exported-search')({});
    return render('/pages/export-chat', { ...data, script, policy: policyOf(script), rows: SPLIT });
  };

  return {
    head: (data) => before(page({ ...data, isLast: true, isEmpty: false })),
    foot: (data) => (data.isEmpty ? '' : '</section>') + after(page(data)),
    messages(messages, previous) {
      const row = partial('/partials/exported-message');
      const text: (parts: TextParts) => string = partial('/partials/text');
      let [html, day] = ['', previous && dayOf(previous)];
      for (const message of messages) {
        const sentOn = dayOf(message);
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

/** As `2026-11-29`. */
const dayOf = ({ sent_at }: ExportedChatMessage): string => sent_at.slice(0, '2026-11-29'.length);

/** Nothing that people wrote can run there, even if it came to be markup by a mistake of ours, and nothing is fetched from elsewhere. */
function policyOf(script: string): string {
  const digest = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; media-src 'self' file:; script-src 'sha256-${digest}'`;
}

/** Names lead nowhere, and cards are left out: their images are on the server. */
function partsOf(message: ExportedChatMessage): TextParts {
  const files = message.files.map((file) => {
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    return { ...shownFile(file), path, picture: path, still: undefined };
  });
  return { blocks: parseText(message.text, emojiOf), mentioned: new Map(), files, card: undefined };
}
