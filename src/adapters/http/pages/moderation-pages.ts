import type { WireReported } from '../../wire/reports.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** The messages of a chat whose reports wait. */
export interface ReportsPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly reported: readonly WireReported[];
}
