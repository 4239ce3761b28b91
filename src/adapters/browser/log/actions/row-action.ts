import type { Changes } from '../changes/changes.ts';
import type { ActionRow, PageChat } from './page-chat.ts';

export type { ActionRow, PageChat } from './page-chat.ts';

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

export interface ActionChat extends PageChat {
  readonly changes: Pick<Changes, 'edit' | 'delete'>;
}
