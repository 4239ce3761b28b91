import { cardLink } from '../../domain/cards/card-link.ts';
import { cardTexts } from '../../domain/cards/link-card.ts';
import { DomainError } from '../../domain/errors.ts';
import type { MakeCard } from '../../domain/jobs/job.ts';
import type { Message, TextMessage } from '../../domain/messages/message.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
import type { KnownPage } from '../ports/link-cards.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Storage } from '../ports/storage.ts';
import type { Store } from '../ports/store.ts';
import type { WebPages } from '../ports/web-pages.ts';
import { type CardRules, linkOf } from '../use-cases/cards/card-rules.ts';
import { type CardImageDeps, copyImage } from './card-image.ts';
import type { JobHandler } from './job-handlers.ts';
import { PageVisits } from './page-visits.ts';

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
  const { view, blobs, rateLimits, webPages, cardRules } = deps;
  const visits = new PageVisits(deps);

  async function visit(job: MakeCard, { message, href }: Wanted): Promise<void> {
    if (await isLimited(rateLimits, message)) return visits.release(href);
    const visited = await webPages.visit(href);
    if (visited === 'later') return visits.putOff(job, href);
    const texts = visited === 'none' ? undefined : cardTexts(visited);
    if (visited === 'none' || !texts) return visits.note(href, 'none');
    const copy = await copyImage(deps, cardRules.keepsImages ? visited.image : undefined);
    const page = { ...texts, image: copy?.image ?? null };
    try {
      if (await show(deps, { message, href }, page)) await copy?.received.keep();
      else await copy?.received.discard();
    } catch (error) {
      await copy?.received.discard();
      throw error;
    }
    // Last: other messages that take the page from here need the bytes of its image.
    await visits.note(href, page);
  }

  return async (job) => {
    const wanted = wantedBy(await view.messages.findBare(job), cardRules);
    if (!wanted) return;
    const taken = await visits.take(wanted.href);
    if (taken === 'none') return;
    if (taken === 'yours') return visit(job, wanted);
    if (taken === 'theirs') return visits.waitFor(job);
    const isWhole = taken.image === null || (await blobs.size(taken.image.blob)) !== undefined;
    if (isWhole) await show(deps, wanted, taken);
    // The image went with the last message that had it.
    else if ((await visits.take(wanted.href, true)) === 'yours') await visit(job, wanted);
    else await visits.waitFor(job);
  };
}

/** False when the message wants it no more. */
async function show(
  { unitOfWork, broadcast, clock }: MakeCardDeps,
  { message: { chatId, position }, href }: Wanted,
  page: KnownPage,
): Promise<boolean> {
  const card = { chatId, position, href, page, at: clock.now() };
  const shown = await unitOfWork.run((store) => setCard(store, card)).catch(ifArchived);
  if (shown) broadcast.publishToChat(chatId, { type: 'message_changed', message: shown });
  return shown !== undefined;
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
