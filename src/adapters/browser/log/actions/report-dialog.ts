import reportTemplate from '../../../../../templates/partials/report-dialog.eta';
import { requestJson, sentenceOf } from '../../shell/api.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { part } from '../../shell/part.ts';
import { say } from '../../shell/say.ts';
import { addDialog } from '../../templates/message-html.ts';

/** Asks for a reason and reports the message to the owner and the moderators of its chat. */
export function reportDialog({ author, path }: { readonly author: string; readonly path: string }): void {
  const dialog = addDialog(reportTemplate({ author }));
  const form = part(dialog, '[data-report]', HTMLFormElement);
  const [field, problem] = [part(form, 'input', HTMLInputElement), part(form, '.problem', HTMLElement)];
  dialog.addEventListener('close', () => dialog.remove());
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.value === '') return;
    event.preventDefault();
    const headers = { 'content-type': 'application/json' };
    requestJson(path, { method: 'POST', headers, body: JSON.stringify({ reason: field.value }) }).then(
      () => {
        dialog.close();
        say('Reported to the owner and the moderators');
      },
      (error: unknown) => {
        problem.textContent = sentenceOf(error);
        problem.hidden = false;
        field.focus();
      },
    );
  });
  openDialog(dialog);
}
