import membersTemplate from '../../../../templates/partials/members.eta';
import dialogTemplate from '../../../../templates/partials/members-dialog.eta';
import type { WireMembers } from '../../wire/members.ts';
import { isRecord } from '../connection/wire-decoding.ts';
import { Refusal, requestJson, sentenceOf } from '../shell/api.ts';
import { openDialog } from '../shell/overlays.ts';
import { optionalPart, part } from '../shell/part.ts';
import { addDialog, elementOf } from '../templates/message-html.ts';

export interface MembersOptions {
  /** The address of the page of members, which the dialog stands for. */
  readonly href: string;
  /** Called when the reader leaves the chat. */
  readonly leaving: () => void;
}

/** A dialog with the chat's members, where its owner removes others and renames the chat; returns how to open it. */
export function membersDialog({ href, leaving }: MembersOptions): () => void {
  const dialog = addDialog(dialogTemplate({}));
  const title = part(dialog, 'h2', HTMLElement);
  const shown = part(dialog, '[data-members-shown]', HTMLElement);
  const said = part(dialog, '[data-members-said]', HTMLElement);
  const problem = part(dialog, '[data-members-problem]', HTMLElement);

  const load = async (address: string, init?: RequestInit) => {
    shown.replaceChildren(await requestMembers(address, init));
  };
  const act = (button: HTMLButtonElement | null, action: () => Promise<void>, where = problem) => {
    // Not disabled: that would take the focus away.
    if (button?.ariaBusy === 'true') return;
    if (button) button.ariaBusy = 'true';
    said.textContent = '';
    where.hidden = true;
    action()
      .catch((error: unknown) => {
        where.textContent = sentenceOf(error);
        where.hidden = false;
      })
      .finally(() => {
        if (button) button.ariaBusy = null;
      });
  };

  dialog.addEventListener('click', (event) => {
    const more = event.target instanceof Element ? event.target.closest('[data-more-members]') : null;
    if (!(more instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    act(null, async () => append(shown, await requestMembers(more.href)));
  });
  dialog.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const button = form.querySelector('button');
    if (form.dataset.remove !== undefined) {
      event.preventDefault();
      const name = form.dataset.remove;
      act(button, async () => {
        await load(form.action, { method: 'POST' });
        said.textContent = `${name} was removed.`;
        // What had the focus is gone.
        title.focus();
      });
    } else if ('rename' in form.dataset) {
      event.preventDefault();
      const refused = part(form, '.problem', HTMLElement);
      act(
        button,
        async () => {
          said.textContent = `The chat is called ${await rename(form)} now.`;
        },
        refused,
      );
    } else if (form.method === 'post') {
      leaving();
    }
  });
  return () => {
    shown.replaceChildren();
    openDialog(dialog);
    act(null, () => load(href));
  };
}

async function requestMembers(address: string, init?: RequestInit): Promise<HTMLElement> {
  const members = await requestJson(address, init);
  if (!isMembersPage(members)) throw new Refusal('The server answered with something else than members.');
  return elementOf(membersTemplate({ members }));
}

function isMembersPage(value: unknown): value is WireMembers {
  return (
    isRecord(value) && isRecord(value.chat) && isRecord(value.you) && Array.isArray(value.members) && 'next' in value
  );
}

/** The next page's members come after those shown, and so does the way to the page after it. */
function append(shown: HTMLElement, next: HTMLElement): void {
  const [first] = next.querySelectorAll<HTMLElement>('.member');
  part(shown, '.member-list', HTMLElement).append(...next.querySelectorAll('.member'));
  const more = optionalPart(next, '[data-more-members]', HTMLAnchorElement);
  part(shown, '[data-more-members]', HTMLAnchorElement).replaceWith(...(more ? [more] : []));
  first?.scrollIntoView({ block: 'nearest' });
}

/** The name as it was taken. */
async function rename(form: HTMLFormElement): Promise<string> {
  const field = part(form, '[name="chat_name"]', HTMLInputElement);
  try {
    const renamed = await requestJson(form.action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_name: field.value }),
    });
    field.value = nameIn(renamed);
    field.removeAttribute('aria-invalid');
    return field.value;
  } catch (error) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
    throw error;
  }
}

function nameIn(chat: unknown): string {
  if (isRecord(chat) && typeof chat.name === 'string') return chat.name;
  throw new Refusal('The server answered with something else than a chat.');
}
