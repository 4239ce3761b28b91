import optionsTemplate from '../../../../templates/partials/emoji-options.eta';
import pickerTemplate from '../../../../templates/partials/emoji-picker.eta';
import { placeBeside } from '../log/actions/place-beside.ts';
import { openDialog } from '../shell/dialogs/overlays.ts';
import { part } from '../shell/part.ts';
import { addDialog, elementOf } from '../templates/message-html.ts';
import { EmojiMemory } from './emoji-memory.ts';
import { EMOJI_GROUPS, type EmojiGroup, searchEmoji } from './emoji-search.ts';
import { moveInGrid } from './move-in-grid.ts';
import { isSkinTone, SKIN_TONES, type SkinTone, toned } from './skin-tones.ts';

const MAX_FOUND = 96;
/** The hand that shows the tones. */
const HAND = '✋';

type Choose = (emoji: string) => void;

/** All emoji, by group and by search. The focus stays in the search field, from which arrows move through the list. */
export class EmojiPicker {
  readonly #memory: EmojiMemory;
  readonly #dialog = addDialog(pickerTemplate({ tones: SKIN_TONES.map((tone) => toned(HAND, tone)) }));
  readonly #search = part(this.#dialog, 'input', HTMLInputElement);
  readonly #tone = part(this.#dialog, 'select', HTMLSelectElement);
  readonly #list = part(this.#dialog, '[role="listbox"]', HTMLElement);
  readonly #none = part(this.#dialog, '[role="status"]', HTMLElement);
  #choose: Choose = () => {};
  #active: HTMLElement | undefined;

  constructor(userId: number) {
    this.#memory = new EmojiMemory(userId);
    this.#search.addEventListener('input', () => this.#show());
    this.#search.addEventListener('keydown', (event) => this.#key(event));
    this.#tone.addEventListener('change', () => {
      const tone = Number(this.#tone.value);
      if (isSkinTone(tone)) this.#memory.tone = tone;
      this.#show();
      this.#search.focus();
    });
    this.#list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;
      if (option) this.#take(option);
    });
  }

  /** Opens beside the element, or where the style has it, and calls back with the emoji that is chosen. */
  open(anchor: HTMLElement | undefined, choose: Choose): void {
    if (this.#dialog.open) return;
    this.#choose = choose;
    this.#search.value = '';
    this.#tone.value = String(this.#memory.tone);
    openDialog(this.#dialog);
    this.#show();
    placeBeside(this.#dialog, anchor);
    this.#search.focus();
  }

  #show(): void {
    const tone = this.#memory.tone;
    const text = this.#search.value;
    const groups = text.trim() === '' ? this.#all() : [{ name: 'Found', emoji: searchEmoji(text, MAX_FOUND) }];
    this.#list.replaceChildren(optionsElement(groups, tone));
    const isEmpty = this.#list.querySelector('[role="option"]') === null;
    this.#none.textContent = isEmpty ? 'No emoji has these words.' : '';
    this.#list.scrollTop = 0;
    this.#activate(text.trim() === '' ? undefined : (this.#options()[0] ?? undefined));
  }

  #all(): readonly EmojiGroup[] {
    const recent = this.#memory.recent.map((emoji) => ({ emoji, label: emoji, words: [], hasTones: false }));
    return recent.length === 0 ? EMOJI_GROUPS : [{ name: 'Recent', emoji: recent }, ...EMOJI_GROUPS];
  }

  #key(event: KeyboardEvent): void {
    // Some browsers would only empty the search field.
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#dialog.close();
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.#active) this.#take(this.#active);
      return;
    }
    // Without an active option, these keys move the caret in the field.
    const isForCaret =
      !this.#active && this.#search.value !== '' && !event.key.startsWith('ArrowU') && !event.key.startsWith('ArrowD');
    const next = isForCaret ? undefined : moveInGrid(event.key, this.#options(), this.#active);
    if (!next) return;
    event.preventDefault();
    this.#activate(next);
  }

  #activate(option: HTMLElement | undefined): void {
    if (this.#active) this.#active.ariaSelected = 'false';
    this.#active = option;
    if (option) option.ariaSelected = 'true';
    if (option) this.#search.setAttribute('aria-activedescendant', option.id);
    else this.#search.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  #options(): readonly HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  #take(option: HTMLElement): void {
    const { emoji = '' } = option.dataset;
    this.#memory.use(emoji);
    this.#dialog.close();
    this.#choose(emoji);
  }
}

function optionsElement(groups: readonly EmojiGroup[], tone: SkinTone): HTMLElement {
  let count = 0;
  const shown = groups.map(({ name, emoji }) => ({
    name,
    options: emoji.map((one) => {
      count += 1;
      return { id: `emoji-${count}`, emoji: one.hasTones ? toned(one.emoji, tone) : one.emoji, label: one.label };
    }),
  }));
  return elementOf(optionsTemplate({ groups: shown }));
}

let picker: EmojiPicker | undefined;

/** There is one picker for the page. */
export function pickEmoji({
  userId,
  anchor,
  choose,
}: {
  readonly userId: number;
  readonly anchor: HTMLElement | undefined;
  readonly choose: Choose;
}): void {
  picker ??= new EmojiPicker(userId);
  picker.open(anchor, choose);
}
