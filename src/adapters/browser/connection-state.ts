import type { Ending } from './close-codes.ts';
import { keptAt } from './kept-at.ts';

const GRACE_MS = 2_000;

export const SENTENCES: Readonly<Record<Ending, string>> = {
  'signed-out': 'You are signed out.',
  'not-a-member': 'You are not in this chat any more.',
  rejected: 'The server closed the connection. Load the page again to go on.',
};

const TURNED_AWAY =
  'New messages do not come in here just now. If you have the chat open in many tabs, close some. What you write is kept, and sent then.';

export interface ConnectionDisplay {
  connected(): void;
  lost(): void;
  turnedAway(): void;
  ended(ending: Ending): void;
}

export interface ConnectionElements {
  /** The line that assistive technology hears of. */
  readonly status: HTMLElement;
  /** What everybody sees who is cut off. */
  readonly banner: HTMLElement;
}

/** The state of the connection, in words. A short loss, such as a change of network, is not worth one. */
export function connectionDisplay({ status, banner }: ConnectionElements): ConnectionDisplay {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const say = (state: string, words: string, explained?: string) => {
    clearTimeout(waiting);
    waiting = undefined;
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
    banner.textContent = explained ?? '';
    banner.hidden = explained === undefined;
  };
  let shownFrom = keptAt();
  let isTurnedAway = false;
  const sayLost = () => {
    const before = shownFrom === undefined ? '' : ` This is the chat as it was at ${shownFrom}.`;
    if (isTurnedAway) say('lost', 'Not connected', TURNED_AWAY);
    else if (navigator.onLine)
      say('lost', 'Reconnecting…', `Reconnecting.${before} What you write is kept, and sent then.`);
    else say('lost', 'Offline', `You are offline.${before} What you write is kept, and sent when you are back.`);
  };
  const lost = () => {
    waiting ??= setTimeout(sayLost, GRACE_MS);
  };
  // A page from before says so at once.
  if (shownFrom === undefined) lost();
  else sayLost();
  return {
    connected() {
      shownFrom = undefined;
      isTurnedAway = false;
      say('connected', 'Connected');
    },
    lost,
    turnedAway() {
      isTurnedAway = true;
      if (waiting === undefined || status.dataset.state === 'lost') sayLost();
    },
    ended(ending) {
      say('ended', SENTENCES[ending], SENTENCES[ending]);
      if (ending === 'signed-out')
        banner.append(' ', wayOn(`/auth?next=${encodeURIComponent(location.pathname)}`, 'Sign in'));
      if (ending === 'not-a-member') banner.append(' ', wayOn('/', 'To your chats'));
    },
  };
}

function wayOn(address: string, words: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = address;
  link.textContent = words;
  return link;
}
