import type { Reader, TextPermission } from '../../../../domain/messages/permissions.ts';
import type { RowReactions } from '../reactions/row-reactions.ts';

/**
 * Something that the reader can do with a message. Each action is a file in `entries/`, and is listed in `actions.ts`. The bar, the
 * menu, the sheet on touch screens and the keys all follow from this description.
 */
export interface RowAction {
  /** As it is shown and read aloud. */
  readonly words: string;
  /** The id of a symbol in `static/icons.svg`. */
  readonly icon: string;
  /** The value of `KeyboardEvent.key` that does the same, in lower case. */
  readonly key?: string;
  /** Actions in the bar are one click away, and are in the menu too. */
  readonly place: 'bar' | 'menu';
  readonly isDangerous?: true;
  isOffered(row: ActionRow): boolean;
  run(row: ActionRow, chat: ActionChat): void;
}

/** A row with a message that is neither a notice, nor deleted, nor waiting to be sent. */
export interface ActionRow {
  readonly element: HTMLElement;
  readonly position: number;
  /** The revision of the message that the row shows. */
  readonly revision: number;
  /** The text without its formatting, as it is shown. */
  readonly words: string;
  /** Whether the reader has this permission on this message. */
  may(permission: TextPermission): boolean;
}

/** What actions work on. */
export interface ActionChat {
  readonly chatId: number;
  readonly reader: Reader;
  /** The parent of the rows. */
  readonly rows: HTMLElement;
  /** The reader's own reactions. */
  readonly reactions: Pick<RowReactions, 'isOwn' | 'set'>;
}
