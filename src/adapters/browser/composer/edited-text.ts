/** A stored text that is edited in the box. */
export interface EditedText {
  readonly text: string;
  /** What stands above the box meanwhile. */
  readonly strip: HTMLElement;
  /** Stores the text that is written, for the next visit; returns whether that was possible. */
  keep(text: string): boolean;
  /** Called when it was saved or given up. */
  ended(): void;
  /** Returns a sentence that says why it cannot be saved. */
  save(text: string): string | undefined;
}
