export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What Safari reports for the Enter that ends a composition, when `isComposing` is false again already. */
const COMPOSING = 229;

/** Whether this key sends. On touch screens, which have no Shift at hand, Enter breaks the line and a button sends. */
export function sendsMessage(press: KeyPress, pointer: 'fine' | 'coarse'): boolean {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === COMPOSING) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return pointer === 'fine' && !press.shiftKey;
}
