import { DomainError } from '../../domain/errors.ts';
import { messageBody } from '../../domain/messages/message-body.ts';
import { sendsMessage } from './enter-key.ts';
import { part } from './part.ts';

export interface ComposerOptions {
  readonly form: HTMLFormElement;
  /** Takes the text, or answers with a sentence why it cannot be taken now. */
  readonly post: (text: string) => string | undefined;
}

/** The box one writes in. It keeps the text until somebody takes it, and the focus always. */
export function startComposer({ form, post }: ComposerOptions): void {
  const box = part(form, 'textarea', HTMLTextAreaElement);
  const problem = part(form, '[data-composer-problem]', HTMLElement);
  const grow = autoGrow(box);

  const say = (why: string | undefined) => {
    problem.textContent = why ?? '';
    problem.hidden = why === undefined;
  };
  const submit = () => {
    box.focus();
    if (box.value.trim() === '') return;
    const why = problemWith(box.value) ?? post(box.value);
    say(why);
    if (why === undefined) box.value = '';
    grow();
  };

  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  enterSubmits(box, submit);
  box.addEventListener('input', () => say(undefined));
  if (!coarsePointer.matches) box.focus();
}

/** The same keys on a page that does not go on live: the form is sent as if there were no script. */
export function startPlainComposer(form: HTMLFormElement): void {
  const box = part(form, 'textarea', HTMLTextAreaElement);
  let isSent = false;
  // A form knows no client ids: what is sent twice is stored twice.
  form.addEventListener('submit', (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener('pageshow', () => {
    isSent = false;
  });
  autoGrow(box);
  enterSubmits(box, () => {
    if (box.value.trim() !== '') form.requestSubmit();
  });
}

const coarsePointer = matchMedia('(pointer: coarse)');

function enterSubmits(box: HTMLTextAreaElement, submit: () => void): void {
  box.enterKeyHint = coarsePointer.matches ? 'enter' : 'send';
  box.addEventListener('keydown', (event) => {
    if (!sendsMessage(event, coarsePointer.matches ? 'coarse' : 'fine')) return;
    event.preventDefault();
    submit();
  });
}

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

/** For browsers whose CSS cannot do it. */
function autoGrow(box: HTMLTextAreaElement): () => void {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  const grow = () => {
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
  box.addEventListener('input', grow);
  grow();
  return grow;
}
