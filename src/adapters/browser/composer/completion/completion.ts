import { LONGEST_MESSAGE } from '../../../../domain/messages/message-body.ts';
import { part } from '../../shell/part.ts';
import { isComposing } from '../enter-key.ts';
import { EmojiOffer } from './emoji-offer.ts';
import { type Offer, type Option, OptionList } from './options.ts';
import { PeopleOffer } from './people-offer.ts';
import { type Trigger, triggerAt } from './trigger.ts';

/** Changes of the text that are no typing, and open nothing. */
const NOT_TYPED = /^(?:history|insertFromPaste|insertFromDrop)/;
/** A longer text is no message, and slow to search. In UTF-16 units. */
const MAX_LENGTH = 2 * LONGEST_MESSAGE;
/** The log counts as scrolled to its end up to this distance, at which it follows new messages. */
const END_PX = 100;

/** Completes the word at the caret: the name of a member after `@`, and the shortcode of an emoji after `:`. */
export class Completion {
  readonly #box: HTMLTextAreaElement;
  readonly #list: OptionList;
  readonly #offers: Readonly<Record<Trigger['kind'], { for(trigger: Trigger): Offer }>>;
  #trigger: Trigger | undefined;
  /** The word that was completed or refused. It is not completed again until it is changed. */
  #done: { readonly start: number; readonly text: string } | undefined;
  /** What the last option replaced. */
  #replaced = '';

  /** @param signal aborted when the tab no longer shows the chat */
  constructor(main: HTMLElement, signal: AbortSignal) {
    const form = part(main, '[data-composer]', HTMLFormElement);
    const log = part(main, '[role="log"]', HTMLElement);
    this.#box = part(form, 'textarea', HTMLTextAreaElement);
    this.#list = new OptionList({
      box: this.#box,
      place: part(main, '.conversation', HTMLElement),
      choose: (option) => this.#choose(option),
    });
    const changed = () => this.#trigger && this.look();
    this.#offers = { people: new PeopleOffer(main, changed), emoji: new EmojiOffer(main, changed) };
    this.#listen(form, signal);
    log.addEventListener('scroll', () => !isAtEnd(log) && this.#list.close(), { passive: true });
  }

  /** Offers what completes the word at the caret. */
  look(): void {
    const trigger = this.#triggerHere();
    this.#trigger = trigger;
    if (trigger) this.#list.show(this.#offers[trigger.kind].for(trigger));
    else this.#list.close();
  }

  #listen(form: HTMLFormElement, signal: AbortSignal): void {
    const box = this.#box;
    box.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent) || isHeldBack(event)) return;
      if (event.inputType === 'historyUndo') this.#deselect();
      if (NOT_TYPED.test(event.inputType)) this.#list.close();
      else this.look();
    });
    box.addEventListener('compositionend', () => this.look());
    box.addEventListener('blur', () => this.#list.close());
    form.addEventListener('submit', () => this.#list.close());
    const caretMoved = () => {
      if (this.#list.isOpen && this.#triggerHere()?.start !== this.#trigger?.start) this.#list.close();
    };
    document.addEventListener('selectionchange', caretMoved, { signal });
    // Before the composer, which would send.
    form.addEventListener(
      'keydown',
      (event) => {
        if (event.target !== box || !this.#list.isOpen) return;
        if (!this.#act(event)) {
          // The composer sends the text and empties the box, of which browsers do not always send a `selectionchange`.
          if (event.key === 'Enter' && !isComposing(event)) this.#list.close();
          return;
        }
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
  }

  /** Does what a key stands for while the list is open; returns false when it stands for nothing here. */
  #act(event: KeyboardEvent): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey || isComposing(event)) return false;
    const { active, first } = this.#list;
    if (event.shiftKey) {
      // The focus must not go into a list that closes when it leaves the box.
      if (event.key === 'Tab') this.#list.close();
      return false;
    }
    if (event.key === 'ArrowDown') this.#list.move(1);
    else if (event.key === 'ArrowUp') this.#list.move(-1);
    else if (event.key === 'Escape') this.#refuse();
    else if (event.key === 'Enter' && active) this.#choose(active);
    else if (event.key === 'Tab' && first) this.#choose(active ?? first);
    else return false;
    return true;
  }

  #triggerHere(): Trigger | undefined {
    const { value, selectionStart, selectionEnd, textLength } = this.#box;
    const isCaret = selectionStart === selectionEnd && document.activeElement === this.#box;
    const trigger = isCaret && textLength <= MAX_LENGTH ? triggerAt(value, selectionStart) : undefined;
    if (trigger?.start !== this.#done?.start) this.#done = undefined;
    return this.#done && value.startsWith(this.#done.text, this.#done.start) ? undefined : trigger;
  }

  /** Undoing an option selects what it replaced, and the next key would delete that. */
  #deselect(): void {
    const { value, selectionStart, selectionEnd } = this.#box;
    if (value.slice(selectionStart, selectionEnd) !== this.#replaced) return;
    this.#box.setSelectionRange(selectionEnd, selectionEnd);
  }

  #refuse(): void {
    const { value, selectionStart } = this.#box;
    const start = this.#trigger?.start ?? selectionStart;
    this.#done = { start, text: value.slice(start, selectionStart) };
    this.#list.close();
  }

  #choose({ text, isWord, chosen }: Option): void {
    const { value, selectionEnd } = this.#box;
    const start = this.#trigger?.start ?? selectionEnd;
    this.#done = { start, text };
    this.#list.close();
    this.#replaced = value.slice(start, selectionEnd);
    chosen?.();
    replace(this.#box, start, isWord && needsSpace(value.slice(selectionEnd)) ? `${text} ` : text);
  }
}

/** Replaces what is before the caret. Only this old command is an edit that the reader can undo. */
function replace(box: HTMLTextAreaElement, start: number, text: string): void {
  const end = box.selectionEnd;
  box.setSelectionRange(start, end);
  if (document.execCommand('insertText', false, text)) return;
  box.setRangeText(text, start, end, 'end');
  box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

const needsSpace = (after: string): boolean => after === '' || /^[\n\p{L}\p{N}@]/u.test(after);

const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean =>
  scrollHeight - scrollTop - clientHeight <= END_PX;

/** Soft keyboards compose every word, input methods on a keyboard only words that are not written yet. */
const isHeldBack = (event: InputEvent): boolean => event.isComposing && !matchMedia('(pointer: coarse)').matches;
