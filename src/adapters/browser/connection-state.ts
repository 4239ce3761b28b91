import type { Ending } from './close-codes.ts';

const GRACE_MS = 2_000;

export const SENTENCES: Readonly<Record<Ending, string>> = {
  'signed-out': 'You are signed out.',
  'not-a-member': 'You are not in this chat any more.',
  rejected: 'The server closed the connection. Load the page again to go on.',
};

export interface ConnectionDisplay {
  connected(): void;
  lost(): void;
  ended(ending: Ending): void;
}

/** The status line. A short loss, such as a change of network, is not worth a word. */
export function connectionDisplay(element: HTMLElement): ConnectionDisplay {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const say = (state: string, words: string) => {
    clearTimeout(waiting);
    waiting = undefined;
    element.dataset.state = state;
    element.textContent = words;
  };
  const lost = () => {
    waiting ??= setTimeout(() => say('lost', navigator.onLine ? 'Reconnecting…' : 'Offline'), GRACE_MS);
  };
  lost();
  return {
    connected: () => say('connected', 'Connected'),
    lost,
    ended: (ending) => say('ended', SENTENCES[ending]),
  };
}
