const MAX_SHOWN = 99;

/** Counts the messages that arrive while the page is hidden, in its title and icon. */
export class UnreadBadge {
  readonly #icon: HTMLLinkElement;
  readonly #plainIcon: string;
  /** Draws the icon with a label; loaded when it is first needed, with the source of the icon. */
  #draw: Promise<(label: string) => string> | undefined;
  #count = 0;

  constructor(icon: HTMLLinkElement) {
    this.#icon = icon;
    this.#plainIcon = icon.href;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#show(0);
    });
  }

  arrived(): void {
    if (document.hidden) this.#show(this.#count + 1);
  }

  #show(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    const label = count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(count);
    const title = document.title.replace(COUNT, '');
    document.title = count === 0 ? title : `(${label}) ${title}`;
    if (count === 0) this.#icon.href = this.#plainIcon;
    else this.#drawBadge(count, label);
  }

  #drawBadge(count: number, label: string): void {
    this.#draw ??= loadDrawing(this.#plainIcon);
    this.#draw.then(
      (draw) => {
        if (this.#count === count) this.#icon.href = draw(label);
      },
      () => {
        this.#draw = undefined;
      },
    );
  }
}

const COUNT = /^\(\d+\+?\) /;

async function loadDrawing(address: string): Promise<(label: string) => string> {
  const [{ withBadge }, icon] = await Promise.all([import('./icon-badge.ts'), fetch(address)]);
  const drawing = await icon.text();
  return (label) => withBadge(drawing, label);
}
