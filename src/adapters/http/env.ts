import type { BlockList } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Actor } from '../../application/actor.ts';
import { DomainError } from '../../domain/errors.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    readonly actor: Actor | undefined;
    /** What the request is called, once it was spoken of. */
    readonly requestId: string | undefined;
    /** The connection belongs to a WebSocket from here on. */
    readonly isUpgraded: boolean | undefined;
    /** Who is believed about others; undefined when nobody is. */
    readonly trustedProxies: BlockList | undefined;
    /** All that goes with a page, as the security headers have it. */
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

/** A browser that wants a page to show, as against a script that wants data. */
export function wantsPage(c: RequestContext): boolean {
  return c.req.header('accept')?.includes('text/html') === true && c.req.header('upgrade') === undefined;
}
