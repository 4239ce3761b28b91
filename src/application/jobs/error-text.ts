import { DomainError } from '../../domain/errors.ts';

const MAX_LENGTH = 200;

/**
 * The text of an error as it is stored with a job. Libraries quote their input in messages, and users may have written that input, so
 * a message is cut at its first quotation mark. Refusals have fixed texts and are stored whole.
 */
export function errorText(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return typeof error;
  const [said = ''] = error.message.split(/["'`“‘\n]/);
  return `${error.name}: ${said}`.slice(0, MAX_LENGTH);
}
