import pinsTemplate from '../../../../../templates/partials/pins.eta';
import dialogTemplate from '../../../../../templates/partials/pins-dialog.eta';
import { isRecord, isWireMessage } from '../../connection/wire-decoding.ts';
import { showLocalTimes } from '../../log/times/local-times.ts';
import { Refusal, requestJson, sentenceOf } from '../../shell/api.ts';
import { followOut } from '../../shell/dialogs/follow-out.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { part } from '../../shell/part.ts';
import { addDialog, elementOf } from '../../templates/message-html.ts';

/** Makes the dialog with the chat's pinned messages, which is there until the signal is aborted; returns how to open it. */
export function pinsDialog(href: string, signal: AbortSignal): () => void {
  const dialog = addDialog(dialogTemplate({}), signal);
  const shown = part(dialog, '[data-pins-shown]', HTMLElement);
  const problem = part(dialog, '.problem', HTMLElement);

  const load = (): Promise<void> => showPins(href, shown);

  const act = (work: () => Promise<void>): void => {
    problem.hidden = true;
    work().catch((error: unknown) => {
      problem.textContent = sentenceOf(error);
      problem.hidden = false;
    });
  };

  dialog.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    event.preventDefault();
    act(async () => {
      await requestJson(form.action, { method: 'DELETE' });
      await load();
      // The button that had the focus is gone.
      part(dialog, 'h2', HTMLElement).focus();
    });
  });
  followOut(dialog);

  return () => {
    shown.replaceChildren();
    openDialog(dialog);
    act(load);
  };
}

async function showPins(href: string, shown: HTMLElement): Promise<void> {
  const [messages, { plain, onEmojiLoaded }] = await Promise.all([
    requestPins(href),
    import('../../formatting/format.ts'),
  ]);
  const show = () => {
    const pins = elementOf(pinsTemplate({ messages, plain }));
    showLocalTimes(pins);
    shown.replaceChildren(pins);
  };
  show();
  onEmojiLoaded(show);
}

async function requestPins(href: string) {
  const pins = await requestJson(href);
  const messages = isRecord(pins) ? pins.messages : undefined;
  if (Array.isArray(messages) && messages.every(isWireMessage)) return messages;
  throw new Refusal('The server answered with something else than messages.');
}
