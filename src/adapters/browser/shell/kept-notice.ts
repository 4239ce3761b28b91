import { keptAt } from './kept-at.ts';

/** Says that the page is one from before, and loads it anew when the network is back. */
export function startKeptNotice(notice: HTMLElement): void {
  const time = keptAt();
  if (time === undefined) return;
  notice.textContent = `You are offline. This is from ${time}.`;
  notice.hidden = false;
  addEventListener('online', () => location.reload());
}
