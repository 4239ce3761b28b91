import versionsTemplate from '../../../../../templates/partials/versions.eta';
import dialogTemplate from '../../../../../templates/partials/versions-dialog.eta';
import { VERSIONS_PER_PAGE, versionRows, type WireVersion } from '../../../wire/versions.ts';
import { isRecord } from '../../connection/wire-decoding.ts';
import { Refusal, requestJson, sentenceOf } from '../../shell/api.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { part } from '../../shell/part.ts';
import { addDialog, elementOf } from '../../templates/message-html.ts';
import { showLocalTimes } from '../times/local-times.ts';

/** Shows the texts that a message has had, as differences, and lets its author erase earlier ones. */
export function openVersions(address: string, { mayErase }: { readonly mayErase: boolean }): void {
  const dialog = addDialog(dialogTemplate({ address }));
  const shown = part(dialog, '[data-versions]', HTMLElement);
  const problem = part(dialog, '.problem', HTMLElement);
  const older = part(dialog, '[data-older]', HTMLElement);
  const load = async (path: string, init?: RequestInit) => {
    try {
      problem.hidden = true;
      const versions = await requestVersions(`${path}?limit=${VERSIONS_PER_PAGE + 1}`, init);
      const rows = versionRows(versions);
      const list = elementOf(versionsTemplate({ rows, at: address, isNewest: true, mayErase }));
      showLocalTimes(list);
      shown.replaceChildren(list);
      older.hidden = versions.length <= rows.length;
    } catch (error) {
      problem.textContent = sentenceOf(error);
      problem.hidden = false;
    }
  };
  dialog.addEventListener('submit', (event) => {
    const revision = event.target instanceof HTMLFormElement ? event.target.dataset.erase : undefined;
    if (revision === undefined) return;
    event.preventDefault();
    void load(`${address}/versions/${revision}`, { method: 'DELETE' });
    // The button that had the focus will be gone.
    part(dialog, 'h2', HTMLElement).focus();
  });
  dialog.addEventListener('close', () => dialog.remove());
  openDialog(dialog);
  void load(`${address}/versions`);
}

async function requestVersions(path: string, init?: RequestInit): Promise<readonly WireVersion[]> {
  const answer = await requestJson(path, init);
  if (isRecord(answer) && Array.isArray(answer.versions) && answer.versions.every(isVersion)) return answer.versions;
  throw new Refusal('The server answered with something else than versions.');
}

const isVersion = (value: unknown): value is WireVersion =>
  isRecord(value) &&
  typeof value.revision === 'number' &&
  typeof value.text === 'string' &&
  typeof value.written_at === 'string';
