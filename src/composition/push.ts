import type { BlockList } from 'node:net';
import { makeAddressGuard } from '../adapters/outbound/address-guard.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { makePushSender } from '../adapters/web-push/sender.ts';
import { makePushKeys } from '../adapters/web-push/vapid.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { PushKeys } from '../domain/push/push-keys.ts';

/** The keys of the installation. The first start makes them. */
export async function settlePushKeys({ view, unitOfWork }: Storage): Promise<PushKeys> {
  return (await view.pushDevices.keys()) ?? unitOfWork.run(({ pushDevices }) => pushDevices.settleKeys(makePushKeys()));
}

export const openPushSender = (keys: PushKeys, outboundSubnets: BlockList | undefined) =>
  makePushSender({ keys, guard: makeAddressGuard({ extra: outboundSubnets }), clock: systemClock });
