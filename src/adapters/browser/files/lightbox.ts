import lightboxTemplate from '../../../../templates/partials/lightbox.eta';
import { openDialog } from '../shell/dialogs/overlays.ts';
import { part } from '../shell/part.ts';
import { asset } from '../templates/asset.ts';
import { addDialog } from '../templates/message-html.ts';
import { type Zoom, zoomIn } from './zoom.ts';

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

let lightbox: Promise<Lightbox> | undefined;

/** Shows an image of a message in the whole window. @throws when the styles cannot be loaded; the next call tries again */
export async function openLightbox(link: HTMLAnchorElement): Promise<void> {
  lightbox ??= loadStyles().then(() => new Lightbox());
  try {
    (await lightbox).open(link);
  } catch (error) {
    lightbox = undefined;
    throw error;
  }
}

function loadStyles(): Promise<unknown> {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = asset('lightbox.css');
  const loaded = new Promise((resolve, reject) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', () => {
      sheet.remove();
      reject(new Error('The styles could not be loaded.'));
    });
  });
  document.head.append(sheet);
  return loaded;
}

/** One image at a time; the others are those that the log has, in its order. */
class Lightbox {
  readonly #dialog = addDialog(lightboxTemplate({ asset }));
  readonly #image = part(this.#dialog, '.lightbox-image', HTMLImageElement);
  readonly #said = part(this.#dialog, '.lightbox-said', HTMLElement);
  readonly #zoom: Zoom;
  #link: HTMLAnchorElement | undefined;

  constructor() {
    this.#zoom = zoomIn(part(this.#dialog, '.lightbox-stage', HTMLElement), this.#image, {
      swiped: (step) => this.#step(step),
      left: () => this.#dialog.close(),
    });
    this.#image.addEventListener('error', () => {
      // None is shown while the dialog is closed.
      if (this.#dialog.open) this.#said.textContent = 'This image could not be loaded.';
    });
    this.#dialog.addEventListener('keydown', (event) => {
      if (!event.altKey && !event.ctrlKey && !event.metaKey && this.#act(event.key)) event.preventDefault();
    });
    this.#dialog.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button?.dataset.step) this.#step(Number(button.dataset.step));
      // Behind the last image its button is gone, and with it the focus.
      if (button?.hidden) this.#focus();
      if (button?.dataset.zoom) this.#zoom.by(button.dataset.zoom === 'in' ? 1 : -1);
    });
    this.#dialog.addEventListener('close', () => {
      this.#image.removeAttribute('src');
      if (this.#link?.isConnected) this.#link.focus();
    });
  }

  open(link: HTMLAnchorElement): void {
    this.#show(link);
    if (!this.#dialog.open) openDialog(this.#dialog);
    this.#focus();
  }

  #focus(): void {
    part(this.#dialog, 'h2', HTMLElement).focus();
  }

  #act(key: string): boolean {
    if (key === 'ArrowLeft') this.#step(-1);
    else if (key === 'ArrowRight') this.#step(1);
    else if (key === '+' || key === '=') this.#zoom.by(1);
    else if (key === '-') this.#zoom.by(-1);
    else if (key === '0') this.#zoom.reset();
    else return false;
    return true;
  }

  #step(by: number): void {
    const links = loaded();
    const next = links[(this.#link ? links.indexOf(this.#link) : -1) + by];
    if (next) this.#show(next);
  }

  #show(link: HTMLAnchorElement): void {
    this.#link = link;
    this.#zoom.reset();
    const name = decodeURIComponent(link.pathname.split('/').at(-1) ?? '');
    const small = link.querySelector('img');
    // What moves stands still for readers who asked for that.
    const still = reducedMotion.matches ? link.querySelector('source')?.srcset : undefined;
    this.#image.src = still || link.href;
    this.#image.alt = small?.alt ?? '';
    this.#said.textContent = small && small.alt !== name ? small.alt : '';
    part(this.#dialog, '.file-name', HTMLElement).textContent = name;
    part(this.#dialog, '.lightbox-author', HTMLElement).textContent = writtenBy(link);
    const download = part(this.#dialog, '[data-download]', HTMLAnchorElement);
    download.href = link.href;
    download.download = name;
    const links = loaded();
    const at = links.indexOf(link);
    for (const button of this.#dialog.querySelectorAll<HTMLElement>('[data-step]')) {
      button.hidden = links[at + Number(button.dataset.step)] === undefined;
    }
  }
}

const loaded = (): readonly HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>('.log .file-image'),
];

function writtenBy(link: HTMLAnchorElement): string {
  const row = link.closest('article');
  const [author, time] = ['.message-author', 'time'].map((name) => row?.querySelector(name)?.textContent ?? '');
  return [author, time].filter((words) => words !== '').join(', ');
}
