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
  const pointer = matchMedia('(pointer: coarse)');
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
  box.addEventListener('keydown', (event) => {
    if (!sendsMessage(event, pointer.matches ? 'coarse' : 'fine')) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener('input', () => say(undefined));
  box.enterKeyHint = pointer.matches ? 'enter' : 'send';
  if (!pointer.matches) box.focus();
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
