import { describe, expect, it } from 'vitest';
import type { Push, PushSender } from '../../src/application/ports/push-sender.ts';
import { TestPushService, type TestSubscription } from '../web-push/push-service.ts';

interface Sending {
  readonly sender: PushSender;
  /** A new subscription at a push service that is reached. */
  readonly subscribe: () => TestSubscription;
  readonly pushTo: (subscription: TestSubscription) => Push;
}

/** Every sender of push messages runs this. */
export function pushSenderContract(name: string, { sender, subscribe, pushTo }: Sending): void {
  describe(`a sender of push messages: ${name}`, () => {
    it('sends to the endpoints that it allows', async () => {
      const subscription = subscribe();
      expect(sender.isAllowed(pushTo(subscription).subscription)).toBe(true);
      expect(await sender.send(pushTo(subscription))).toBe('sent');
      expect(subscription.received).toHaveLength(1);
    });

    it.each([
      [404, 'gone'],
      [410, 'gone'],
      [400, 'refused'],
      [403, 'refused'],
      [413, 'refused'],
      [302, 'refused'],
    ])('takes the status %i for %s', async (answer, outcome) => {
      const subscription = subscribe();
      subscription.answer = answer;

      expect(await sender.send(pushTo(subscription))).toBe(outcome);
    });

    it.each([429, 500, 503])('fails with the status %i, so that a later attempt follows', async (answer) => {
      const subscription = subscribe();
      subscription.answer = answer;

      await expect(sender.send(pushTo(subscription))).rejects.toThrow(String(answer));
    });

    it('fails when nobody listens', async () => {
      const gone = await new TestPushService().start();
      const subscription = gone.subscribe();
      await gone.close();

      await expect(sender.send(pushTo(subscription))).rejects.toThrow('ECONNREFUSED');
    });
  });
}
