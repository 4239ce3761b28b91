/** Selects all of a field and shows its beginning: browsers show the end of what does not fit. */
export function selectFromStart(field: HTMLInputElement): void {
  field.select();
  field.scrollLeft = 0;
}
