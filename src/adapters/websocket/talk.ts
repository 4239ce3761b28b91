import type { Caller } from '../delivery/admission.ts';
import type { Answer, FrameTurns } from './inbound.ts';

/** The frames of some types, in a form in which the compiler knows that a frame and its handler belong together. */
export type OfType<Frame extends { readonly type: string }, Type extends Frame['type']> = {
  [One in Type]: Extract<Frame, { readonly type: One }> & { readonly type: One };
}[Type];

/** What is said over a socket, by one of its protocols. */
export interface Talk<Frame> {
  readonly caller: Caller;
  /** Says that the connection works. */
  readonly alive: Buffer;
  /** The first frames to the client; those from it wait until this has resolved. */
  open(): Promise<void>;
  /** What a text says. It never throws. */
  decode(text: string): Frame;
  /** The turns that the frame takes one of. */
  turnsFor(frame: Frame): FrameTurns;
  /** Begins to handle a frame; see `FrameHandler`. */
  begin(frame: Frame): Promise<Answer>;
  /** Writes now what is held back for a moment. */
  flush(): void;
  stop(): void;
}
