import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono/types';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { Env } from '../env.ts';

/** Skips methods without a body: looking for one costs more than everything else that is done with such a request. */
export function limitBodies(maxSize: number): MiddlewareHandler<Env> {
  const limit = bodyLimit({ maxSize, onError: tooLarge });
  return (c, next) => (BODILESS.has(c.req.method) ? next() : limit(c, next));
}

const BODILESS = new Set(['GET', 'HEAD']);

function tooLarge(): never {
  throw new HttpRefusal('too_large', 'The request body is too large.');
}
