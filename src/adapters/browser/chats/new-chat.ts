import { isRecord } from '../connection/wire-decoding.ts';
import { Refusal, requestJson, sentenceOf } from '../shell/api.ts';
import { goTo } from '../shell/dialogs/overlays.ts';
import { part } from '../shell/part.ts';

/** Creates the chat before leaving the page, so that a refused name can be corrected in place. */
export function newChat(form: HTMLFormElement): () => void {
  const name = part(form, '[name="chat_name"]', HTMLInputElement);
  const problem = part(form, '.problem', HTMLElement);
  const button = part(form, '[type="submit"]', HTMLButtonElement);

  const create = async () => {
    const chat = await requestJson('/newchat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_name: name.value }),
    });
    if (!isRecord(chat) || typeof chat.id !== 'number') {
      throw new Refusal('The server answered with something else than a chat.');
    }
    goTo(`/chat/${chat.id}`);
  };

  return () => {
    button.disabled = true;
    problem.hidden = true;
    create()
      .catch((error: unknown) => {
        problem.textContent = sentenceOf(error);
        problem.hidden = false;
        name.focus();
      })
      .finally(() => {
        button.disabled = false;
      });
  };
}
