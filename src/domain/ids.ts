declare const brand: unique symbol;

/** A `Base` that only the constructor of its type makes. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

export type UserId = Branded<number, 'UserId'>;
export type ChatId = Branded<number, 'ChatId'>;
/** The SHA-256 of a session's token, base64url. It identifies the session and cannot be used to sign in. */
export type SessionId = Branded<string, 'SessionId'>;

export const userId = (value: number): UserId => value as UserId;
export const chatId = (value: number): ChatId => value as ChatId;
export const sessionId = (value: string): SessionId => value as SessionId;
