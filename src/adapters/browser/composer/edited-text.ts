/** A stored text that is edited in the box. */
export interface EditedText {
  readonly text: string;
  /** What stands above the box meanwhile. */
  readonly strip: HTMLElement;
  /** Returns a sentence that says why it cannot be saved. */
  save(text: string): string | undefined;
}
