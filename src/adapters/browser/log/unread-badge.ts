const MAX_SHOWN = 99;

/** Counts the messages that arrive while the page is hidden, in its title and icon. */
export class UnreadBadge {
  readonly #icon: HTMLLinkElement;
  readonly #plainIcon: string;
  /** The source of the icon, loaded when it is first needed. */
  #drawing: Promise<string> | undefined;
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
    this.#drawing ??= fetch(this.#plainIcon).then((answer) => answer.text());
    this.#drawing.then(
      (drawing) => {
        if (this.#count === count) this.#icon.href = withBadge(drawing, label);
      },
      () => {
        this.#drawing = undefined;
      },
    );
  }
}

const COUNT = /^\(\d+\+?\) /;

/** The icon's SVG with the count in a corner, as a `data:` address. */
function withBadge(drawing: string, label: string): string {
  const [, size = '24'] = drawing.match(/viewBox="[\d.-]+ [\d.-]+ [\d.-]+ ([\d.-]+)"/) ?? [];
  const unit = Number(size) / 16;
  const badge =
    `<g transform="scale(${unit})"><circle cx="10.5" cy="10.5" r="5.5" fill="#c8102e"/>` +
    `<text x="10.5" y="13" font-family="sans-serif" font-size="${label.length > 2 ? 5 : 7}" font-weight="700" ` +
    `text-anchor="middle" fill="#fff">${label}</text></g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing.replace('</svg>', badge))}`;
}
