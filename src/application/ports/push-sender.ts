import type { Subscription } from '../../domain/push/subscription.ts';

export interface Push {
  readonly subscription: Subscription;
  /** JSON, at most 3,993 bytes. It is encrypted for the browser. */
  readonly payload: string;
  /** Replaces an earlier message under the same topic that the push service still holds: at most 32 characters of base64url. */
  readonly topic: string;
  readonly urgency: 'normal' | 'high';
  /** How long the push service may hold the message for a browser that it cannot reach. */
  readonly ttlSeconds: number;
  /** The origin under which the browser knows this installation. */
  readonly origin: string;
}

/** `gone`: the browser has ended the subscription. `refused`: the push service does not take this message, now or later. */
export type PushOutcome = 'sent' | 'gone' | 'refused';

export interface PushSender {
  /** Whether messages would be sent to this endpoint. Names are not looked up before a message is sent. */
  isAllowed(subscription: Subscription): boolean;
  /**
   * Resolves when the push service has taken the message, or has refused it.
   * @throws Error when it could not be reached, or asks to be left alone for a while: a later attempt may succeed
   */
  send(push: Push): Promise<PushOutcome>;
}
