/** Something that can be inserted in place of what was typed. */
export interface Option {
  readonly label: string;
  /** A dimmed word beside the label. */
  readonly note?: string;
  /** The picture before the label. */
  readonly picture: HTMLElement;
  /** The text that is inserted. */
  readonly text: string;
  /** A space follows a word. */
  readonly isWord: boolean;
  /** Called when the option has been chosen. */
  readonly chosen?: () => void;
}

export interface Offer {
  /** The name of the list. */
  readonly title: string;
  /** The best one is first. */
  readonly options: readonly Option[];
  /** Nothing is chosen until the reader goes to an option: what is typed is complete already. */
  readonly isComplete: boolean;
}

/** Maximum options in an offer: more letters find the others. */
export const MAX_SHOWN = 50;

const ID = 'completion';

/** The listbox above the box. The focus stays in the box, which names the active option. */
export class OptionList {
  readonly #box: HTMLTextAreaElement;
  readonly #list = document.createElement('ul');
  #options: readonly Option[] = [];
  #active = -1;

  /** @param place contains the list, whose end is above the box */
  constructor(parts: { readonly box: HTMLTextAreaElement; readonly place: HTMLElement; choose(option: Option): void }) {
    this.#box = parts.box;
    this.#list.id = ID;
    this.#list.className = ID;
    this.#list.role = 'listbox';
    this.#list.hidden = true;
    // What scrolls must be within reach of the keyboard, although the keys of the box move through the list.
    this.#list.tabIndex = 0;
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const element = target instanceof Element ? target.closest('[role="option"]') : null;
      const option = element && this.#options[[...this.#list.children].indexOf(element)];
      if (option) parts.choose(option);
    });
    this.#box.ariaAutoComplete = 'list';
    this.#box.ariaHasPopup = 'listbox';
    parts.place.append(this.#list);
  }

  get isOpen(): boolean {
    return !this.#list.hidden;
  }

  get active(): Option | undefined {
    return this.#options[this.#active];
  }

  get first(): Option | undefined {
    return this.#options[0];
  }

  show({ title, options, isComplete }: Offer): void {
    this.#options = options;
    this.#list.ariaLabel = title;
    this.#list.replaceChildren(...options.map(elementOf));
    this.#list.hidden = options.length === 0;
    this.#list.scrollTop = 0;
    if (this.isOpen) this.#box.setAttribute('aria-controls', ID);
    else this.#box.removeAttribute('aria-controls');
    this.#mark(isComplete ? -1 : 0);
  }

  close(): void {
    if (this.isOpen) this.show({ title: '', options: [], isComplete: true });
  }

  /** Goes to the next or the previous option, and from either end to the other. */
  move(by: 1 | -1): void {
    const { length } = this.#options;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#mark((from + by + length) % length);
  }

  #mark(index: number): void {
    this.#list.children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = this.#options.length > index ? index : -1;
    const element = this.#list.children[this.#active];
    if (!element) {
      this.#box.removeAttribute('aria-activedescendant');
      return;
    }
    element.ariaSelected = 'true';
    this.#box.setAttribute('aria-activedescendant', element.id);
    element.scrollIntoView({ block: 'nearest' });
  }
}

function elementOf({ label, note, picture }: Option, index: number): HTMLElement {
  const element = document.createElement('li');
  element.role = 'option';
  element.id = `${ID}-${index}`;
  element.ariaSelected = 'false';
  const name = document.createElement('bdi');
  name.textContent = label;
  element.append(picture, name);
  if (note !== undefined) {
    const noted = document.createElement('span');
    noted.className = 'hint';
    noted.textContent = note;
    element.append(noted);
  }
  return element;
}
