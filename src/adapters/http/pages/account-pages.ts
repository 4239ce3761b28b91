import type { WirePasskey } from '../../wire/passkeys.ts';
import type { WireRecovery } from '../../wire/recovery.ts';
import type { WireSession } from '../../wire/session.ts';
import type { AnyPage, PageUser } from './any-page.ts';

export interface AccountPage extends AnyPage {
  readonly user: PageUser;
  /** What was just changed. */
  readonly saved?: 'username' | 'password' | undefined;
  readonly problem?: { readonly field: 'username' | 'current' | 'new'; readonly detail: string };
  /** The passkey that was added or removed last, and when, in RFC 3339 and UTC. */
  readonly passkeyChange:
    | { readonly kind: 'added' | 'removed'; readonly name: string; readonly at: string }
    | undefined;
  /** A recovery waits for the user to say what to keep. */
  readonly isHeld: boolean;
  /** The name that was refused. */
  readonly wanted?: string;
}

/** The form of a reset link. */
export interface ResetPage extends AnyPage {
  readonly username: string;
  readonly token: string;
  readonly problem?: string;
}

/** The form for a recovery code. */
export interface RecoverPage extends AnyPage {
  readonly username: string;
  readonly problem?: { readonly field: 'username' | 'code' | 'new'; readonly detail: string };
}

/** What is asked after a recovery. */
export interface ResetDonePage extends AnyPage {
  readonly user: PageUser;
  readonly held: WireRecovery;
  /** The page was asked for by itself, not after a new password. */
  readonly isAsked?: boolean;
}

export interface PresencePage extends AnyPage {
  readonly user: PageUser;
  /** Until when the user is away, in RFC 3339 and UTC; null for not away. */
  readonly until: string | null;
  /** The time zone of the user's quiet hours, or nothing. */
  readonly zone: string;
  readonly problem?: string;
}

export interface SessionsPage extends AnyPage {
  readonly user: PageUser;
  /** The current one first. */
  readonly sessions: readonly WireSession[];
}

/** The second step of signing in. */
export interface CodePage extends AnyPage {
  readonly ticket: string;
  readonly next: string;
  readonly problem?: string | undefined;
  /** A recovery code has just set a new password. */
  readonly isRecovered?: boolean;
}

export interface TwoStepPage extends AnyPage {
  readonly user: PageUser;
  readonly isEnabled: boolean;
  readonly recoveryLeft: number;
  readonly isConfirmed: boolean;
  /** While it is being set up: the secret in base32, and the QR code of its address as SVG. */
  readonly setUp: { readonly secret: string; readonly qr: string } | undefined;
  /** New recovery codes, shown this once. */
  readonly codes?: readonly string[];
  readonly problem?: string;
}

export interface ConfirmPage extends AnyPage {
  readonly user: PageUser;
  /** The path to go to afterwards. */
  readonly next: string;
  /** A code is asked for too. */
  readonly isEnabled: boolean;
  /** A passkey can stand for both. */
  readonly hasPasskeys: boolean;
  readonly problem: { readonly field: 'password' | 'code'; readonly detail: string } | undefined;
}

export interface PasskeysPage extends AnyPage {
  readonly user: PageUser;
  readonly passkeys: readonly WirePasskey[];
  /** They may be changed now. */
  readonly isConfirmed: boolean;
  /** One was just added. */
  readonly isNew?: boolean;
  readonly problem?: string;
}

/** Leaving for good. */
export interface DeletePage extends AnyPage {
  readonly user: PageUser;
  readonly owned: readonly { readonly id: number; readonly name: string; readonly heir: PageUser | undefined }[];
  readonly mayGo: boolean;
  /** What was chosen in a form that was refused. */
  readonly words?: string;
  readonly problem?: { readonly code: string; readonly detail: string };
}

export interface ExportPage extends AnyPage {
  readonly user: PageUser;
  readonly problem: string | undefined;
}

/** Signing in on another device: before and after its link was made. */
export interface DevicePage extends AnyPage {
  readonly user: PageUser;
  /** The link, and its QR code as SVG. */
  readonly made?: { readonly link: string; readonly qr: string };
}

/** What the link opens on the other device. */
export interface DeviceHerePage extends AnyPage {
  readonly username: string;
  readonly token: string;
}

/** The pages of signing in, and of one's own account. */
export interface AccountPages {
  account(data: AccountPage): string;
  reset(data: ResetPage): string;
  recover(data: RecoverPage): string;
  resetDone(data: ResetDonePage): string;
  presence(data: PresencePage): string;
  sessions(data: SessionsPage): string;
  code(data: CodePage): string;
  twoStep(data: TwoStepPage): string;
  passkeys(data: PasskeysPage): string;
  confirm(data: ConfirmPage): string;
  accountDelete(data: DeletePage): string;
  accountExport(data: ExportPage): string;
  device(data: DevicePage): string;
  deviceHere(data: DeviceHerePage): string;
}
