import { roleIn } from '../../../domain/chats/membership.ts';
import { mayPostAtAnyRate } from '../../../domain/chats/permissions.ts';
import { durationWords } from '../../../domain/moderation/slow-mode.ts';
import { optionalPart, part } from '../shell/part.ts';

const shown = new WeakMap<HTMLElement, SlowModeHint>();

/**
 * Says under the box how often one may write, and when again. The server decides; this is but a hint.
 * @param seconds between two posts of a member; 0 for no slow mode
 */
export function showSlowMode(main: HTMLElement, seconds: number): void {
  const hint = shown.get(main) ?? new SlowModeHint(main);
  shown.set(main, hint);
  hint.set(seconds);
}

class SlowModeHint {
  readonly #main: HTMLElement;
  readonly #hint: HTMLElement;
  readonly #observer = new MutationObserver(() => this.#show());
  #seconds = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(main: HTMLElement) {
    this.#main = main;
    this.#hint = optionalPart(main, '[data-slow-hint]', HTMLElement) ?? addHint(main);
    // The reader's own posts, and their role, which may exempt them.
    this.#observer.observe(part(main, '[role="log"]', HTMLElement), { childList: true, subtree: true });
    this.#observer.observe(main, { attributeFilter: ['data-role'] });
  }

  set(seconds: number): void {
    this.#seconds = seconds;
    this.#show();
  }

  #show(): void {
    clearTimeout(this.#timer);
    if (!this.#main.isConnected) {
      this.#observer.disconnect();
      return;
    }
    const applies = this.#seconds > 0 && !mayPostAtAnyRate({ role: roleIn(this.#main.dataset.role) });
    const wait = applies ? Math.ceil((lastPostAt(this.#main) - Date.now()) / 1_000) + this.#seconds : 0;
    const words =
      wait > 0
        ? `Slow mode: you can write again in ${durationWords(wait)}.`
        : `Slow mode: one message in ${durationWords(this.#seconds)}.`;
    this.#hint.hidden = !applies;
    if (this.#hint.textContent !== words) this.#hint.textContent = words;
    if (wait > 0) this.#timer = setTimeout(() => this.#show(), 1_000);
  }
}

function addHint(main: HTMLElement): HTMLElement {
  const hint = document.createElement('p');
  hint.className = 'composer-foot hint';
  hint.dataset.slowHint = '';
  part(main, '.composer-foot', HTMLElement).before(hint);
  return hint;
}

/** Milliseconds since 1970; 0 without a post on the page. */
function lastPostAt(main: HTMLElement): number {
  const own = [...main.querySelectorAll<HTMLTimeElement>('.message.own[data-position] time[datetime]')].at(-1);
  return own ? Date.parse(own.dateTime) : 0;
}
