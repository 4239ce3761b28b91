/** The distance of a card from the one in front, counted in cards, past which cards look alike. */
export const MAX_DISTANCE = 4;
