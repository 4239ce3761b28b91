import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono/types';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { Env } from '../env.ts';

/** What comes without a body is not asked for it: the answer takes more time than all else that is done with a request. */
export function limitBodies(maxSize: number): MiddlewareHandler<Env> {
  const limit = bodyLimit({ maxSize, onError: tooLarge });
  return (c, next) => (WITHOUT.has(c.req.method) ? next() : limit(c, next));
}

const WITHOUT = new Set(['GET', 'HEAD']);

function tooLarge(): never {
  throw new HttpRefusal('too_large', 'That is more than is taken in one request.');
}
