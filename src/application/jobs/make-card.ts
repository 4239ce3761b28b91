import { cardLink } from '../../domain/cards/card-link.ts';
import { cardTexts } from '../../domain/cards/link-card.ts';
import { DomainError } from '../../domain/errors.ts';
import type { MakeCard } from '../../domain/jobs/job.ts';
import type { Message, TextMessage } from '../../domain/messages/message.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
import type { KnownPage, Taken } from '../ports/link-cards.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Storage } from '../ports/storage.ts';
import type { Store } from '../ports/store.ts';
import type { WebPages } from '../ports/web-pages.ts';
import { type CardRules, linkOf } from '../use-cases/cards/card-rules.ts';
import { type CardImageDeps, copyImage } from './card-image.ts';
import type { JobHandler } from './job-handlers.ts';

/** How long what a visit found counts, in milliseconds. */
const FOUND_FOR_MS = 24 * 3_600_000;
/** The same where there was nothing, or nobody answered. */
const MISSED_FOR_MS = 10 * 60_000;
/** Longer than a visit takes. */
const LEASE_MS = 30_000;
/** How soon to look for what another visit of the same page has found. */
const WAIT_MS = 1_000;
/** Waits before further visits of a page that was not reached. */
const RETRY_MS = [10_000, 60_000];
/** A wait for another visit is one try, and a visit in vain as many as there are waits for one. */
const TRIES_PER_VISIT = 40;

export interface MakeCardDeps extends Pick<Storage, 'unitOfWork' | 'view'>, CardImageDeps {
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  readonly webPages: WebPages;
  readonly cardRules: CardRules;
}

/**
 * Shows what the page says that a message links to. A page is visited once for all messages that link to it, by one of all instances. It gives
 * up quietly.
 */
export function makeMakeCard(deps: MakeCardDeps): JobHandler<'make_card'> {
  const { unitOfWork, view, blobs, webPages, cardRules } = deps;

  const timeNow = async () => (await view.time()) ?? deps.clock.now();
  const take = async (href: string, renew: boolean): Promise<Taken> => {
    const now = await timeNow();
    return unitOfWork.run(({ linkCards }) => linkCards.take(href, { now, leaseMs: LEASE_MS, renew }));
  };
  const note = async (href: string, found: KnownPage | 'none', forMs: number) => {
    const until = (await timeNow()) + forMs;
    await unitOfWork.run(({ linkCards }) => linkCards.note(href, found, until));
  };
  const tryAgain = (job: MakeCard, { tries, delayMs }: { readonly tries: number; readonly delayMs: number }) =>
    unitOfWork.run(({ jobs }) => jobs.add({ ...job, tries }, { delayMs }));

  async function visit(job: MakeCard, { message, href }: Wanted): Promise<void> {
    if (await isLimited(deps.rateLimits, message)) return release(href);
    const visited = await webPages.visit(href);
    if (visited === 'later') return putOff(job, href);
    const texts = visited === 'none' ? undefined : cardTexts(visited);
    if (visited === 'none' || !texts) return note(href, 'none', MISSED_FOR_MS);
    const copy = await copyImage(deps, visited.image);
    const isShown = await show({ message, href }, { ...texts, image: copy?.image ?? null }).catch(
      async (error: unknown) => {
        await copy?.received.discard();
        throw error;
      },
    );
    await (isShown ? copy?.received.keep() : copy?.received.discard());
    // Afterwards, so that whoever finds it finds the bytes of the image too.
    await note(href, { ...texts, image: copy?.image ?? null }, FOUND_FOR_MS);
  }

  const release = (href: string) => unitOfWork.run(({ linkCards }) => linkCards.release(href));

  async function putOff(job: MakeCard, href: string): Promise<void> {
    const delayMs = RETRY_MS[Math.floor(job.tries / TRIES_PER_VISIT)];
    if (delayMs === undefined) return note(href, 'none', MISSED_FOR_MS);
    await release(href);
    await tryAgain(job, { tries: job.tries + TRIES_PER_VISIT, delayMs });
  }

  async function waitFor(job: MakeCard): Promise<void> {
    const tries = job.tries + 1;
    if (tries % TRIES_PER_VISIT !== 0) await tryAgain(job, { tries, delayMs: WAIT_MS });
  }

  /** False when the message wants it no more. */
  async function show({ message: { chatId, position }, href }: Wanted, page: KnownPage): Promise<boolean> {
    const shown = await unitOfWork
      .run(async (store) => setCard(store, { chatId, position, href, page, at: deps.clock.now() }))
      .catch(ifArchived);
    if (shown) deps.broadcast.publishToChat(chatId, { type: 'message_changed', message: shown });
    return shown !== undefined;
  }

  return async (job) => {
    const wanted = wantedBy(await view.messages.findBare(job), cardRules);
    if (!wanted) return;
    const taken = await take(wanted.href, false);
    if (taken === 'none') return;
    if (taken === 'yours') return visit(job, wanted);
    if (taken === 'theirs') return waitFor(job);
    const isWhole = taken.image === null || (await blobs.size(taken.image.blob)) !== undefined;
    if (isWhole) await show(wanted, taken);
    // The image went with the last message that had it.
    else if ((await take(wanted.href, true)) === 'yours') await visit(job, wanted);
    else await waitFor(job);
  };
}

interface Wanted {
  readonly message: TextMessage;
  readonly href: string;
}

function wantedBy(message: Message | undefined, rules: CardRules): Wanted | undefined {
  if (message?.kind !== 'text' || message.card !== null) return undefined;
  const href = linkOf(message.text, rules);
  return href === undefined ? undefined : { message, href };
}

async function isLimited(rateLimits: RateLimits, { author, chatId }: TextMessage): Promise<boolean> {
  if ((await rateLimits.take('link_cards_of_user', String(author.id))) > 0) return true;
  return (await rateLimits.take('link_cards_of_chat', String(chatId))) > 0;
}

async function setCard(
  store: Store,
  card: Pick<MakeCard, 'chatId' | 'position'> & {
    readonly href: string;
    readonly page: KnownPage;
    readonly at: number;
  },
): Promise<Message | undefined> {
  const { chatId, position, href, page, at } = card;
  const place = { chatId, position };
  const message = await store.messages.find(place);
  if (message?.kind !== 'text' || message.card !== null || cardLink(message.text) !== href) return undefined;
  const revision = await store.chats.nextRevision(chatId);
  const uploaderId = message.author.id;
  const stored = await store.linkCards.set(place, { ...page, href, uploaderId, at }, revision);
  return { ...message, revision, card: stored.card };
}

/** Nothing in an archived chat changes. */
function ifArchived(error: unknown): undefined {
  if (!(error instanceof DomainError && error.code === 'archived')) throw error;
}
