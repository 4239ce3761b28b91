import dialogTemplate from '../../../../../templates/partials/members-dialog.eta';
import { isRecord } from '../../connection/wire-decoding.ts';
import { followPresence } from '../../presence/show-presence.ts';
import { onNameChange } from '../../session/name-changes.ts';
import { Refusal, requestJson, sentenceOf } from '../../shell/api.ts';
import { followOut } from '../../shell/dialogs/follow-out.ts';
import { openDialog } from '../../shell/dialogs/overlays.ts';
import { optionalPart, part } from '../../shell/part.ts';
import { addDialog } from '../../templates/message-html.ts';
import { showFiles } from './listed-files.ts';
import { renewMember, requestMembers } from './shown-members.ts';

export interface MembersOptions {
  /** Called when the reader leaves the chat. */
  readonly leaving: () => void;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/**
 * Makes the dialog with the chat's members, where the owner removes members and renames the chat. Returns the function that opens it
 * in place of the page at an address.
 */
export function membersDialog(options: MembersOptions): (address: string) => void {
  const dialog = new MembersDialog(options);
  return (address) => dialog.open(address);
}

class MembersDialog {
  readonly #options: MembersOptions;
  readonly #dialog: HTMLDialogElement;
  readonly #shown: HTMLElement;
  readonly #status: HTMLElement;
  readonly #problem: HTMLElement;
  #address = '';

  constructor(options: MembersOptions) {
    this.#options = options;
    this.#dialog = addDialog(dialogTemplate({}), options.signal);
    this.#shown = part(this.#dialog, '[data-members-shown]', HTMLElement);
    this.#status = part(this.#dialog, '[data-members-said]', HTMLElement);
    this.#problem = part(this.#dialog, '[data-members-problem]', HTMLElement);
    followOut(this.#dialog);
    followPresence(this.#shown, options.signal);
    onNameChange(({ id }) => void this.#renew(id).catch(() => undefined), options.signal);
    this.#dialog.addEventListener('click', (event) => this.#click(event));
    this.#dialog.addEventListener('submit', (event) => this.#submit(event));
  }

  open(address: string): void {
    this.#address = address;
    this.#shown.replaceChildren();
    openDialog(this.#dialog);
    this.#act(null, async () => {
      await this.#load(address);
      const person = optionalPart(this.#shown, '[data-person]', HTMLElement);
      person?.focus();
    });
  }

  /** A member has another name, which stands in many places of their entry. */
  async #renew(userId: number): Promise<void> {
    if (!this.#shown.querySelector(`#member-${userId}`)) return;
    // The form that adds somebody to a direct chat has the names of all.
    if (this.#shown.querySelector('[name="others"]')) return this.#load(this.#address);
    if (await renewMember(this.#shown, { address: this.#address, userId }))
      part(this.#dialog, 'h2', HTMLElement).focus();
  }

  #click(event: MouseEvent): void {
    const link =
      event.target instanceof Element
        ? event.target.closest('[data-all-members], [data-more-members], [data-files]')
        : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    this.#act(null, async () => {
      if (link.dataset.files !== undefined) await showFiles(link);
      else if (link.matches('[data-all-members]')) await this.#load(link.href);
      else append(this.#shown, await requestMembers(link.href));
    });
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const { act, block, roleOf } = form.dataset;
    const isRename = 'rename' in form.dataset;
    const isLevel = 'level' in form.dataset;
    if ([act, block, roleOf].some((name) => name !== undefined) || isRename || isLevel) event.preventDefault();
    if (act !== undefined) this.#submitForm(form, act);
    else if (block !== undefined) this.#block(form, block);
    else if (roleOf !== undefined) this.#giveRole(form, { name: roleOf, button: event.submitter });
    else if (isRename) this.#rename(form);
    else if (isLevel) this.#setLevel(form);
    else if ('leave' in form.dataset) this.#options.leaving();
  }

  #submitForm(form: HTMLFormElement, done: string): void {
    this.#act(form.querySelector('button'), async () => {
      await this.#load(form.action, { method: 'POST', body: fieldsOf(form) });
      this.#done(done);
    });
  }

  #block(form: HTMLFormElement, name: string): void {
    this.#act(form.querySelector('button'), async () => {
      const isOn = new FormData(form).get('on') === 'true';
      await requestJson(form.action, { method: isOn ? 'PUT' : 'DELETE' });
      await this.#load(this.#address);
      this.#done(isOn ? `You block ${name} now.` : `You do not block ${name} any more.`);
    });
  }

  #giveRole(form: HTMLFormElement, { name, button }: { name: string; button: HTMLElement | null }): void {
    if (!(button instanceof HTMLButtonElement)) return;
    this.#act(button, async () => {
      await this.#load(form.action, { method: 'POST', body: new URLSearchParams({ role: button.value }) });
      this.#done(`The role of ${name} is changed.`);
    });
  }

  /** Says what was done to a member. The button that had the focus is gone. */
  #done(words: string): void {
    this.#status.textContent = words;
    part(this.#dialog, 'h2', HTMLElement).focus();
  }

  #rename(form: HTMLFormElement): void {
    const action = async () => {
      this.#status.textContent = `The chat is called ${await rename(form)} now.`;
    };
    this.#act(form.querySelector('button'), action, part(form, '.problem', HTMLElement));
  }

  #setLevel(form: HTMLFormElement): void {
    this.#act(form.querySelector('button'), async () => {
      await this.#load(form.action, { method: 'POST', body: fieldsOf(form) });
      this.#status.textContent = 'Notifications saved.';
      // The button that had the focus is gone.
      part(this.#shown, '[data-level] button', HTMLElement).focus();
    });
  }

  /** Shows the problem when the action fails. The button is not disabled meanwhile: that would take the focus away. */
  #act(button: HTMLButtonElement | null, action: () => Promise<void>, problem = this.#problem): void {
    if (button?.ariaBusy === 'true') return;
    if (button) button.ariaBusy = 'true';
    this.#status.textContent = '';
    problem.hidden = true;
    action()
      .catch((error: unknown) => {
        problem.textContent = sentenceOf(error);
        problem.hidden = false;
      })
      .finally(() => {
        if (button) button.ariaBusy = null;
      });
  }

  async #load(address: string, init?: RequestInit): Promise<void> {
    this.#shown.replaceChildren(await requestMembers(address, init));
  }
}

const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, `${value}`]));

/** Adds the members of the next page, and replaces the link to it by the link to the page after that. */
function append(shown: HTMLElement, next: HTMLElement): void {
  const [first] = next.querySelectorAll<HTMLElement>('.member');
  part(shown, '.member-list', HTMLElement).append(...next.querySelectorAll('.member'));
  const more = optionalPart(next, '[data-more-members]', HTMLAnchorElement);
  part(shown, '[data-more-members]', HTMLAnchorElement).replaceWith(...(more ? [more] : []));
  first?.scrollIntoView({ block: 'nearest' });
}

/** Renames the chat; resolves with the name as the server stored it. */
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
