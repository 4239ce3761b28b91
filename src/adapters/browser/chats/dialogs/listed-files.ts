import listedFilesTemplate from '../../../../../templates/partials/listed-files.eta';
import type { WireListedFile } from '../../../wire/listed-file.ts';
import { shownFile } from '../../../wire/shown-file.ts';
import { isRecord } from '../../connection/wire-decoding.ts';
import { showLocalTimes } from '../../log/times/local-times.ts';
import { Refusal, requestJson } from '../../shell/api.ts';
import { elementOf } from '../../templates/message-html.ts';

/**
 * Shows files of a chat in place of the link to their page, which comes behind them, leads to the earlier ones, and vanishes behind the last.
 * @throws Refusal when the server refuses or cannot be reached
 */
export async function showFiles(link: HTMLAnchorElement): Promise<void> {
  const answer = await requestJson(link.href);
  if (!isRecord(answer) || !Array.isArray(answer.files))
    throw new Refusal('The server answered with something else than files.');
  const files = answer.files.filter(isListedFile).map((file) => ({ ...file, shown: shownFile(file) }));
  const list = elementOf(
    files.length > 0
      ? listedFilesTemplate({ chatId: Number(link.dataset.files), files })
      : '<p class="hint" role="status">No files were sent to this chat.</p>',
  );
  showLocalTimes(list);
  (link.closest('.member-ways') ?? link).after(list);
  if (typeof answer.next === 'number') {
    link.search = `?before=${answer.next}`;
    link.textContent = 'Earlier files';
    list.after(link);
  } else link.remove();
  list.tabIndex = -1;
  list.focus();
}

const isListedFile = (file: unknown): file is WireListedFile =>
  isRecord(file) &&
  typeof file.id === 'number' &&
  typeof file.name === 'string' &&
  typeof file.type === 'string' &&
  typeof file.bytes === 'number' &&
  typeof file.position === 'number' &&
  typeof file.sent_at === 'string' &&
  isRecord(file.author);
