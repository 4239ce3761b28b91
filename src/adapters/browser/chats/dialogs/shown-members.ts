import membersTemplate from '../../../../../templates/partials/members.eta';
import { faceOf } from '../../../wire/face.ts';
import type { WireMembers } from '../../../wire/members.ts';
import { isRecord } from '../../connection/wire-decoding.ts';
import { showLocalTimes } from '../../log/times/local-times.ts';
import { Refusal, requestJson } from '../../shell/api.ts';
import { optionalPart } from '../../shell/part.ts';
import { elementOf } from '../../templates/message-html.ts';

/**
 * The members at an address, as the dialog shows them.
 * @throws Refusal
 */
export async function requestMembers(address: string, init?: RequestInit): Promise<HTMLElement> {
  const members = await requestJson(address, init);
  if (!isMembersPage(members)) throw new Refusal('The server answered with something else than members.');
  const shown = elementOf(membersTemplate({ members, faceOf }));
  showLocalTimes(shown);
  return shown;
}

function isMembersPage(value: unknown): value is WireMembers {
  return (
    isRecord(value) && isRecord(value.chat) && isRecord(value.you) && Array.isArray(value.members) && 'next' in value
  );
}

/**
 * Shows the entry of one member as it is now; resolves with whether the focus was in it.
 * @throws Refusal
 */
export async function renewMember(
  members: HTMLElement,
  { address, userId }: { readonly address: string; readonly userId: number },
): Promise<boolean> {
  const url = new URL(address, location.href);
  url.search = `?person=${userId}`;
  const [entry, shown] = [await requestMembers(url.href), members].map((within) =>
    optionalPart(within, `#member-${userId}`, HTMLElement),
  );
  if (!entry || !shown) return false;
  // It is not the one that the dialog is about because it was asked for by itself.
  if (!shown.matches('[data-person]')) {
    for (const name of ['aria-current', 'tabindex', 'data-person']) entry.removeAttribute(name);
  }
  const hadFocus = shown.contains(document.activeElement);
  shown.replaceWith(entry);
  return hadFocus;
}
