import { continues, type Utterance } from '../../wire/grouping.ts';
import { dayElement, faceElement } from '../templates/message-html.ts';
import { isStored, positionOf, utteranceOf } from './row-facts.ts';
import { dayLabel, onNewDay } from './times/local-days.ts';

/** The messages that were unread when the chat was opened, by their positions. */
export interface Unread {
  readonly after: number;
  readonly upTo: number;
}

export interface ArrangementOptions {
  readonly rows: HTMLElement;
  readonly viewerId: number;
  readonly unread: Unread | undefined;
}

/** Everything about rows that depends on their neighbours: headers of authors, headings of days, the line above unread messages. */
export class Arrangement {
  readonly #options: ArrangementOptions;
  /** The headings of days, by the row below each. */
  #headings = new Map<HTMLElement, HTMLElement>();
  /** What stored rows say: they do not change it, and there are hundreds of them at each change. */
  #utterances = new WeakMap<HTMLElement, Utterance>();
  readonly #line = lineElement();
  /** The position below the line, once it is known. The line does not move after that. */
  #firstUnread: number | undefined;

  constructor(options: ArrangementOptions) {
    this.#options = options;
    for (const heading of options.rows.querySelectorAll('.day')) heading.remove();
    onNewDay(() => {
      this.#utterances = new WeakMap();
      this.renew();
    });
  }

  /** Must be called after each change of the rows. */
  renew(): void {
    const now = new Date();
    const headings = new Map<HTMLElement, HTMLElement>();
    const articles = [...this.#options.rows.querySelectorAll<HTMLElement>(':scope > article')];
    const lineAt = this.#placeOfLine(articles);
    let before: Utterance | undefined;
    for (const row of articles) {
      const utterance = this.#utteranceOf(row);
      const isNewDay = utterance.day !== before?.day;
      setContinued(row, row !== lineAt && continues(utterance, before));
      before = utterance;
      if (!isNewDay) continue;
      const label = dayLabel(utterance.day, now);
      const heading = this.#headings.get(row) ?? dayElement(utterance.day, label);
      relabel(heading, utterance.day, label);
      if (row.previousElementSibling !== heading) row.before(heading);
      headings.set(row, heading);
    }
    for (const [row, heading] of this.#headings) if (headings.get(row) !== heading) heading.remove();
    this.#headings = headings;
    this.#drawLine(lineAt);
  }

  #utteranceOf(row: HTMLElement): Utterance {
    const utterance = this.#utterances.get(row) ?? utteranceOf(row);
    if (isStored(row)) this.#utterances.set(row, utterance);
    return utterance;
  }

  #drawLine(row: HTMLElement | undefined): void {
    if (!row) this.#line.remove();
    else if (row.previousElementSibling !== this.#line) row.before(this.#line);
  }

  /** Undefined while earlier messages that are not loaded may be unread too. */
  #placeOfLine(articles: readonly HTMLElement[]): HTMLElement | undefined {
    const { unread, viewerId } = this.#options;
    if (!unread) return undefined;
    const stored = articles.filter(isStored);
    if (this.#firstUnread === undefined && stored.some((row) => positionOf(row) <= unread.after)) {
      const first = stored.find(
        (row) =>
          positionOf(row) > unread.after &&
          positionOf(row) <= unread.upTo &&
          !row.matches('.notice, .deleted') &&
          Number(row.dataset.authorId) !== viewerId,
      );
      this.#firstUnread = first && positionOf(first);
    }
    return stored.find((row) => positionOf(row) === this.#firstUnread);
  }
}

/** Adds the face where it is missing: the server leaves it out of rows that do not show it. */
function setContinued(row: HTMLElement, isContinued: boolean): void {
  if (row.classList.contains('continued') === isContinued) return;
  row.classList.toggle('continued', isContinued);
  const author = row.querySelector('.message-author');
  if (isContinued || !author || row.matches('.own, :has(> .face)')) return;
  row.prepend(faceElement(author.textContent));
}

function relabel(heading: HTMLElement, day: string, label: string): void {
  const [time] = heading.getElementsByTagName('time');
  if (!time) return;
  time.dateTime = day;
  if (time.textContent !== label) time.textContent = label;
}

function lineElement(): HTMLElement {
  const line = document.createElement('p');
  line.className = 'unread-line';
  line.ariaLive = 'off';
  line.textContent = 'New';
  return line;
}

/** The messages that were unread when the page was made. */
export function unreadIn({ dataset }: HTMLElement, revision: number): Unread | undefined {
  return Number(dataset.unread) > 0 ? { after: Number(dataset.read), upTo: revision } : undefined;
}
