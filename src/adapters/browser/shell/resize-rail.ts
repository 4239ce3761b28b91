import { chosenRail, MAX_RAIL, MIN_RAIL, railCookie, USUAL_RAIL } from '../../wire/rail-width.ts';

/** What an arrow key adds, in CSS pixels. */
const STEP = 8;

/** The distance between the pointer and the edge of the list while the edge is dragged. */
let grip: number | undefined;

/** Changes the width of the list of chats by an event at its edge, and remembers it in a cookie, by which the server makes pages of that width. */
export function resizeRail(edge: HTMLElement, event: Event): void {
  const width = Number(edge.ariaValueNow);
  if (event instanceof KeyboardEvent) byKey(edge, event, width);
  else if (event.type === 'dblclick') {
    show(edge, undefined);
    remember(undefined);
  } else if (!(event instanceof PointerEvent)) return;
  else if (event.type === 'pointerdown') grip = event.clientX - width;
  else if (grip === undefined) return;
  else if (event.type === 'pointermove') show(edge, event.clientX - grip);
  else {
    grip = undefined;
    if (width !== (chosenRail(document.cookie) ?? USUAL_RAIL)) remember(width);
  }
}

function byKey(edge: HTMLElement, event: KeyboardEvent, width: number): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const wanted = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: MIN_RAIL, End: MAX_RAIL }[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  remember(show(edge, wanted));
}

/** Returns the width that is shown. */
function show(edge: HTMLElement, wanted: number | undefined): number {
  const width = Math.round(Math.min(MAX_RAIL, Math.max(MIN_RAIL, wanted ?? USUAL_RAIL)));
  if (wanted === undefined) delete document.documentElement.dataset.rail;
  else document.documentElement.dataset.rail = String(width);
  edge.ariaValueNow = String(width);
  return width;
}

function remember(width: number | undefined): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is for secure origins only
  document.cookie = railCookie(width, { secure: location.protocol === 'https:' });
}
