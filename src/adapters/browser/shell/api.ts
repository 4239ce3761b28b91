import { isRecord } from '../connection/wire-decoding.ts';

/** A refusal by the server; its message is a sentence for the reader. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Requests JSON. A reader who is signed out is sent to the sign-in page, which leads back.
 * @throws Refusal when the server refuses or cannot be reached
 */
export async function requestJson(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...init, headers: { ...init.headers, accept: 'application/json' } }).catch(() =>
    refuse('The server cannot be reached. Try again in a moment.'),
  );
  if (response.status === 401) goToSignIn();
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) refuse(detailOf(body) ?? 'That did not work. Try again in a moment.');
  return body;
}

export function goToSignIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/auth?next=${encodeURIComponent(here)}`);
}

/**
 * The sentence of a refusal.
 * @throws every other error: it is a bug
 */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}

function detailOf(problem: unknown): string | undefined {
  return isRecord(problem) && typeof problem.detail === 'string' ? problem.detail : undefined;
}

function refuse(why: string): never {
  throw new Refusal(why);
}
