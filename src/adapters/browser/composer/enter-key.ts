export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What Safari reports for the key that ends a composition: it comes after `compositionend`, with `isComposing` false. */
const PROCESSED_BY_INPUT_METHOD = 229;

/** Whether a key press belongs to an input method, which composes a word, rather than to the page. */
export const isComposing = (press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean =>
  press.isComposing || press.keyCode === PROCESSED_BY_INPUT_METHOD;

/** Whether this key sends. On touch screens, which have no Shift at hand, Enter breaks the line and a button sends. */
export function sendsMessage(press: KeyPress, pointer: 'fine' | 'coarse'): boolean {
  if (press.key !== 'Enter' || isComposing(press)) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return pointer === 'fine' && !press.shiftKey;
}
