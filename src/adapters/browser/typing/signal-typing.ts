import type { UserFrame } from '../../wire/client-frames.ts';
import { part } from '../shell/part.ts';

/** Shortest time between two signals. */
const SIGNAL_EVERY_MS = 2_000;

export interface SignalTypingOptions {
  readonly chatId: number;
  readonly send: (frame: UserFrame) => boolean;
}

/** Tells the server that the reader is writing a message. */
export function signalTyping(main: HTMLElement, { chatId, send }: SignalTypingOptions): void {
  const form = part(main, '[data-composer]', HTMLFormElement);
  const box = part(form, 'textarea', HTMLTextAreaElement);
  let signalledAt = Number.NEGATIVE_INFINITY;
  box.addEventListener('input', () => {
    const now = performance.now();
    if (now - signalledAt < SIGNAL_EVERY_MS || box.value.trim() === '' || form.querySelector('.edit-strip')) return;
    if (send({ type: 'typing', chat_id: chatId })) signalledAt = now;
  });
}
