/** Of which messages of a chat a member is notified. */
export type Level = (typeof LEVELS)[number];

export const LEVELS = ['all', 'mentions', 'nothing'] as const;

/** The level of a chat with a name, unless the member sets another. */
export const USUAL_LEVEL: Level = 'mentions';
