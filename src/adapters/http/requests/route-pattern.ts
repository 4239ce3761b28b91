import { matchedRoutes } from 'hono/route';
import type { RequestContext } from '../env.ts';

/** The route that was asked for, as `/invite/:code`: unlike the path it holds nobody's secret. */
export function routePattern(c: RequestContext): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none';
}
