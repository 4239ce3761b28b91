import { part } from '../shell/part.ts';
import { autoGrow } from './auto-grow.ts';
import type { ChatWriter } from './chat-writer.ts';
import { drafts, type OpenDraft, type ShownDraft } from './drafts.ts';
import type { EditedText } from './edited-text.ts';
import { isBare, sendsMessage } from './enter-key.ts';
import { takeLargePastes } from './large-pastes.ts';
import { withQuotedLines } from './quoted-lines.ts';
import { ReplyTarget, type ReplyTargetOptions } from './reply-target.ts';
import { RoomLeft } from './room-left.ts';
import { type SavedDraft, savedDraft } from './saved-draft.ts';
import { directionOf, setText } from './text-direction.ts';
import { problemWith } from './text-problem.ts';

export interface ComposerOptions extends Pick<ReplyTargetOptions, 'form' | 'quoteAt'> {
  readonly draft: ShownDraft;
  readonly writer: Pick<ChatWriter, 'post' | 'discard' | 'lastFailed'>;
  /** Begins to edit the reader's last message; returns false where there is none. */
  readonly editLast: () => boolean;
}

/** The box for new messages. It holds its text until the text is taken, and keeps the focus. */
export class Composer {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLTextAreaElement;
  readonly #problem: HTMLElement;
  readonly #room: RoomLeft;
  readonly #writer: ComposerOptions['writer'];
  readonly #reply: ReplyTarget;
  readonly #editLast: ComposerOptions['editLast'];
  readonly #draft: OpenDraft;
  readonly #saved: SavedDraft;
  readonly #grow: () => void;
  /** The failed post whose text is in the box. */
  #reopened: string | undefined;
  /** The stored text that is in the box, in place of the draft. */
  #edited: EditedText | undefined;

  constructor({ form, draft, writer, editLast, quoteAt }: ComposerOptions) {
    this.#form = form;
    this.#box = part(form, 'textarea', HTMLTextAreaElement);
    this.#problem = part(form, '[data-composer-problem]', HTMLElement);
    this.#room = new RoomLeft(part(form, '[data-room-left]', HTMLElement));
    this.#writer = writer;
    this.#editLast = editLast;
    this.#draft = drafts.open(draft, () => this.#edited || this.#showDraft());
    this.#saved = savedDraft(this.#draft, () => this.#room.show(this.#box.value, { isSaved: false }));
    this.#grow = autoGrow(this.#box);
    this.#reply = new ReplyTarget({ form, draft: this.#draft, quoteAt, cancelled: () => this.reply(undefined, '') });
    this.#listen();
    this.#begin();
  }

  /** Whether the text in the box would survive a reload. */
  isDraftSaved(): boolean {
    return this.#saved.flush() && (this.#edited?.keep(this.#box.value) ?? true);
  }

  /** Puts a stored text into the box until it is saved or given up; then the draft is back. Returns how to give it up. */
  edit(edited: EditedText): () => void {
    this.#endEdit();
    this.#saved.flush();
    this.#edited = edited;
    this.#reply.putAside();
    part(this.#form, '.composer-row', HTMLElement).before(edited.strip);
    this.#write(edited.text);
    this.#box.focus();
    return () => this.#edited === edited && this.#endEdit();
  }

  #endEdit(): void {
    this.#edited?.ended();
    this.#closeEdit();
  }

  /** The edit is kept for the next visit. */
  #closeEdit(): void {
    if (!this.#edited) return;
    this.#edited.strip.remove();
    this.#edited = undefined;
    this.#say(undefined);
    this.#showDraft();
    this.#box.focus();
  }

  /** The next post answers a message, or none. Selected words of it become the first lines of the post. */
  reply(position: number | undefined, words: string): void {
    this.#endEdit();
    this.#reply.position = position;
    this.#write(withQuotedLines(words, this.#box.value));
    this.#box.focus();
  }

  /** Accepts nothing more, and says why. The text in the box stays a draft. */
  close(why: string): void {
    this.#closeEdit();
    this.#saved.flush();
    // Browsers do not say that a field has lost the focus by being disabled.
    this.#box.blur();
    this.#box.disabled = true;
    part(this.#form, '[type="submit"]', HTMLButtonElement).disabled = true;
    this.#say(why);
  }

  #listen(): void {
    this.#form.noValidate = true;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#box.addEventListener('input', () => this.#changed());
    this.#box.addEventListener('keydown', (event) => this.#act(event) && event.preventDefault());
    takeLargePastes(this.#box, (text, caret) => this.#write(text, caret));
  }

  #begin(): void {
    // The server hands back a text that could not be stored: it is more recent than any draft.
    if (this.#box.value !== '') this.#draft.begin();
    this.#show(this.#box.value || this.#draft.text);
    this.#box.enterKeyHint = coarsePointer.matches ? 'enter' : 'send';
    if (!coarsePointer.matches) this.#box.focus();
  }

  /** Does what a key stands for; returns false when it stands for nothing here. */
  #act(event: KeyboardEvent): boolean {
    if (sendsMessage(event, coarsePointer.matches ? 'coarse' : 'fine')) this.#submit();
    else if (event.key === 'ArrowUp' && isBare(event)) return this.#reopenLast();
    else if (event.key === 'Escape' && this.#edited) this.#endEdit();
    else if (event.key === 'Escape' && this.#reopened !== undefined) {
      this.#reopened = undefined;
      this.#write('');
    } else if (event.key === 'Escape' && this.#reply.position !== undefined) this.reply(undefined, '');
    else return false;
    return true;
  }

  #reopenLast(): boolean {
    const { lastFailed } = this.#writer;
    if (this.#box.value !== '') return false;
    if (!lastFailed) return this.#editLast();
    this.#reopened = lastFailed.clientId;
    this.#reply.position = lastFailed.replyTo;
    this.#write(lastFailed.text);
    return true;
  }

  #submit(): void {
    this.#box.focus();
    const text = this.#box.value;
    if (text.trim() === '' && !this.#edited) return;
    const why =
      problemWith(text) ?? (this.#edited ? this.#edited.save(text) : this.#writer.post(text, this.#reply.position));
    if (why !== undefined) {
      this.#say(why);
      this.#room.show(text, { isSaved: this.#saved.isSaved, isRefused: true });
      return;
    }
    if (this.#edited) {
      this.#endEdit();
      return;
    }
    if (this.#reopened !== undefined) this.#writer.discard(this.#reopened);
    this.#reopened = undefined;
    this.#reply.position = undefined;
    this.#write('');
  }

  #showDraft(): void {
    this.#show(this.#draft.text);
    this.#reply.show();
  }

  #say(why: string | undefined): void {
    this.#problem.textContent = why ?? '';
    this.#problem.hidden = why === undefined;
  }

  #show(text: string): void {
    setText(this.#box, text);
    this.#room.show(text, { isSaved: true });
    this.#grow();
  }

  #write(text: string, caret = text.length): void {
    setText(this.#box, text);
    this.#box.setSelectionRange(caret, caret);
    this.#changed();
  }

  #changed(): void {
    const text = this.#box.value;
    this.#say(undefined);
    this.#room.show(text, { isSaved: this.#edited ? this.#edited.keep(text) : this.#saved.save(text) });
    this.#box.dir = directionOf(text);
    this.#grow();
  }
}

const coarsePointer = matchMedia('(pointer: coarse)');
