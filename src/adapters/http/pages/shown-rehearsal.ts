import type { AnnouncementReason } from '../../../domain/push/announcement.ts';
import { isAnnounced } from '../../../domain/push/rehearsal.ts';
import type { WireRehearsal, WireRehearsedChange } from '../../wire/rehearsal.ts';
import { REASON_NAMES } from './reasons.ts';

/** Maximum messages that the page lists in each direction. */
const MAX_LISTED = 50;

/** What the page of the settings shows of a rehearsal. */
export function shownRehearsal({ ledger, rehearsed, changes, since }: WireRehearsal) {
  const reasons = (Object.keys(REASON_NAMES) as AnnouncementReason[]).filter(
    (reason) => ledger[reason] !== undefined || rehearsed[reason] !== undefined,
  );
  return {
    since,
    rows: reasons.map((reason) => ({
      name: REASON_NAMES[reason],
      before: ledger[reason] ?? 0,
      after: rehearsed[reason] ?? 0,
    })),
    lists: [
      listed('These would have been announced, and were not', changes, ({ before, after }) => {
        return isAnnounced(after) && !isAnnounced(before);
      }),
      listed('These would not have been announced, and were', changes, ({ before, after }) => {
        return isAnnounced(before) && !isAnnounced(after);
      }),
    ].filter(({ messages }) => messages.length > 0),
  };
}

/** Each message once, whatever the number of devices. */
function listed(
  title: string,
  changes: readonly WireRehearsedChange[],
  isListed: (change: WireRehearsedChange) => boolean,
) {
  const all = new Map(changes.filter(isListed).map((change) => [`${change.chat.id}/${change.position}`, change]));
  const messages = [...all.values()].slice(0, MAX_LISTED).map((change) => {
    const { before, after } = change;
    return { ...change, why: REASON_NAMES[isAnnounced(after) ? before : after] };
  });
  return { title, messages, more: all.size - messages.length };
}
