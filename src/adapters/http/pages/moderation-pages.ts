import type { WireAudit } from '../../wire/audit.ts';
import type { WireReported } from '../../wire/reports.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** The messages of a chat whose reports wait. */
export interface ReportsPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly reported: readonly WireReported[];
}

/** What the owner and moderators of a chat did. */
export interface AuditPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly audit: WireAudit;
}
