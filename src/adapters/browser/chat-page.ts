import { goToSignIn } from './api.ts';
import { startComposer, startPlainComposer } from './composer.ts';
import { startEarlier } from './earlier.ts';
import { onFailureChoice } from './failure.ts';
import { LiveChat } from './live-chat.ts';
import { MemberCount } from './member-count.ts';
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
  const form = part(main, '[data-composer]', HTMLFormElement);
  if ('past' in main.dataset) {
    startPlainComposer(form);
    return;
  }

  const revision = Number(main.dataset.revision);
  const live = new LiveChat({
    chatId,
    viewer,
    revision,
    timeline,
    scroll,
    memberCount: startMemberCount(part(main, '[data-members]', HTMLElement), revision),
    status: part(main, '[data-connection]', HTMLElement),
    earlier: earlier.parentElement ?? earlier,
    signedOut: goToSignIn,
  });
  startComposer({ form, post: (text) => live.post(text) });
  onFailureChoice(rows, live);
  live.start();
  // Logging out closes the socket from the other side: that must not be taken for a session that ended by itself.
  part(document, 'form[action="/logout"]', HTMLFormElement).addEventListener('submit', () => live.leave());
}

function startMemberCount(element: HTMLElement, asOf: number): MemberCount {
  return new MemberCount({
    count: Number(element.dataset.members),
    asOf,
    // Whoever reads this is a member, so that one more makes at least two.
    changed: (count) => {
      element.textContent = `${count} members`;
    },
  });
}
