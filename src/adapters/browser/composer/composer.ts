import { DomainError } from '../../../domain/errors.ts';
import { messageBody } from '../../../domain/messages/message-body.ts';
import { part } from '../shell/part.ts';
import { autoGrow } from './auto-grow.ts';
import { type Draft, drafts } from './drafts.ts';
import { sendsMessage } from './enter-key.ts';
import { keptDraft } from './kept-draft.ts';
import { takeLargePastes } from './large-pastes.ts';
import { showRoomLeft } from './room-left.ts';
import { directionOf } from './text-direction.ts';

export interface ComposerOptions {
  readonly form: HTMLFormElement;
  readonly draft: Draft;
  /** Takes the text, or answers with a sentence why it cannot be taken now. */
  readonly post: (text: string) => string | undefined;
  /** The last post that could not be sent, to be written anew. */
  readonly lastFailed: () => { readonly clientId: string; readonly text: string } | undefined;
  readonly discard: (clientId: string) => void;
}

export interface Composer {
  /** Whether what stands in the box would be there again after a reload. */
  isDraftKept(): boolean;
  /** Takes nothing more, and says why; what has been begun stays a draft. */
  close(why: string): void;
}

/** The box one writes in. It keeps the text until somebody takes it, and the focus always. */
export function startComposer({ form, draft, post, lastFailed, discard }: ComposerOptions): Composer {
  const box = part(form, 'textarea', HTMLTextAreaElement);
  const problem = part(form, '[data-composer-problem]', HTMLElement);
  const grow = autoGrow(box);
  const showRoom = showRoomLeft(part(form, '[data-room-left]', HTMLElement));
  const begun = drafts.open(draft, (text) => show(text));
  const kept = keptDraft(begun, () => showRoom(box.value, { isKept: false }));
  /** The failed post that is being written anew. */
  let reopened: string | undefined;

  const say = (why: string | undefined) => {
    problem.textContent = why ?? '';
    problem.hidden = why === undefined;
  };
  const show = (text: string) => {
    // Before the text is there: it is slow to lay out in the wrong mode.
    box.dir = directionOf(text);
    if (box.value !== text) box.value = text;
    showRoom(text, { isKept: true });
    grow();
  };
  const write = (text: string, caret = text.length) => {
    // Before the text is there: it is slow to lay out in the wrong mode.
    box.dir = directionOf(text);
    box.value = text;
    box.setSelectionRange(caret, caret);
    changed();
  };
  const changed = () => {
    const text = box.value;
    say(undefined);
    showRoom(text, { isKept: kept.keep(text) });
    box.dir = directionOf(text);
    grow();
  };
  const submit = () => {
    box.focus();
    if (box.value.trim() === '') return;
    const why = problemWith(box.value) ?? post(box.value);
    if (why !== undefined) {
      say(why);
      return;
    }
    if (reopened !== undefined) discard(reopened);
    reopened = undefined;
    write('');
  };

  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener('input', changed);
  takeLargePastes(box, write);
  box.enterKeyHint = coarsePointer.matches ? 'enter' : 'send';
  box.addEventListener('keydown', (event) => {
    if (sendsMessage(event, coarsePointer.matches ? 'coarse' : 'fine')) submit();
    else if (event.key === 'ArrowUp' && box.value === '' && isBare(event)) {
      const failed = lastFailed();
      if (!failed) return;
      reopened = failed.clientId;
      write(failed.text);
    } else if (event.key === 'Escape' && reopened !== undefined) {
      reopened = undefined;
      write('');
    } else return;
    event.preventDefault();
  });
  // What the server hands back because it could not be stored comes first.
  if (box.value !== '') begun.begin();
  show(box.value || begun.text);
  if (!coarsePointer.matches) box.focus();
  return {
    isDraftKept: () => kept.flush(),
    close(why) {
      kept.flush();
      box.disabled = true;
      part(form, '[type="submit"]', HTMLButtonElement).disabled = true;
      say(why);
    },
  };
}

const coarsePointer = matchMedia('(pointer: coarse)');

const isBare = (event: KeyboardEvent): boolean => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

/** What the server would refuse is not sent: a frame that is too big would cost the connection. */
function problemWith(text: string): string | undefined {
  try {
    messageBody(text);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
