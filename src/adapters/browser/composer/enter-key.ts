export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Safari reports this code for the key that ends a composition, after `compositionend` and with `isComposing` false. */
const PROCESSED_BY_INPUT_METHOD = 229;

/** Whether a key press belongs to an input method that composes a word, and not to the page. */
export const isComposing = (press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean =>
  press.isComposing || press.keyCode === PROCESSED_BY_INPUT_METHOD;

/** Whether this key sends the message. On touch screens, where Shift+Enter is awkward, Enter breaks the line. */
export function sendsMessage(press: KeyPress, pointer: 'fine' | 'coarse'): boolean {
  if (press.key !== 'Enter' || isComposing(press)) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return pointer === 'fine' && !press.shiftKey;
}

/** Whether a key is pressed without another one that changes its meaning. */
export const isBare = (press: Pick<KeyPress, 'ctrlKey' | 'metaKey' | 'shiftKey'> & { readonly altKey: boolean }) =>
  !(press.altKey || press.ctrlKey || press.metaKey || press.shiftKey);
