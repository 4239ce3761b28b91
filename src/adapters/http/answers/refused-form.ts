import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { type RequestContext, wantsPage } from '../env.ts';
import { sayWhenToRetry, statusOf } from './errors.ts';
import type { Reporting } from './reporting.ts';

interface SubmittedForm {
  readonly reporting: Reporting;
  /** The refusals that the person who filled in the form can mend. */
  readonly codes: readonly ErrorCode[];
  /** The page with the form, as it was filled in, and the reason why it was refused. */
  readonly page: (refusal: DomainError) => Promise<string>;
  /** Does what the form asks for. */
  readonly work: () => Promise<Response>;
}

/** Answers a form, and shows it again when it was refused for one of the codes. Programs get the problem instead. */
export async function answerForm(
  c: RequestContext,
  { reporting, codes, page, work }: SubmittedForm,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!wantsPage(c) || !isRefusal(error, codes)) throw error;
    reporting.refused(c, error, statusOf(error));
    sayWhenToRetry(c, error);
    return c.html(await page(error), statusOf(error));
  }
}

export const isRefusal = (error: unknown, codes: readonly ErrorCode[]): error is DomainError =>
  error instanceof DomainError && codes.includes(error.code);
