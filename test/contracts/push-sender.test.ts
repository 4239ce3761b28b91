import { afterAll, beforeAll } from 'vitest';
import { loopbackSender, pushTo } from '../web-push/loopback-sender.ts';
import { TestPushService } from '../web-push/push-service.ts';
import { pushSenderContract } from './push-sender-contract.ts';

let service: TestPushService;
beforeAll(async () => {
  service = await new TestPushService().start();
});
afterAll(() => service.close());

pushSenderContract('HTTP', { sender: loopbackSender(), subscribe: () => service.subscribe(), pushTo });
