import { continues, type Utterance } from '../../wire/grouping.ts';
import { dayElement, faceElement } from '../templates/message-html.ts';
import type { UnreadLine } from './reading/unread-line.ts';
import { isStored, utteranceOf } from './row-facts.ts';
import { dayChanges, dayLabel } from './times/local-days.ts';

export interface ArrangementOptions {
  readonly rows: HTMLElement;
  readonly line: UnreadLine;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/** Everything about rows that depends on their neighbours: headers of authors, headings of days, the line above unread messages. */
export class Arrangement {
  readonly #options: ArrangementOptions;
  /** The headings of days, by the row below each. */
  #headings = new Map<HTMLElement, HTMLElement>();
  /** What stored rows say: they do not change it, and there are hundreds of them at each change. */
  #utterances = new WeakMap<HTMLElement, Utterance>();
  /** The position from which on all rows are loaded. */
  #from = 0;

  constructor(options: ArrangementOptions) {
    this.#options = options;
    for (const heading of options.rows.querySelectorAll('.day')) heading.remove();
    const changed = () => {
      this.#utterances = new WeakMap();
      this.renew(this.#from);
    };
    dayChanges.addEventListener('change', changed, options);
  }

  /**
   * Must be called after each change of the rows.
   * @param from the position from which on all rows are loaded
   */
  renew(from: number): void {
    this.#from = from;
    const { line } = this.#options;
    const now = new Date();
    const headings = new Map<HTMLElement, HTMLElement>();
    const articles = [...this.#options.rows.querySelectorAll<HTMLElement>(':scope > article')];
    const lineAt = line.rowBelow(articles, from);
    let before: Utterance | undefined;
    let above: HTMLElement | undefined;
    for (const row of articles) {
      const utterance = this.#utteranceOf(row);
      const isNewDay = utterance.day !== before?.day;
      const isContinued = row !== lineAt && continues(utterance, before);
      setContinued(row, isContinued);
      setFollowed(above, isContinued);
      before = utterance;
      above = row;
      if (!isNewDay) continue;
      const label = dayLabel(utterance.day, now);
      const heading = this.#headings.get(row) ?? dayElement(utterance.day, label);
      relabel(heading, utterance.day, label);
      const below = line.above(row) ?? row;
      if (below.previousElementSibling !== heading) below.before(heading);
      headings.set(row, heading);
    }
    setFollowed(above, false);
    for (const [row, heading] of this.#headings) if (headings.get(row) !== heading) heading.remove();
    this.#headings = headings;
    line.draw(lineAt);
  }

  #utteranceOf(row: HTMLElement): Utterance {
    const utterance = this.#utterances.get(row) ?? utteranceOf(row);
    if (isStored(row)) this.#utterances.set(row, utterance);
    return utterance;
  }
}

/** Adds the face where it is missing: the server leaves it out of rows that do not show it. */
function setContinued(row: HTMLElement, isContinued: boolean): void {
  if (row.classList.contains('continued') === isContinued) return;
  row.classList.toggle('continued', isContinued);
  const author = row.querySelector('.message-author');
  if (isContinued || !author || row.matches('.own, :has(> .face)')) return;
  row.prepend(faceElement(author.textContent, Number(row.dataset.authorId)));
}

/** Marks a row whose next one is under its header. An attribute that is set to the value it has is still work for the browser. */
function setFollowed(row: HTMLElement | undefined, isFollowed: boolean): void {
  if (row && row.classList.contains('followed') !== isFollowed) row.classList.toggle('followed', isFollowed);
}

function relabel(heading: HTMLElement, day: string, label: string): void {
  const [time] = heading.getElementsByTagName('time');
  if (!time) return;
  time.dateTime = day;
  if (time.textContent !== label) time.textContent = label;
}
