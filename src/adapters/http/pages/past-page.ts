import type { WireMessage } from '../../wire/message.ts';
import type { VersionRow } from '../../wire/versions.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** A chat as it stood. */
export interface PastPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  /** The revision at which it is shown, and the one that it has now. */
  readonly at: number;
  readonly latest: number;
  /** Oldest first. */
  readonly messages: readonly WireMessage[];
  /** The position before which there are more messages, or null. */
  readonly older: number | null;
  /** Whether the page ends with the last message of then. */
  readonly isEnd: boolean;
}

/** The versions of a message, as differences. */
export interface VersionsPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly message: WireMessage;
  /** Newest first. */
  readonly rows: readonly VersionRow[];
  /** Whether the first row is the current text. */
  readonly isNewest: boolean;
  /** The revision before which there are more versions, or null. */
  readonly older: number | null;
  readonly mayErase: boolean;
}
