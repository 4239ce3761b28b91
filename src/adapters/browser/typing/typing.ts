import type { UserFrame } from '../../wire/client-frames.ts';
import type { ReceivedFrame } from '../connection/wire-decoding.ts';
import { part } from '../shell/part.ts';
import type { TypingStrip } from './typing-strip.ts';

/** Shortest time between two signals. */
const SIGNAL_EVERY_MS = 2_000;

interface TypingOptions {
  readonly chatId: number;
  readonly send: (frame: UserFrame) => boolean;
}

/**
 * Tells the server that the reader is writing a message, and shows who else is.
 * @returns a function that takes every frame of the connection
 */
export function startTyping(main: HTMLElement, { chatId, send }: TypingOptions): (frame: ReceivedFrame) => void {
  const form = part(main, '[data-composer]', HTMLFormElement);
  const box = part(form, 'textarea', HTMLTextAreaElement);
  let signalledAt = Number.NEGATIVE_INFINITY;
  box.addEventListener('input', () => {
    const now = performance.now();
    if (now - signalledAt < SIGNAL_EVERY_MS || box.value.trim() === '' || form.querySelector('.edit-strip')) return;
    if (send({ type: 'typing', chat_id: chatId })) signalledAt = now;
  });

  let strip: Promise<TypingStrip> | undefined;
  const load = async () => {
    const { TypingStrip } = await import('./typing-strip.ts');
    return new TypingStrip(part(form, '[data-typing]', HTMLElement));
  };
  return (frame) => {
    if (frame.type === 'typing') strip ??= load();
    if (frame.type === 'typing' || frame.type === 'message') {
      strip?.then(
        (shown) => shown.hear(frame),
        () => {
          strip = undefined;
        },
      );
    }
  };
}
