import type { UseCases } from '../../../application/use-cases.ts';
import type { DomainError } from '../../../domain/errors.ts';
import { CodeNeeded } from '../../../domain/identity/two-step.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { mayRegister } from '../pages/sign-in-form.ts';
import { inviteOf } from '../requests/invite-codes.ts';
import { safeNext } from '../requests/next-path.ts';
import { sayWhenToRetry, statusOf } from './errors.ts';
import type { Reporting } from './reporting.ts';

interface RefusalDeps {
  readonly useCases: Pick<UseCases, 'viewRegistration'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
}

interface RefusedSignIn {
  readonly c: RequestContext;
  readonly form: {
    readonly username: string;
    readonly next?: string | undefined;
    readonly new?: string | undefined;
    readonly invite?: string | undefined;
  };
  readonly error: DomainError;
}

/** Shows the form again, also to programs, unless trying again at once cannot help. */
export async function refuseSignIn(
  { reporting, useCases, pages }: RefusalDeps,
  { c, form, error }: RefusedSignIn,
): Promise<Response> {
  reporting.signInRefused(c, error);
  if (error.code === 'unavailable') throw error;
  if (error.code === 'too_many_requests' && !wantsPage(c)) throw error;
  reporting.refused(c, error, statusOf(error));
  sayWhenToRetry(c, error);
  const invite = inviteOf(form);
  const registration = await useCases.viewRegistration(invite);
  // Where the visitor may not register, answers must not tell whether a name is known.
  const username = mayRegister(registration) ? form.username : '';
  const problem = { field: FIELDS[error.code] ?? ('form' as const), detail: error.message };
  const shown = { username, next: safeNext(form.next), isNew: form.new !== undefined, problem, invite };
  return c.html(pages.auth({ theme: cookieTheme(c), registration, ...shown }), statusOf(error));
}

const FIELDS: Partial<Record<DomainError['code'], 'username' | 'password'>> = {
  invalid_username: 'username',
  invalid_password: 'password',
  wrong_credentials: 'password',
};

interface AskedForCode {
  readonly c: RequestContext;
  readonly form: { readonly ticket: string; readonly next?: string | undefined };
  readonly error: DomainError;
}

/** Shows the page of the second step, with what was wrong with the code that came. */
export function askForCode({ reporting, pages }: RefusalDeps, { c, form, error }: AskedForCode): Response {
  reporting.signInRefused(c, error);
  reporting.refused(c, error, statusOf(error));
  sayWhenToRetry(c, error);
  const problem = error instanceof CodeNeeded ? undefined : error.message;
  const shown = { ticket: form.ticket, next: safeNext(form.next), problem };
  return c.html(pages.code({ theme: cookieTheme(c), ...shown }), statusOf(error));
}
