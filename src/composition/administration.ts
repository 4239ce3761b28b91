import type { AdministrationUseCases } from '../application/administration-use-cases.ts';
import { makeCreateResetLink } from '../application/use-cases/administration/create-reset-link.ts';
import { makeSetAdministrator } from '../application/use-cases/administration/set-administrator.ts';
import { makeSetDeactivated } from '../application/use-cases/administration/set-deactivated.ts';
import { makeSettleDeadJob } from '../application/use-cases/administration/settle-dead-job.ts';
import { makeSignOutUser } from '../application/use-cases/administration/sign-out-user.ts';
import { makeTurnOffTwoStep } from '../application/use-cases/administration/turn-off-two-step.ts';
import { makeViewAdministratorActs } from '../application/use-cases/administration/view-administrator-acts.ts';
import { makeViewDeadJobs } from '../application/use-cases/administration/view-dead-jobs.ts';
import { makeViewInstallation } from '../application/use-cases/administration/view-installation.ts';
import { makeViewLargestChats } from '../application/use-cases/administration/view-largest-chats.ts';
import { makeViewLiveInvites } from '../application/use-cases/administration/view-live-invites.ts';
import { makeViewPeople } from '../application/use-cases/administration/view-people.ts';
import { makeWithdrawInvite } from '../application/use-cases/administration/withdraw-invite.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

/** What administrators do and see. The type keeps the operator's power to the operator's command. */
export function administrationUseCases(ports: Ports, { writes }: Budgeted): AdministrationUseCases {
  const { setAdministrator, setDeactivated, signOutUser, createResetLink, turnOffTwoStep, ...views } =
    unbudgeted(ports);
  return {
    ...views,
    setAdministrator: writes(setAdministrator),
    setDeactivated: writes(setDeactivated),
    signOutUser: writes(signOutUser),
    createResetLink: writes(createResetLink),
    turnOffTwoStep: writes(turnOffTwoStep),
  };
}

const unbudgeted = (ports: Ports): AdministrationUseCases => ({
  setAdministrator: makeSetAdministrator(ports),
  setDeactivated: makeSetDeactivated(ports),
  signOutUser: makeSignOutUser(ports),
  createResetLink: makeCreateResetLink(ports),
  turnOffTwoStep: makeTurnOffTwoStep(ports),
  viewPeople: makeViewPeople(ports),
  viewInstallation: makeViewInstallation(ports),
  viewLargestChats: makeViewLargestChats(ports),
  viewLiveInvites: makeViewLiveInvites(ports),
  withdrawInvite: makeWithdrawInvite(ports),
  viewDeadJobs: makeViewDeadJobs(ports),
  settleDeadJob: makeSettleDeadJob(ports),
  viewAdministratorActs: makeViewAdministratorActs(ports),
});
