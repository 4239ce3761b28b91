import { copyLink } from './entries/copy-link.ts';
import { copyText } from './entries/copy-text.ts';
import { pin, unpin } from './entries/pins.ts';
import { react } from './entries/react.ts';
import type { RowAction } from './row-action.ts';

/** All actions on messages, in the order of the bar and of the menu. */
export const ACTIONS: readonly RowAction[] = [react, copyText, copyLink, pin, unpin];
