import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

/** @throws HttpRefusal `upgrade_required` */
export function assertUpgrade(c: RequestContext): void {
  if (c.req.header('upgrade')?.toLowerCase() === 'websocket') return;
  throw new HttpRefusal('upgrade_required', 'This address is for a WebSocket.');
}

/** A cookie that was prolonged by the request goes out with the upgrade. */
export function upgraded(c: RequestContext, response: Response): Response {
  for (const set of c.newResponse(null).headers.getSetCookie()) response.headers.append('Set-Cookie', set);
  c.set('isUpgraded', true);
  return response;
}
