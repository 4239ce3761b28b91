import { goToSignIn } from './api.ts';
import { startComposer } from './composer.ts';
import { startEarlier } from './earlier.ts';
import { onFailureChoice } from './failure.ts';
import { LiveChat } from './live-chat.ts';
import { part } from './part.ts';
import { LogScroll } from './scroll.ts';
import { Timeline } from './timeline.ts';

/** Brings a chat's page to life. A page of the past, reached by a link, gets no new messages: there is a gap before them. */
export function startChat(main: HTMLElement): void {
  const chatId = Number(main.dataset.chatId);
  const viewer = { id: Number(main.dataset.userId), username: main.dataset.username ?? '' };
  const log = part(main, '[role="log"]', HTMLElement);
  const rows = part(log, '.log-rows', HTMLElement);
  const earlier = part(log, '[data-earlier]', HTMLAnchorElement);
  const timeline = new Timeline(rows, viewer);
  const scroll = new LogScroll(log, rows);

  startEarlier({ link: earlier, log, chatId, timeline, scroll });
  scroll.toEnd();
  if ('past' in main.dataset) return;

  const live = new LiveChat({
    chatId,
    viewer,
    revision: Number(main.dataset.revision),
    timeline,
    scroll,
    status: part(main, '[data-connection]', HTMLElement),
    earlier: earlier.parentElement ?? earlier,
    signedOut: goToSignIn,
  });
  startComposer({ form: part(main, '[data-composer]', HTMLFormElement), post: (text) => live.post(text) });
  onFailureChoice(rows, live);
  live.start();
  // Logging out closes the socket from the other side: that must not be taken for a session that ended by itself.
  part(document, 'form[action="/logout"]', HTMLFormElement).addEventListener('submit', () => live.leave());
}
