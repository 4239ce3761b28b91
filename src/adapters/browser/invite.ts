import { Refusal, requestJson, sentenceOf } from './api.ts';
import { showLocalTimes } from './local-times.ts';
import { openDialog } from './overlays.ts';
import { part } from './part.ts';
import { selectFromStart } from './select-from-start.ts';
import { isRecord } from './wire-decoding.ts';

/** Shows the new invite's link in a dialog instead of on a page of its own. */
export function startInvite(form: HTMLFormElement): void {
  const dialog = part(document, '#invite', HTMLDialogElement);
  const made = part(dialog, '[data-invite-made]', HTMLElement);
  const problem = part(dialog, '[data-invite-problem]', HTMLElement);
  const link = part(made, '[data-copy-source]', HTMLInputElement);
  const expiry = part(made, 'time', HTMLTimeElement);
  const button = part(form, 'button', HTMLButtonElement);

  const create = async () => {
    const invite = await requestJson(form.action, { method: 'POST' });
    if (!isRecord(invite) || typeof invite.code !== 'string') {
      throw new Refusal('The server answered with something else than an invite.');
    }
    link.value = `${location.origin}/invite/${invite.code}`;
    expiry.dateTime = String(invite.expires_at);
    showLocalTimes(made);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // Not disabled: that would take the focus away, to which the dialog gives it back.
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    problem.textContent = '';
    create()
      .catch((error: unknown) => {
        problem.textContent = sentenceOf(error);
      })
      .finally(() => {
        const failed = problem.textContent !== '';
        button.ariaBusy = null;
        problem.hidden = !failed;
        made.hidden = failed;
        openDialog(dialog);
        if (!failed) selectFromStart(link);
      });
  });
}
