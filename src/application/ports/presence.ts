import type { ChatId, UserId } from '../../domain/ids.ts';

/** Who is connected, in the whole installation. */
export interface Presence {
  /** A chat connection was opened in this process. */
  connected(): void;
  disconnected(): void;
  /** The open chat connections of all instances together. */
  count(): Promise<number>;
  /**
   * How many different people are connected to a chat, in all instances together. `here` are those of this process, one
   * for each connection; where several instances tell each other of theirs, this is when.
   */
  people(chatId: ChatId, here: Iterable<UserId>): Promise<number>;
}
