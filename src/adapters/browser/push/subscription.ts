import { requestJson } from '../shell/api.ts';
import { privateStorage } from '../storage/private-storage.ts';

/** Noted once the reader has turned notifications on in this browser. Logging out removes it. */
const WANTED = 'push';

export const isPushWanted = (): boolean => privateStorage.read(WANTED) !== undefined;

/** Undefined where the browser has no push messages, as on sites without TLS. */
export async function pushManager(): Promise<PushManager | undefined> {
  if (!('serviceWorker' in navigator) || !('Notification' in window)) return undefined;
  const registration = await navigator.serviceWorker.ready;
  return 'pushManager' in registration ? registration.pushManager : undefined;
}

/**
 * Subscribes the browser, unless it is, and tells the server.
 * @param key the public key of the installation, base64url
 * @throws what `PushManager.subscribe` throws; Refusal when the server refuses the subscription
 */
export async function subscribe(manager: PushManager, key: string): Promise<void> {
  const known = await manager.getSubscription();
  if (known && !isOfKey(known, key)) await known.unsubscribe();
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await requestJson('/account/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(subscription),
  });
  privateStorage.write(WANTED, '');
}

export async function unsubscribe(manager: PushManager): Promise<void> {
  privateStorage.remove(WANTED);
  await requestJson('/account/push', { method: 'DELETE' });
  await (await manager.getSubscription())?.unsubscribe();
}

/** Another installation may have used the same address. */
function isOfKey({ options }: PushSubscription, key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key;
}
