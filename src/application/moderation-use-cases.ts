import type { ViewArchivedChats } from './use-cases/chats/view-archived-chats.ts';
import type { BanMember } from './use-cases/moderation/ban-member.ts';
import type { DismissReports } from './use-cases/moderation/dismiss-reports.ts';
import type { LiftBan } from './use-cases/moderation/lift-ban.ts';
import type { ReportMessage } from './use-cases/moderation/report-message.ts';
import type { SetArchived } from './use-cases/moderation/set-archived.ts';
import type { SetRetention } from './use-cases/moderation/set-retention.ts';
import type { SetSlowMode } from './use-cases/moderation/set-slow-mode.ts';
import type { UndoAct } from './use-cases/moderation/undo-act.ts';
import type { ViewAudit } from './use-cases/moderation/view-audit.ts';
import type { ViewReports } from './use-cases/moderation/view-reports.ts';

/** What owners and moderators do to keep order in a chat, and see of it. */
export interface ModerationUseCases {
  readonly banMember: BanMember;
  readonly liftBan: LiftBan;
  readonly setSlowMode: SetSlowMode;
  readonly setArchived: SetArchived;
  readonly setRetention: SetRetention;
  readonly viewArchivedChats: ViewArchivedChats;
  readonly reportMessage: ReportMessage;
  readonly viewReports: ViewReports;
  readonly dismissReports: DismissReports;
  readonly viewAudit: ViewAudit;
  readonly undoAct: UndoAct;
}
