const SETTLES_IN_MS = 70;
const CLOSE_ENOUGH = 0.002;

export interface Glide {
  readonly position: number;
  /** Glides from the current position. */
  to(target: number): void;
  /** Moves there without a glide. */
  jump(position: number): void;
}

/** A position that approaches its target frame by frame, or at once where the reader prefers reduced motion. */
export function glide(start: number, show: (position: number) => void): Glide {
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  let position = start;
  let target = start;
  let last: number | undefined;

  const jump = (to: number) => {
    target = to;
    position = to;
    show(position);
  };
  const frame = (now: number) => {
    const passed = last === undefined ? 0 : now - last;
    last = now;
    position += (target - position) * (1 - Math.exp(-passed / SETTLES_IN_MS));
    if (Math.abs(target - position) < CLOSE_ENOUGH) position = target;
    show(position);
    if (position === target) last = undefined;
    else requestAnimationFrame(frame);
  };

  return {
    get position() {
      return position;
    },
    to(next) {
      if (stillness.matches) {
        jump(next);
        return;
      }
      target = next;
      if (last !== undefined || target === position) return;
      last = performance.now();
      requestAnimationFrame(frame);
    },
    jump,
  };
}
