import { startCatchUp } from './chats/catch-up.ts';
import { startCachedNotice } from './shell/cached-notice.ts';
import { startCopy } from './shell/copy.ts';
import { startShare } from './shell/share.ts';

/** Starts a part that few pages have. They are loaded together, so that the first script names one of them. */
export function startRare(part: HTMLElement): void {
  const { dataset } = part;
  if ('cachedNotice' in dataset) startCachedNotice(part);
  else if ('catchUp' in dataset) startCatchUp(part);
  else if ('oversight' in dataset) followOversight(part);
  else if (part instanceof HTMLButtonElement) {
    if ('copy' in dataset) startCopy(part);
    else startShare(part);
  }
}

/** Where the script cannot be loaded, the page stays as it is. */
function followOversight(part: HTMLElement): void {
  import('./moderation/live-oversight.ts').then(
    ({ startOversight }) => startOversight(part),
    () => undefined,
  );
}
