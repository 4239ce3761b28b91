/** Formats moments in the reader's current time zone; an `Intl.DateTimeFormat` stays in the one in which it was made. */
export function localFormat(options: Intl.DateTimeFormatOptions): (moment: Date) => string {
  let formatter = new Intl.DateTimeFormat(undefined, options);
  let madeIn = zone;
  return (moment) => {
    if (madeIn !== zone) {
      formatter = new Intl.DateTimeFormat(undefined, options);
      madeIn = zone;
    }
    return formatter.format(moment);
  };
}

/** Calls when the reader's time zone has changed. There is no event for it, so the page checks whenever its reader returns. */
export function onNewTimeZone(changed: () => void): void {
  listeners.push(changed);
  if (listeners.length > 1) return;
  document.addEventListener('visibilitychange', look);
  for (const type of ['focus', 'pageshow']) addEventListener(type, look);
}

const listeners: (() => void)[] = [];
const currentZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
let zone = currentZone();

function look(): void {
  const now = currentZone();
  if (now === zone) return;
  zone = now;
  for (const changed of listeners) changed();
}
