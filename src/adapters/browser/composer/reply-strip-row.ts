import template from '../../../../templates/partials/reply-strip.eta';
import { faceOf } from '../../wire/face.ts';
import type { WireQuote } from '../../wire/message.ts';
import { part } from '../shell/part.ts';
import { asset } from '../templates/asset.ts';
import { elementOf } from '../templates/message-html.ts';

export function replyStripRow(reply: WireQuote, cancel: () => void): HTMLElement {
  const row = elementOf(template({ reply, faceOf, asset }));
  part(row, '[data-cancel-reply]', HTMLButtonElement).addEventListener('click', cancel);
  return row;
}
