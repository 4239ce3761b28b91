import { initialOf } from '../../wire/face.ts';
import type { PersonFrame } from '../../wire/frames.ts';
import { readHistory } from '../log/history/history.ts';
import { rewrite } from '../log/places/quotes.ts';
import { showReactions } from '../log/reactions/chips.ts';
import { positionOf, revisionOf } from '../log/row-facts.ts';
import { optionalPart } from '../shell/part.ts';
import { tellNameChange } from './name-changes.ts';

type Person = PersonFrame['user'];

/** Maximum pages of messages that are read again for the names of people who reacted: as many as the log shows. */
const MAX_PAGES = 8;

/** Shows a person's other name in all places of the page. Mentions keep their words. */
export function showName(person: Person): void {
  const main = optionalPart(document, '[data-chat-id]', HTMLElement);
  showOwnName(person, main);
  for (const row of document.querySelectorAll<HTMLElement>(`article[data-author-id="${person.id}"]`)) {
    rename(row.querySelector('.message-author'), person);
    renameFace(row.querySelector(':scope > .face'), person);
  }
  for (const quote of document.querySelectorAll<HTMLElement>(`[data-quoted-id="${person.id}"]`)) {
    rename(quote.querySelector('bdi'), person);
  }
  tellNameChange(person);
  // Until they can be read, the names of people who reacted stay as they are.
  if (main) renameInReactions(main, person).catch(() => undefined);
}

function showOwnName(person: Person, main: HTMLElement | undefined): void {
  const list = optionalPart(document, '[data-viewer-id]', HTMLElement);
  if (Number(list?.dataset.viewerId) !== person.id) return;
  if (main) main.dataset.username = person.username;
  for (const account of document.querySelectorAll('.account-name')) {
    rename(account.querySelector('.account-words'), person);
    renameFace(account.querySelector('.face'), person);
  }
}

function rename(element: Element | null, { username }: Person): void {
  if (element && element.textContent !== username) rewrite(element, username);
}

function renameFace(face: HTMLElement | null, { username }: Person): void {
  if (face) face.textContent = initialOf(username);
}

/** Rows do not have the ids of those who reacted: the messages with reactions are read again. */
async function renameInReactions(main: HTMLElement, { id }: Person): Promise<void> {
  const chatId = Number(main.dataset.chatId);
  const rows = [...main.querySelectorAll<HTMLElement>('article:has(.reaction-names)')];
  const waiting = new Map(rows.map((row) => [positionOf(row), row]));
  for (let pages = 0; pages < MAX_PAGES && waiting.size > 0; pages += 1) {
    const first = Math.min(...waiting.keys());
    const { messages } = await readHistory(chatId, { after: first - 1 });
    for (const message of messages) {
      const row = waiting.get(message.position);
      const isNamed = message.reactions.some(({ users }) => users.some((user) => user.id === id));
      if (!row || !isNamed || revisionOf(row) !== message.revision || row.querySelector('[data-wished]')) continue;
      showReactions(row, message, Number(main.dataset.userId));
    }
    const last = messages.at(-1)?.position ?? Number.POSITIVE_INFINITY;
    for (const position of waiting.keys()) if (position <= last) waiting.delete(position);
  }
}
