import { makeCreateResetLink } from '../application/use-cases/administration/create-reset-link.ts';
import { makeSetAdministrator } from '../application/use-cases/administration/set-administrator.ts';
import { makeSetDeactivated } from '../application/use-cases/administration/set-deactivated.ts';
import { makeSignOutUser } from '../application/use-cases/administration/sign-out-user.ts';
import type { AdministrationUseCases } from '../application/use-cases.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

/** What administrators do and see. The type keeps the operator's power to the operator's command. */
export function administrationUseCases(ports: Ports, { writes }: Budgeted): AdministrationUseCases {
  const { setAdministrator, setDeactivated, signOutUser, createResetLink }: AdministrationUseCases = {
    setAdministrator: makeSetAdministrator(ports),
    setDeactivated: makeSetDeactivated(ports),
    signOutUser: makeSignOutUser(ports),
    createResetLink: makeCreateResetLink(ports),
  };
  return {
    setAdministrator: writes(setAdministrator),
    setDeactivated: writes(setDeactivated),
    signOutUser: writes(signOutUser),
    createResetLink: writes(createResetLink),
  };
}
