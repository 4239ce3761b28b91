import type {
  WireAct,
  WireDeadJob,
  WireInstallation,
  WireListedChat,
  WireLiveInvite,
  WirePerson,
} from '../../wire/administration.ts';
import type { AnyPage, PageUser } from './any-page.ts';

interface AdministrationPage extends AnyPage {
  readonly user: PageUser;
}

export interface InstallationPage extends AdministrationPage {
  readonly installationState: WireInstallation;
}

export interface PeoplePage extends AdministrationPage {
  readonly people: readonly WirePerson[];
  /** What was searched for; may be empty. */
  readonly text: string;
  readonly next: string | undefined;
}

/** Shown once: the link is stored nowhere. */
export interface ResetLinkPage extends AdministrationPage {
  readonly username: string;
  readonly url: string;
  /** RFC 3339 in UTC. */
  readonly expiresAt: string;
}

export interface LargestChatsPage extends AdministrationPage {
  readonly chats: readonly WireListedChat[];
  readonly by: 'size' | 'use';
  readonly next: number | undefined;
}

export interface LiveInvitesPage extends AdministrationPage {
  readonly invites: readonly WireLiveInvite[];
  readonly next: number | undefined;
}

export interface DeadJobsPage extends AdministrationPage {
  readonly jobs: readonly WireDeadJob[];
}

export interface AuditPage extends AdministrationPage {
  readonly acts: readonly WireAct[];
  readonly next: number | undefined;
}

/** The pages of the administration. */
export interface AdministrationPages {
  installation(data: InstallationPage): string;
  people(data: PeoplePage): string;
  resetLink(data: ResetLinkPage): string;
  largestChats(data: LargestChatsPage): string;
  liveInvites(data: LiveInvitesPage): string;
  deadJobs(data: DeadJobsPage): string;
  audit(data: AuditPage): string;
}

export const administrationPages = (page: (name: string, data: object) => string): AdministrationPages => ({
  installation: (data) => page('admin', data),
  people: (data) => page('admin-people', data),
  resetLink: (data) => page('admin-reset-link', data),
  largestChats: (data) => page('admin-chats', data),
  liveInvites: (data) => page('admin-invites', data),
  deadJobs: (data) => page('admin-jobs', data),
  audit: (data) => page('admin-audit', data),
});
