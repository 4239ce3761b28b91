import { userId } from '../../../../domain/ids.ts';
import { type Reader, TEXT_PERMISSIONS } from '../../../../domain/messages/permissions.ts';
import { sourceOfRow } from '../../formatting/source-of-row.ts';
import { positionOf, revisionOf } from '../row-facts.ts';
import type { ActionRow } from './page-chat.ts';

/** What actions need to know about a row; undefined for one without actions. */
export function actionRow(element: HTMLElement | undefined, reader: Reader): ActionRow | undefined {
  if (!element?.isConnected || element.matches('.notice, .deleted, [data-state]')) return undefined;
  const author = { id: userId(Number(element.dataset.authorId)) };
  return {
    element,
    position: positionOf(element),
    revision: revisionOf(element),
    get source() {
      return sourceOfRow(element);
    },
    author: element.querySelector('.message-author')?.textContent ?? '',
    isOwn: author.id === reader.userId,
    isEdited: element.querySelector('.message-edited') !== null,
    may: (permission) => TEXT_PERMISSIONS[permission](reader, { author }),
  };
}
