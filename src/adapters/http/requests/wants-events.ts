import type { RequestContext } from '../env.ts';

/** Only a caller who names the type: an answer without an end would surprise every other one. */
export function wantsEvents(c: RequestContext): boolean {
  const types = c.req.header('accept')?.toLowerCase().split(',') ?? [];
  return types.some((type) => type.split(';', 1)[0]?.trim() === 'text/event-stream');
}
