import { DomainError, type ErrorCode } from '../../src/domain/errors.ts';

/** The code with which `decide` refuses, or undefined when it does not. Any other error is thrown on. */
export function refusal(decide: () => unknown): ErrorCode | undefined {
  try {
    decide();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
