import { userId } from '../../../../domain/ids.ts';
import { type Reader, TEXT_PERMISSIONS } from '../../../../domain/messages/permissions.ts';
import { part } from '../../shell/part.ts';
import { positionOf, revisionOf } from '../row-facts.ts';
import type { ActionRow } from './row-action.ts';

/** What actions need to know about a row; undefined for one without actions. */
export function actionRow(element: HTMLElement | undefined, reader: Reader): ActionRow | undefined {
  if (!element?.isConnected || element.matches('.notice, .deleted, [data-state]')) return undefined;
  const author = { id: userId(Number(element.dataset.authorId)) };
  return {
    element,
    position: positionOf(element),
    revision: revisionOf(element),
    get words() {
      return part(element, '.message-text', HTMLElement).innerText;
    },
    may: (permission) => TEXT_PERMISSIONS[permission](reader, { author }),
  };
}
