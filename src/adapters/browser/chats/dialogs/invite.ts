import inviteTemplate from '../../../../../templates/partials/invite-dialog.eta';
import { isRecord } from '../../connection/wire-decoding.ts';
import { showLocalTimes } from '../../log/times/local-times.ts';
import { Refusal, requestJson, sentenceOf } from '../../shell/api.ts';
import { startCopy } from '../../shell/copy.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { part } from '../../shell/part.ts';
import { selectFromStart } from '../../shell/select-from-start.ts';
import { startShare } from '../../shell/share.ts';
import { asset } from '../../templates/asset.ts';
import { addDialog } from '../../templates/message-html.ts';

/**
 * Makes a dialog for the link of a new invite, instead of a page; returns how to create an invite and show it.
 * @param signal aborted when the tab no longer shows the chat
 */
export function inviteDialog(form: HTMLFormElement, signal: AbortSignal): () => void {
  const id = Number(form.action.split('/').at(-1));
  const dialog = addDialog(inviteTemplate({ asset, chat: { id } }), signal);
  const made = part(dialog, '[data-invite-made]', HTMLElement);
  const problem = part(dialog, '[data-invite-problem]', HTMLElement);
  const link = part(made, '[data-copy-source]', HTMLInputElement);
  const expiry = part(made, 'time', HTMLTimeElement);
  const button = part(form, 'button', HTMLButtonElement);

  startCopy(part(made, '[data-copy]', HTMLButtonElement));
  startShare(part(made, '[data-share]', HTMLButtonElement));

  const create = async () => {
    const invite = await requestJson(form.action, { method: 'POST' });
    if (!isRecord(invite) || typeof invite.code !== 'string') {
      throw new Refusal('The server answered with something else than an invite.');
    }
    link.value = `${location.origin}/invite/${invite.code}`;
    expiry.dateTime = String(invite.expires_at);
    showLocalTimes(made);
  };

  return () => {
    // Not disabled: the button would lose the focus, which the dialog returns to it.
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    problem.textContent = '';
    create()
      .catch((error: unknown) => {
        problem.textContent = sentenceOf(error);
      })
      .finally(() => {
        if (signal.aborted) return;
        const failed = problem.textContent !== '';
        button.ariaBusy = null;
        problem.hidden = !failed;
        made.hidden = failed;
        openDialog(dialog);
        if (!failed) selectFromStart(link);
      });
  };
}
