/** Selects the whole field and scrolls to its beginning: browsers scroll to the end of a selection. */
export function selectFromStart(field: HTMLInputElement): void {
  field.select();
  field.scrollLeft = 0;
}
