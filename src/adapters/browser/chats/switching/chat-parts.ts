import { dayChanges } from '../../log/times/local-days.ts';
import { showLocalTimes } from '../../log/times/local-times.ts';
import { optionalPart } from '../../shell/part.ts';
import { installation } from '../../storage/installation.ts';
import { elementOf } from '../../templates/message-html.ts';

/** Maximum parts that are fetched ahead. */
const MAX_AHEAD = 3;
/** Age from which a part that was fetched ahead is fetched again. */
const FRESH_MS = 15_000;
/** After this time the browser loads the page, and shows that it does. */
const ANSWER_WITHIN_MS = 10_000;

interface Fetched {
  readonly main: Promise<HTMLElement | undefined>;
  readonly at: number;
  /** What the list of chats said of the chat. */
  readonly card: string;
}

/** Fetches and parses the part of the page that differs between chats, some of them before they are asked for. */
export class ChatParts {
  readonly #viewerId: number;
  readonly #ahead = new Map<string, Fetched>();

  constructor(viewerId: number) {
    this.#viewerId = viewerId;
    // They have the times of the zone and the day in which they were parsed.
    dayChanges.addEventListener('change', () => this.#ahead.clear());
  }

  /** Fetches a part that may soon be asked for. Nothing is marked as read by that. */
  expect({ pathname }: Pick<URL, 'pathname'>): void {
    if (this.#fresh(pathname)) return;
    this.#ahead.delete(pathname);
    const [oldest] = this.#ahead.keys();
    if (oldest !== undefined && this.#ahead.size >= MAX_AHEAD) this.#ahead.delete(oldest);
    const main = this.#fetch(pathname, AbortSignal.timeout(ANSWER_WITHIN_MS));
    main.catch(() => this.#ahead.delete(pathname));
    this.#ahead.set(pathname, { main, at: Date.now(), card: cardOf(pathname) });
  }

  /**
   * The part as it is now or, where the chat has not changed since, as it was a moment ago. Undefined where the whole page has to be loaded:
   * its reader may not see it, or it is for another release, installation or person.
   */
  take({ pathname, search }: URL, signal: AbortSignal): Promise<HTMLElement | undefined> {
    const ahead = search === '' ? this.#fresh(pathname) : undefined;
    this.#ahead.delete(pathname);
    return (
      ahead?.main ?? this.#fetch(pathname + search, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]))
    );
  }

  #fresh(pathname: string): Fetched | undefined {
    const ahead = this.#ahead.get(pathname);
    return ahead && Date.now() - ahead.at < FRESH_MS && ahead.card === cardOf(pathname) ? ahead : undefined;
  }

  async #fetch(path: string, signal: AbortSignal): Promise<HTMLElement | undefined> {
    const headers = { accept: 'text/html', 'Shoal-Part': 'chat' };
    const response = await fetch(path, { headers, cache: 'no-store', redirect: 'manual', signal });
    const { id, epoch } = installation;
    const isForThisPage = response.headers.get('Shoal-Part') === `${id}.${epoch}.${this.#viewerId} ${scriptPath()}`;
    return response.ok && isForThisPage ? mainIn(await response.text()) : undefined;
  }
}

function mainIn(html: string): HTMLElement | undefined {
  const main = document.adoptNode(elementOf(html));
  if (!main.matches('main[data-chat-id]')) return undefined;
  // A template has no script, and what is meant for browsers without one became a part of it.
  for (const without of main.querySelectorAll('noscript')) without.remove();
  showLocalTimes(main);
  return main;
}

const scriptPath = (): string =>
  new URL(optionalPart(document, 'script[type="module"]', HTMLScriptElement)?.src ?? '', location.href).pathname;

/** What the list says of the newest message and of what is unread: a part that was fetched before that changed is out of date. */
function cardOf(pathname: string): string {
  const [, , id = ''] = pathname.split('/');
  const card = document.querySelector(`[data-chat="${id}"]`);
  const shown = ['.card-unread', '.card-last', '.card-name'].map((part) => card?.querySelector(part)?.textContent);
  return [...shown, card?.querySelector('time')?.dateTime].join('\n');
}
