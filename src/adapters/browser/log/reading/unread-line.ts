import { countLabel } from '../../../wire/chat-card.ts';
import { isStored, positionOf } from '../row-facts.ts';

/** What is unread when the chat is opened, or from a message that its reader marks as unread. */
export interface Unread {
  /** Everything up to this position is read. */
  readonly after: number;
  /** The last position that the line can be above: later messages are not unread but new. */
  readonly upTo: number;
  /** 100 stands for that many or more. */
  readonly count: number;
}

export interface UnreadLineOptions {
  readonly log: HTMLElement;
  readonly pill: HTMLAnchorElement;
  readonly viewerId: number;
  readonly unread: Unread | undefined;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  /** Brings the line into sight. */
  readonly go: () => void;
}

/** The line above the first unread message, and the pill that leads there while the line is out of sight. */
export class UnreadLine {
  readonly #viewerId: number;
  readonly #pill: HTMLAnchorElement;
  readonly #element: HTMLElement;
  #unread: Unread | undefined;
  /** The position below the line, once it is known. The line does not move after that. */
  #position: number | undefined;
  #isInSight = true;

  constructor({ log, pill, viewerId, unread, signal, go }: UnreadLineOptions) {
    this.#viewerId = viewerId;
    this.#pill = pill;
    this.#unread = unread;
    this.#element = log.querySelector<HTMLElement>('.unread-line') ?? lineElement();
    const below = this.#element.nextElementSibling;
    if (below instanceof HTMLElement) this.#position = positionOf(below);
    this.#show();
    pill.addEventListener('click', (event) => {
      event.preventDefault();
      go();
    });
    const sight = new IntersectionObserver(
      (entries) => {
        this.#isInSight = entries.at(-1)?.isIntersecting ?? false;
        this.#show();
      },
      { root: log },
    );
    sight.observe(this.#element);
    signal.addEventListener('abort', () => sight.disconnect());
  }

  /** The position after which messages are unread, or undefined when none are. */
  get after(): number | undefined {
    return this.#unread?.after;
  }

  /** The position of the row below the line, or undefined where that is not loaded. */
  get position(): number | undefined {
    return this.#element.isConnected ? this.#position : undefined;
  }

  /** Moves the line above the first of other messages, at the next arrangement of the rows. */
  restart(unread: Unread | undefined): void {
    this.#unread = unread;
    this.#position = undefined;
    this.#show();
  }

  /** @param from the position from which on all rows are loaded: messages before that may be unread too */
  rowBelow(articles: readonly HTMLElement[], from: number): HTMLElement | undefined {
    const unread = this.#unread;
    if (!unread) return undefined;
    if (this.#position === undefined && from <= unread.after + 1) {
      const first = articles.find((row) => this.#isUnread(row, unread));
      this.#position = first && positionOf(first);
    }
    return articles.find((row) => isStored(row) && positionOf(row) === this.#position);
  }

  /** The line, if it is above this row. */
  above(row: HTMLElement): HTMLElement | undefined {
    return row.previousElementSibling === this.#element ? this.#element : undefined;
  }

  /** Draws the line above this row, or removes it. */
  draw(row: HTMLElement | undefined): void {
    if (!row) this.#element.remove();
    else if (row.previousElementSibling !== this.#element) row.before(this.#element);
  }

  #isUnread(row: HTMLElement, { after, upTo }: Unread): boolean {
    const position = positionOf(row);
    return isStored(row) && position > after && position <= upTo && isUnreadBy(this.#viewerId, row);
  }

  #show(): void {
    this.#pill.hidden = !this.#unread || this.#isInSight;
    if (!this.#unread) return;
    const words = `${countLabel(this.#unread.count)} new`;
    for (const element of [this.#element, this.#pill.firstElementChild]) {
      if (element && element.textContent !== words) element.textContent = words;
    }
  }
}

/** As `partials/unread-line.eta`, which the script would have to contain for this. */
const lineElement = (): HTMLElement =>
  Object.assign(document.createElement('p'), { className: 'unread-line', id: 'unread', ariaLive: 'off' });

/** Notices, deleted messages and the reader's own are never unread. */
export const isUnreadBy = (viewerId: number, row: HTMLElement): boolean =>
  !row.matches('.notice, .deleted') && Number(row.dataset.authorId) !== viewerId;

/** The messages that were unread when the page was made. */
export function unreadIn({ dataset }: HTMLElement, revision: number): Unread | undefined {
  const count = Number(dataset.unread);
  return count > 0 ? { after: Number(dataset.read), upTo: revision, count } : undefined;
}
