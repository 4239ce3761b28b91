import { socketAddress } from '../connection/channels/socket-address.ts';
import type { Ending } from '../connection/close-codes.ts';
import { connectTab } from '../connection/connect-tab.ts';
import { reconnectOnReturn } from '../connection/reconnect-on-return.ts';
import { whyRefused } from '../connection/refused.ts';
import type { ReceivedFrame } from '../connection/wire-decoding.ts';
import { showLocalTimes } from '../log/times/local-times.ts';
import { renewHourly } from '../session/renew-hourly.ts';
import { forgetAfter } from '../session/session-end.ts';
import { holdsWork, takeOver } from './take-over.ts';

/** Shortest time between two requests for the page. */
const BETWEEN_MS = 500;

/**
 * Keeps the queue of reports or the audit of a chat up to date: the user's socket says that there may be something new, upon which the page
 * is asked for again, and its rows take the place of those that are shown.
 * @param shown the part of the page that changes, with the id of the chat
 */
export function startOversight(shown: HTMLElement): void {
  const chatId = Number(shown.dataset.oversight);
  const rows = new OversightRows(shown);
  const why = () => whyRefused('/chats');
  const connection = connectTab({
    address: socketAddress(),
    follow: () => undefined,
    openStream: () => undefined,
    whyRefused: why,
    listener: {
      ...SILENT,
      // What came while nothing was heard: also between the making of the page and this.
      connected: () => rows.changed(),
      ended(ending: Ending) {
        forgetAfter(ending);
        if (ending === 'signed-out') location.reload();
      },
      frame(frame: ReceivedFrame) {
        if ((frame.type === 'oversight' || frame.type === 'left') && frame.chat_id === chatId) rows.changed();
        if (frame.type === 'chat' && frame.chat.id === chatId) rows.standsAs(frame.chat.role);
      },
    },
  });
  connection.open();
  reconnectOnReturn(connection);
  renewHourly(document, why);
}

const SILENT = {
  lost() {},
  turnedAway() {},
  intercepted() {},
  withoutSockets() {},
  stored() {},
};

/** The rows of the page. One request is made at a time, and another one after it where something changed meanwhile. */
class OversightRows {
  readonly #shown: HTMLElement;
  readonly #said: HTMLElement;
  #isReading = false;
  #hasChanged = false;
  /** The reader's role as the last summary named it. */
  #standing: string | undefined;

  constructor(shown: HTMLElement) {
    this.#shown = shown;
    this.#said = shown.ownerDocument.createElement('p');
    this.#said.role = 'status';
    this.#said.className = 'visually-hidden';
    shown.after(this.#said);
    // A row that was kept for what the reader was doing in it goes once that is done.
    shown.addEventListener('focusout', () => {
      if (shown.querySelector('[data-past]')) setTimeout(() => this.changed(), 0);
    });
  }

  changed(): void {
    this.#hasChanged = true;
    if (!this.#isReading) void this.#read();
  }

  /** With another role other things may be done, or nothing be seen. */
  standsAs(standing = 'member'): void {
    if (this.#standing !== undefined && this.#standing !== standing) this.changed();
    this.#standing = standing;
  }

  /** Never rejects: what could not be read is read at the next hint. */
  async #read(): Promise<void> {
    this.#isReading = true;
    while (this.#hasChanged) {
      this.#hasChanged = false;
      await this.#readOnce().catch(() => undefined);
      await new Promise((done) => setTimeout(done, BETWEEN_MS));
    }
    this.#isReading = false;
  }

  async #readOnce(): Promise<void> {
    const { status, responseURL, page } = await readPage();
    // The reader no longer may see it, or has signed out: the server says so, in place of what must not be shown any more.
    if (status === 403 || new URL(responseURL).pathname !== location.pathname) return location.reload();
    if (status !== 200 || !page) return;
    const read = page.querySelector<HTMLElement>('[data-oversight]');
    if (!read) return;
    showLocalTimes(read);
    this.#show(document.importNode(read, true));
  }

  /** What the reader looks at stays where it is. */
  #show(read: HTMLElement): void {
    const before = idsIn(this.#shown);
    const place = [...this.#shown.querySelectorAll('li')].find((row) => row.getBoundingClientRect().bottom > 0);
    const top = place?.getBoundingClientRect().top ?? 0;
    takeOver(this.#shown, read);
    if (scrollY > 0 && place?.isConnected) scrollBy(0, place.getBoundingClientRect().top - top);
    const added = [...idsIn(this.#shown)].filter((id) => !before.has(id)).length;
    if (added > 0) this.#said.textContent = added === 1 ? 'One new entry.' : `${added} new entries.`;
    for (const past of this.#shown.querySelectorAll<HTMLElement>('[data-past]')) if (!holdsWork(past)) past.remove();
  }
}

/** The page as it is now. The browser parses it and runs nothing of it: nothing here makes markup of text. */
function readPage(): Promise<{
  readonly status: number;
  readonly responseURL: string;
  readonly page: Document | null;
}> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.href);
    request.responseType = 'document';
    request.setRequestHeader('accept', 'text/html');
    request.onload = () => {
      const { status, responseURL, responseXML } = request;
      resolve({ status, responseURL, page: responseXML });
    };
    request.onerror = () => reject(new Error('The page could not be read.'));
    request.send();
  });
}

const idsIn = (shown: HTMLElement): ReadonlySet<string> =>
  new Set([...shown.querySelectorAll('li[id]')].map(({ id }) => id));
