import type { RequestContext } from '../env.ts';

/** Whether the caller names the type explicitly. A wildcard does not count: an endless answer would surprise the caller. */
export function wantsEvents(c: RequestContext): boolean {
  const types = c.req.header('accept')?.toLowerCase().split(',') ?? [];
  return types.some((type) => type.split(';', 1)[0]?.trim() === 'text/event-stream');
}
