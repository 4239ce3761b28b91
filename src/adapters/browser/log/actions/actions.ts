import { copyLink } from './entries/copy-link.ts';
import { copyText } from './entries/copy-text.ts';
import { edit } from './entries/edit.ts';
import { markUnread } from './entries/mark-unread.ts';
import { pin, unpin } from './entries/pins.ts';
import { react } from './entries/react.ts';
import { remove } from './entries/remove.ts';
import { reply } from './entries/reply.ts';
import { report } from './entries/report.ts';
import { versions } from './entries/versions.ts';
import type { RowAction } from './row-action.ts';

/** All actions on messages, in the order of the bar and of the menu. */
export const ACTIONS: readonly RowAction[] = [
  ...[react, reply, edit, copyText, copyLink, pin, unpin, markUnread, versions, report, remove],
];
