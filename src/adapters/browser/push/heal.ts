import { isRecord } from '../connection/wire-decoding.ts';
import { requestJson } from '../shell/api.ts';
import { pushManager, subscribe } from './subscription.ts';

/**
 * Renews a subscription that the browser or the server has lost, without asking the reader: they have turned notifications on here,
 * and the browser still permits them. A failure is left to the next page.
 */
export async function healPush(): Promise<void> {
  const manager = await pushManager();
  if (!manager || Notification.permission !== 'granted') return;
  const known = await requestJson('/account/push');
  if (isRecord(known) && typeof known.key === 'string') await subscribe(manager, known.key);
}
