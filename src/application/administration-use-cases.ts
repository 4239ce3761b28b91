import type { CreateResetLink } from './use-cases/administration/create-reset-link.ts';
import type { SetAdministrator } from './use-cases/administration/set-administrator.ts';
import type { SetDeactivated } from './use-cases/administration/set-deactivated.ts';
import type { SettleDeadJob } from './use-cases/administration/settle-dead-job.ts';
import type { SignOutUser } from './use-cases/administration/sign-out-user.ts';
import type { TurnOffTwoStep } from './use-cases/administration/turn-off-two-step.ts';
import type { ViewAdministratorActs } from './use-cases/administration/view-administrator-acts.ts';
import type { ViewDeadJobs } from './use-cases/administration/view-dead-jobs.ts';
import type { ViewInstallation } from './use-cases/administration/view-installation.ts';
import type { ViewLargestChats } from './use-cases/administration/view-largest-chats.ts';
import type { ViewLiveInvites } from './use-cases/administration/view-live-invites.ts';
import type { ViewPeople } from './use-cases/administration/view-people.ts';
import type { WithdrawInvite } from './use-cases/administration/withdraw-invite.ts';

/** What administrators do, and see of the installation. */
export interface AdministrationUseCases {
  readonly setAdministrator: SetAdministrator;
  readonly setDeactivated: SetDeactivated;
  readonly signOutUser: SignOutUser;
  readonly createResetLink: CreateResetLink;
  readonly turnOffTwoStep: TurnOffTwoStep;
  readonly viewPeople: ViewPeople;
  readonly viewInstallation: ViewInstallation;
  readonly viewLargestChats: ViewLargestChats;
  readonly viewLiveInvites: ViewLiveInvites;
  readonly withdrawInvite: WithdrawInvite;
  readonly viewDeadJobs: ViewDeadJobs;
  readonly settleDeadJob: SettleDeadJob;
  readonly viewAdministratorActs: ViewAdministratorActs;
}
