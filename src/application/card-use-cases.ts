import type { RemoveCard } from './use-cases/cards/remove-card.ts';

/** What people do with the cards of links. */
export interface CardUseCases {
  readonly removeCard: RemoveCard;
}
