import type { EndReason } from '../../application/ports/follower.ts';
import type { UserFollowing } from '../../application/use-cases/chats/follow-user.ts';
import { revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import { type ChatId, chatId } from '../../domain/ids.ts';
import type { Caller } from '../delivery/admission.ts';
import { Delivery, type DeliveryOwner } from '../delivery/delivery.ts';
import type { Line } from '../delivery/line.ts';
import type { UserFrame } from '../wire/client-frames.ts';
import type { ConnectionHost } from './connection.ts';
import type { OfType } from './talk.ts';

interface Opened {
  readonly host: ConnectionHost;
  readonly line: Line;
  readonly caller: Caller;
  readonly following: UserFollowing;
  /** Told when something else than the membership of a chat ends. */
  readonly ended: (reason: EndReason) => void;
}

/** The chats that are followed over one socket. */
export class FollowedChats implements DeliveryOwner {
  readonly #opened: Opened;
  readonly #deliveries = new Map<ChatId, Delivery>();
  /** Follows and unfollows take effect in the order of their frames. */
  #lastChange: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(opened: Opened) {
    this.#opened = opened;
  }

  get(id: ChatId): Delivery | undefined {
    return this.#deliveries.get(id);
  }

  /** Follows a chat, from the start if it is followed already. Resolves with the refusal, if there is one. */
  follow(frame: OfType<UserFrame, 'follow'>): Promise<DomainError | undefined> {
    return this.#inOrder(async () => {
      const { host, caller, following } = this.#opened;
      const id = chatId(frame.chat_id);
      try {
        await host.useCases.assertMayFollow(caller.actor, id);
        this.#assertRoomFor(id);
      } catch (error) {
        if (error instanceof DomainError) return error;
        throw error;
      }
      if (this.#isStopped) return undefined;
      await this.#deliver(id, frame).join();
      await following.tellPresence(id);
      return undefined;
    });
  }

  unfollow(id: ChatId): Promise<void> {
    return this.#inOrder(async () => this.drop(id));
  }

  drop(id: ChatId): void {
    this.#deliveries.get(id)?.stop();
    this.#deliveries.delete(id);
  }

  flush(): void {
    for (const delivery of this.#deliveries.values()) delivery.flush();
  }

  stop(): void {
    this.#isStopped = true;
    for (const id of this.#deliveries.keys()) this.drop(id);
  }

  /** The end of a membership ends nothing but the following of its chat. */
  ended(id: ChatId, reason: EndReason): void {
    this.drop(id);
    if (reason !== 'not_a_member') this.#opened.ended(reason);
  }

  #deliver(id: ChatId, { after, details }: OfType<UserFrame, 'follow'>): Delivery {
    this.drop(id);
    const { host, line, caller, following } = this.#opened;
    const place = { after: after === undefined ? undefined : revision(after), wantsDetails: details === true };
    const delivery = new Delivery({
      owner: this,
      line,
      dialect: host.userV1,
      unsentChunks: host.unsentChunks,
      admission: { ...caller, ...place, chatId: id },
      follow: (admission, follower) => following.followChat(admission, follower),
    });
    this.#deliveries.set(id, delivery);
    return delivery;
  }

  /** @throws DomainError `too_many_requests` */
  #assertRoomFor(id: ChatId): void {
    if (this.#deliveries.has(id) || this.#deliveries.size < this.#opened.host.maxFollowedChats) return;
    const detail = 'This socket follows as many chats as it may. Unfollow one of them first.';
    throw new DomainError('too_many_requests', detail);
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#lastChange.then(work);
    this.#lastChange = done.catch(() => undefined);
    return done;
  }
}
