import { detailsDisplay } from './chats/details.ts';
import { startComposer } from './composer/composer.ts';
import { connectionDisplay } from './connection/connection-state.ts';
import { LiveChat } from './connection/live-chat.ts';
import { Arrangement } from './log/arrangement.ts';
import { onFailureChoice } from './log/failure.ts';
import { JumpButton } from './log/jump-button.ts';
import { LastSeen } from './log/last-seen.ts';
import { LogRows } from './log/log-rows.ts';
import { LogWays } from './log/log-ways.ts';
import { Paging } from './log/paging.ts';
import { LogScroll } from './log/scroll.ts';
import { Timeline } from './log/timeline.ts';
import { UnreadBadge } from './log/unread-badge.ts';
import { staySignedIn } from './session/stay-signed-in.ts';
import { offlinePages } from './shell/offline-pages.ts';
import { onDemand } from './shell/on-demand.ts';
import { part } from './shell/part.ts';

const REMOVED = 'You are not in this chat any more. What you have begun is here again when you are back.';

/** Brings a chat's page to life: its parts, and what they tell each other. */
export function startChat(main: HTMLElement): void {
  const chatId = Number(main.dataset.chatId);
  const revision = Number(main.dataset.revision);
  const viewer = { id: Number(main.dataset.userId), username: main.dataset.username ?? '' };
  const log = part(main, '[role="log"]', HTMLElement);
  const rows = part(log, '.log-rows', HTMLElement);

  const lastSeen = new LastSeen({ userId: viewer.id, chatId, revision });
  const badge = new UnreadBadge(part(document, 'link[rel="icon"]', HTMLLinkElement));
  const jump = new JumpButton(part(main, '[data-jump]', HTMLButtonElement), goToLatest);
  const ways = new LogWays(log, { earlier: () => paging.earlier(), later: () => paging.later() });
  const scroll = new LogScroll({ log, rows, moved });
  const timeline = new Timeline({
    log,
    rows: new LogRows(rows, viewer),
    scroll,
    arrangement: new Arrangement({ rows, viewerId: viewer.id, unread: lastSeen.unread }),
    ...shownIn(main, revision),
    endsChanged() {
      ways.show(timeline);
      // The address of a page of the past is right no more.
      if (!timeline.hasLater && location.search !== '') history.replaceState(null, '', location.pathname);
    },
  });
  const paging = new Paging({ chatId, timeline, ways });
  const display = connectionDisplay({
    status: part(main, '[data-connection]', HTMLElement),
    banner: part(main, '[data-banner]', HTMLElement),
    online: part(main, '[data-connected]', HTMLElement),
  });
  const live = new LiveChat({
    chatId,
    viewer,
    revision,
    timeline,
    paging,
    display,
    removed() {
      composer.close(REMOVED);
      // Not a reload, which would send a form again whose answer this page is. A draft that is not kept stays in the box.
      const goOn = () => composer.isDraftKept() && location.replace(`/chat/${chatId}`);
      import('./chats/rejoining.ts').then(({ onRejoining }) => onRejoining(chatId, goOn), console.error);
    },
    details: detailsDisplay(main),
    isDraftKept: () => composer.isDraftKept(),
    heard() {
      badge.arrived();
      jump.count();
    },
    shown: moved,
  });

  function goToLatest(): void {
    if (timeline.hasLater) void paging.latest();
    else scroll.toEnd();
  }

  function moved(): void {
    jump.show(!scroll.isFollowing);
    if (scroll.isFollowing) lastSeen.see(live.seen);
  }

  const { outbox } = live;
  const composer = startComposer({
    form: part(main, '[data-composer]', HTMLFormElement),
    draft: { userId: viewer.id, chatId },
    post: (text) => live.post(text),
    lastFailed: () => outbox.lastFailed,
    discard: (clientId) => outbox.discard(clientId),
  });
  onFailureChoice(rows, {
    retry: (clientId) => live.retry(clientId),
    discard: (clientId) => outbox.discard(clientId),
    textOf: (clientId) => outbox.textOf(clientId),
  });
  openMembersBy(part(main, '[data-members]', HTMLAnchorElement), () => live.leave());
  addEventListener('focus', moved);
  scroll.toEnd();
  moved();
  ways.watch();
  live.start();
  staySignedIn(chatId);
  renewWhenLeft(revision, () => live.seen);
  // From here on what comes in is new, and may be seen to come.
  log.dataset.live = '';
  // Logging out closes the socket from the other side: that must not be taken for a session that ended by itself.
  part(document, 'form[action="/logout"]', HTMLFormElement).addEventListener('submit', () => live.leave());
}

/** Opens the members in a dialog, in place of the page of their own that the link leads to. */
function openMembersBy(link: HTMLAnchorElement, leaving: () => void): void {
  const open = onDemand(
    () => import('./chats/members.ts'),
    ({ membersDialog }) => membersDialog({ href: link.href, leaving }),
  );
  link.setAttribute('aria-haspopup', 'dialog');
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}

/** Whoever goes away may come back without a network, and wants to find what they have seen. */
function renewWhenLeft(revision: number, seen: () => number): void {
  let kept = revision;
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden || seen() === kept || !navigator.onLine) return;
    kept = seen();
    offlinePages.renewThis();
  });
}

/** Which part of the chat the page came with. One of the past, reached by a link, ends before the chat does. */
function shownIn(main: HTMLElement, revision: number) {
  const positions = [...main.querySelectorAll<HTMLElement>('article')].map(({ dataset }) => Number(dataset.position));
  const hasLater = 'past' in main.dataset;
  const hasEarlier = !part(main, '[data-way="earlier"]', HTMLElement).hidden;
  return {
    hasLater,
    hasEarlier,
    from: hasEarlier ? (positions[0] ?? 0) : 0,
    to: hasLater ? (positions.at(-1) ?? 0) : revision,
  };
}
