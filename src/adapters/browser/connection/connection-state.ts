import { keptAt } from '../shell/kept-at.ts';
import type { Ending } from './close-codes.ts';

const GRACE_MS = 2_000;

export const SENTENCES: Readonly<Record<Ending, string>> = {
  'signed-out': 'You are signed out.',
  'not-a-member': 'You are not in this chat any more.',
  rejected: 'The server closed the connection. Load the page again to go on.',
};

const TURNED_AWAY =
  'New messages do not come in here just now. If you have the chat open in many tabs, close some. What you write is kept, and sent then.';

const INTERCEPTED =
  'Something between this page and the server answers in its place, such as a sign-on that has expired. What you write is kept, and sent then.';

const WITHOUT_SOCKETS =
  'WebSockets cannot pass between this page and the server: a proxy or firewall blocks them. Messages go by plain requests instead.';

export interface ConnectionDisplay {
  connected(): void;
  lost(): void;
  turnedAway(): void;
  intercepted(): void;
  withoutSockets(): void;
  ended(ending: Ending): void;
}

export interface ConnectionElements {
  /** The line that assistive technology hears of. */
  readonly status: HTMLElement;
  /** What everybody sees who is cut off. */
  readonly banner: HTMLElement;
  /** How many are online, as far as was told while there was a connection. */
  readonly online: HTMLElement;
}

/** The state of the connection, in words. A short loss, such as a change of network, is not worth one. */
export function connectionDisplay({ status, banner, online }: ConnectionElements): ConnectionDisplay {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const say = (state: string, words: string, explained?: string) => {
    clearTimeout(waiting);
    waiting = undefined;
    status.dataset.state = state;
    if (state !== 'connected') online.hidden = true;
    if (status.textContent !== words) status.textContent = words;
    banner.textContent = explained ?? '';
    banner.hidden = explained === undefined;
  };
  let shownFrom = keptAt();
  let obstacle: 'turned-away' | 'intercepted' | undefined;
  const sayLost = () => {
    const before = shownFrom === undefined ? '' : ` This is the chat as it was at ${shownFrom}.`;
    if (obstacle === 'turned-away') say('lost', 'Not connected', TURNED_AWAY);
    else if (obstacle === 'intercepted') {
      say('lost', 'Not connected', INTERCEPTED);
      banner.append(' ', wayOn(location.href, 'Load this page again'));
    } else if (navigator.onLine)
      say('lost', 'Reconnecting…', `Reconnecting.${before} What you write is kept, and sent then.`);
    else say('lost', 'Offline', `You are offline.${before} What you write is kept, and sent when you are back.`);
  };
  const lost = () => {
    waiting ??= setTimeout(sayLost, GRACE_MS);
  };
  const explain = (by: typeof obstacle) => {
    obstacle = by;
    if (waiting === undefined || status.dataset.state === 'lost') sayLost();
  };
  // A page from before says so at once.
  if (shownFrom === undefined) lost();
  else sayLost();
  return {
    connected() {
      shownFrom = undefined;
      obstacle = undefined;
      say('connected', 'Connected');
    },
    lost,
    turnedAway: () => explain('turned-away'),
    intercepted: () => explain('intercepted'),
    withoutSockets: () => say('connected', 'Connected without WebSocket', WITHOUT_SOCKETS),
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
