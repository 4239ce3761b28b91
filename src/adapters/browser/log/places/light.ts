const LIT_FOR_MS = 2_000;

let end: ReturnType<typeof setTimeout> | undefined;
let lit: Element | undefined;

/** Lights the row of the message that the reader has gone to. */
export function light(row: Element | undefined): void {
  clearTimeout(end);
  lit?.removeAttribute('aria-current');
  lit = row;
  row?.setAttribute('aria-current', 'true');
  end = setTimeout(() => row?.removeAttribute('aria-current'), LIT_FOR_MS);
}
