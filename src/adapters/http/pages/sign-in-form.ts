import type { RegistrationState } from '../../../application/use-cases/identity/view-registration.ts';

/**
 * The form that signs in and registers. Password managers read `autocomplete` when the page is loaded: `new-password` makes them
 * propose a password, and keeps some from filling in a known one. Therefore the form has two versions.
 */
export interface SignInForm {
  readonly username: string;
  readonly next: string;
  /** Selects the version for new people, with `new-password`; the other has `current-password`. */
  readonly isNew: boolean;
  /** There is no version for new people where the visitor may not register. */
  readonly registration: RegistrationState;
  /** The code of the invite that the visitor came with. */
  readonly invite?: string | undefined;
}

const MAY_REGISTER: Readonly<Record<RegistrationState, boolean>> = {
  ...{ open: true, first: true, invited: true },
  ...{ invite: false, closed: false },
};

export const mayRegister = (state: RegistrationState): boolean => MAY_REGISTER[state];
