import { DomainError } from '../../domain/errors.ts';

const MAX_LENGTH = 200;

/**
 * What is kept of an error beside a job. Messages of libraries quote what they were given, which somebody may have written, so
 * they end at the first quotation mark; a refusal's own words are ours.
 */
export function errorText(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return typeof error;
  const [said = ''] = error.message.split(/["'`“‘\n]/);
  return `${error.name}: ${said}`.slice(0, MAX_LENGTH);
}
