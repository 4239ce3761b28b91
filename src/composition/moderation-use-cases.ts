import { makeViewArchivedChats } from '../application/use-cases/chats/view-archived-chats.ts';
import { makeBanMember } from '../application/use-cases/moderation/ban-member.ts';
import { makeDismissReports } from '../application/use-cases/moderation/dismiss-reports.ts';
import { makeLiftBan } from '../application/use-cases/moderation/lift-ban.ts';
import { makeReportMessage } from '../application/use-cases/moderation/report-message.ts';
import { makeSetArchived } from '../application/use-cases/moderation/set-archived.ts';
import { makeSetRetention } from '../application/use-cases/moderation/set-retention.ts';
import { makeSetSlowMode } from '../application/use-cases/moderation/set-slow-mode.ts';
import { makeUndoAct } from '../application/use-cases/moderation/undo-act.ts';
import { makeViewAudit } from '../application/use-cases/moderation/view-audit.ts';
import { makeViewReports } from '../application/use-cases/moderation/view-reports.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

export const moderationUseCases = (ports: Ports, { writes, reads }: Budgeted) => ({
  banMember: writes(makeBanMember(ports)),
  liftBan: writes(makeLiftBan(ports)),
  setSlowMode: writes(makeSetSlowMode(ports)),
  setArchived: writes(makeSetArchived(ports)),
  setRetention: writes(makeSetRetention(ports)),
  viewArchivedChats: reads(makeViewArchivedChats(ports)),
  reportMessage: writes(makeReportMessage(ports)),
  viewReports: reads(makeViewReports(ports)),
  dismissReports: writes(makeDismissReports(ports)),
  viewAudit: reads(makeViewAudit(ports)),
  undoAct: writes(makeUndoAct(ports)),
});
