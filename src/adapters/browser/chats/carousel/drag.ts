/** A press that moves less than this is a click. */
const SLACK_PX = 6;
/** A finger that rests for longer than this before it is lifted does not throw. */
const REST_MS = 60;

export interface DragListener {
  begin(): void;
  /** @param by px since the beginning, downwards */
  move(by: number): void;
  /** @param speed px per ms, downwards */
  end(speed: number): void;
}

/** Follows a mouse, pen or finger that drags the surface up or down. A drag does not end in a click. */
export function onDrag(surface: HTMLElement, listener: DragListener): void {
  let pull: { id: number; from: number; y: number; at: number; speed: number; isMoving: boolean } | undefined;

  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    pull = {
      id: event.pointerId,
      from: event.clientY,
      y: event.clientY,
      at: event.timeStamp,
      speed: 0,
      isMoving: false,
    };
  });
  surface.addEventListener('pointermove', (event) => {
    if (pull?.id !== event.pointerId) return;
    if (!pull.isMoving) {
      if (Math.abs(event.clientY - pull.from) < SLACK_PX) return;
      pull.isMoving = true;
      surface.setPointerCapture(event.pointerId);
      listener.begin();
    }
    const passed = Math.max(1, event.timeStamp - pull.at);
    pull.speed = (event.clientY - pull.y) / passed;
    pull.y = event.clientY;
    pull.at = event.timeStamp;
    listener.move(event.clientY - pull.from);
  });
  const release = (event: PointerEvent) => {
    if (pull?.id !== event.pointerId) return;
    const { isMoving, speed, at } = pull;
    pull = undefined;
    if (!isMoving) return;
    swallowClick(surface);
    listener.end(event.timeStamp - at > REST_MS ? 0 : speed);
  };
  surface.addEventListener('pointerup', release);
  surface.addEventListener('pointercancel', release);
  surface.addEventListener('dragstart', (event) => event.preventDefault());
}

/** The click of a release comes in the same task, or not at all. */
function swallowClick(surface: HTMLElement): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  surface.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => surface.removeEventListener('click', swallow, { capture: true }));
}
