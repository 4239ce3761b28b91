import { lookCookie } from './look-cookie.ts';

/** The width of the list of chats beside a chat, in CSS pixels. `static/css/parts/rail-width.css` has the widths between these two. */
export const MIN_RAIL = 260;
export const MAX_RAIL = 380;
export const USUAL_RAIL = 300;

const CHOSEN = /(?:^|;)\s*rail=(\d{3})\s*(?:;|$)/;

/**
 * The width that was chosen in this browser; undefined for the usual one.
 * @param cookies as in the header `Cookie` and in `document.cookie`
 */
export function chosenRail(cookies: string): number | undefined {
  const width = Number(CHOSEN.exec(cookies)?.[1]);
  return width >= MIN_RAIL && width <= MAX_RAIL ? width : undefined;
}

export const railCookie = (width: number | undefined, { secure }: { readonly secure: boolean }): string =>
  lookCookie(['rail', `${width ?? ''}`], { isUsual: width === undefined, secure });
