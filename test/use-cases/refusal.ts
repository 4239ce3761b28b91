import { DomainError, type ErrorCode } from '../../src/domain/errors.ts';

/** The code with which the promise is refused, or undefined when it is not. Any other rejection is passed on. */
export async function refusal(promised: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await promised;
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
