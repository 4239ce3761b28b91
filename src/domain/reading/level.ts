import { isDirect, type Role } from '../chats/membership.ts';

/** Of which messages of a chat a member is notified. */
export type Level = (typeof LEVELS)[number];

export const LEVELS = ['all', 'mentions', 'nothing'] as const;

/** The level unless the member sets another. */
export const usualLevel = (role: Role): Level => (isDirect(role) ? 'all' : 'mentions');
