import { optionalPart } from '../shell/part.ts';
import { healPush } from './heal.ts';
import { startPushSettings } from './push-settings.ts';
import { isPushWanted } from './subscription.ts';

/** For the page of the settings, and for every page of a reader who has turned notifications on in this browser. */
export function startNotifications(): void {
  const zone = optionalPart(document, '[data-zone]', HTMLInputElement);
  if (zone) zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  const section = optionalPart(document, '[data-push]', HTMLElement);
  if (section) void startPushSettings(section);
  // A failure is left to the next page.
  if (isPushWanted()) healPush().catch(() => undefined);
}
