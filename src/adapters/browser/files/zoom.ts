const LARGEST = 8;
const STEP = 1.5;
/** In pixels: a shorter way of a finger is a tap. */
const SWIPE = 48;

export interface Zoom {
  /** One step in for 1, out for -1. */
  by(direction: 1 | -1): void;
  reset(): void;
}

interface Listener {
  /** A finger went to the next image (1) or the previous one (-1). */
  swiped(step: 1 | -1): void;
  /** The ground beside the image was clicked. */
  left(): void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Zooms an image on its stage by wheel, pinch and double click, and moves it by dragging while it is enlarged. */
export function zoomIn(stage: HTMLElement, image: HTMLElement, listener: Listener): Zoom {
  return new StageZoom(stage, image, listener);
}

class StageZoom implements Zoom {
  readonly #stage: HTMLElement;
  readonly #image: HTMLElement;
  readonly #listener: Listener;
  readonly #pointers = new Map<number, Point>();
  #scale = 1;
  #offset: Point = { x: 0, y: 0 };
  /** How far the only pointer has gone since it went down. */
  #way: Point = { x: 0, y: 0 };
  #wasPinched = false;

  constructor(stage: HTMLElement, image: HTMLElement, listener: Listener) {
    this.#stage = stage;
    this.#image = image;
    this.#listener = listener;
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    stage.addEventListener('dblclick', (event) => (this.#scale > 1 ? this.reset() : this.#to(2, event)));
    stage.addEventListener('pointerdown', (event) => this.#down(event));
    stage.addEventListener('pointermove', (event) => this.#move(event));
    for (const type of ['pointerup', 'pointercancel'] as const)
      stage.addEventListener(type, (event) => this.#up(event));
  }

  by(direction: 1 | -1): void {
    this.#to(this.#scale * STEP ** direction, this.#centre());
  }

  reset(): void {
    this.#scale = 1;
    this.#offset = { x: 0, y: 0 };
    this.#show();
  }

  #centre(): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }

  /** What is under the point stays under it. */
  #to(scale: number, { x, y }: Point): void {
    const next = Math.min(LARGEST, Math.max(1, scale));
    if (next === 1) {
      this.reset();
      return;
    }
    const { x: middleX, y: middleY } = this.#centre();
    const factor = next / this.#scale;
    this.#offset = {
      x: x - middleX - (x - middleX - this.#offset.x) * factor,
      y: y - middleY - (y - middleY - this.#offset.y) * factor,
    };
    this.#scale = next;
    this.#show();
  }

  #show(): void {
    const { style } = this.#image;
    const { x, y } = this.#within(this.#offset);
    this.#offset = { x, y };
    style.scale = this.#scale === 1 ? '' : `${this.#scale}`;
    style.translate = this.#scale === 1 ? '' : `${x}px ${y}px`;
    this.#stage.toggleAttribute('data-zoomed', this.#scale > 1);
  }

  /** A part of the image stays on the stage. */
  #within({ x, y }: Point): Point {
    const [maxX, maxY] = [(this.#image.offsetWidth * this.#scale) / 2, (this.#image.offsetHeight * this.#scale) / 2];
    return { x: Math.min(maxX, Math.max(-maxX, x)), y: Math.min(maxY, Math.max(-maxY, y)) };
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.#to(this.#scale * Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY });
  }

  #down({ pointerId, clientX: x, clientY: y, button }: PointerEvent): void {
    if (button !== 0) return;
    this.#stage.setPointerCapture(pointerId);
    this.#pointers.set(pointerId, { x, y });
    this.#stage.dataset.moving = '';
    this.#wasPinched = this.#pointers.size > 1;
    if (this.#pointers.size === 1) this.#way = { x: 0, y: 0 };
  }

  #move({ pointerId, clientX: x, clientY: y }: PointerEvent): void {
    const before = this.#pointers.get(pointerId);
    if (!before) return;
    const [other] = [...this.#pointers].flatMap(([id, point]) => (id === pointerId ? [] : [point]));
    this.#pointers.set(pointerId, { x, y });
    if (other) {
      const grown = distance({ x, y }, other) / Math.max(1, distance(before, other));
      this.#to(this.#scale * grown, { x: (x + other.x) / 2, y: (y + other.y) / 2 });
      return;
    }
    this.#way = { x: this.#way.x + x - before.x, y: this.#way.y + y - before.y };
    if (this.#scale === 1) return;
    this.#offset = { x: this.#offset.x + x - before.x, y: this.#offset.y + y - before.y };
    this.#show();
  }

  #up({ pointerId, pointerType, type, clientX, clientY }: PointerEvent): void {
    if (!this.#pointers.delete(pointerId) || this.#pointers.size > 0) return;
    delete this.#stage.dataset.moving;
    if (this.#wasPinched || type === 'pointercancel' || this.#scale > 1) return;
    const { x, y } = this.#way;
    if (pointerType !== 'mouse' && Math.abs(x) > SWIPE && Math.abs(x) > Math.abs(y))
      this.#listener.swiped(x < 0 ? 1 : -1);
    else if (Math.hypot(x, y) < SWIPE / 4 && !isOn(this.#image, { x: clientX, y: clientY })) this.#listener.left();
  }
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

function isOn(element: HTMLElement, { x, y }: Point): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}
