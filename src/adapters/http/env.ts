import type { BlockList } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Actor } from '../../application/actor.ts';
import { DomainError } from '../../domain/errors.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    readonly actor: Actor | undefined;
    /** The request's id, once one was made for the log or for an answer. */
    readonly requestId: string | undefined;
    /** Whether the connection has become a WebSocket. */
    readonly isUpgraded: boolean | undefined;
    /** The proxies whose `X-Forwarded-*` headers are trusted; undefined when there are none. */
    readonly trustedProxies: BlockList | undefined;
    /** All headers of a page. */
    readonly pageHeaders: Readonly<Record<string, string>>;
  };
}

export type RequestContext = Context<Env>;

/** @throws DomainError `unauthenticated` */
export function requireActor(c: RequestContext): Actor {
  const actor = c.get('actor');
  if (!actor) throw new DomainError('unauthenticated', 'Sign in first.');
  return actor;
}

/** Whether the caller is a browser that asks for a page, and not a program that asks for data. */
export function wantsPage(c: RequestContext): boolean {
  return c.req.header('accept')?.includes('text/html') === true && c.req.header('upgrade') === undefined;
}
