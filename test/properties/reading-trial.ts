import { expect } from 'vitest';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { makePasskeyVerifier } from '../../src/adapters/simplewebauthn/passkey-verifier.ts';
import type { Actor } from '../../src/application/actor.ts';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import type { UserFollowing } from '../../src/application/use-cases/chats/follow-user.ts';
import { type Chat, revision } from '../../src/domain/chats/chat.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { anActor, aSessionOf, insertChat, insertUser } from '../builders.ts';
import {
  countingSecrets,
  instantPasswordHasher,
  instantThumbnails,
  manualTimer,
  recordingLog,
  recordingPushSender,
  settled,
  stoppedClock,
} from '../fakes.ts';
import { type RecordingUserFollower, recordingUserFollower } from '../use-cases/chats/recording-user-follower.ts';
import { type WiredUseCases, wired } from '../use-cases/wired.ts';

export type Act = 'post' | 'mention' | 'mention all' | 'edit' | 'react' | 'delete' | 'restore' | 'read' | 'unread';

/** A device, which may be asleep: then it shows nothing and is not told of anything. */
interface Device {
  readonly actor: Actor;
  follower: RecordingUserFollower;
  following: UserFollowing | undefined;
}

/** Two people with two devices each, and a third who leaves and joins, in one chat. The broadcast may lose events. */
export class ReadingTrial {
  readonly #storage: Storage;
  readonly #useCases: WiredUseCases;
  readonly #timer = manualTimer();
  readonly #broadcast: LosingBroadcast;
  readonly #chat: Chat;
  readonly #devices: readonly Device[];

  private constructor(storage: Storage, world: { readonly chat: Chat; readonly actors: readonly Actor[] }) {
    const { chat, actors } = world;
    this.#storage = storage;
    this.#chat = chat;
    this.#broadcast = new LosingBroadcast();
    const ports = {
      storage,
      broadcast: this.#broadcast,
      presence: makeMemoryPresence(),
      ...{ blobs: makeMemoryBlobs(), thumbnails: instantThumbnails() },
      clock: stoppedClock(),
      timer: this.#timer,
      log: recordingLog(),
      secrets: countingSecrets(),
      passkeyVerifier: makePasskeyVerifier(),
      passwordHasher: instantPasswordHasher(),
      pushSender: recordingPushSender(),
      stopping: new AbortController(),
    };
    const files = { fileRules: { isOn: false, maxBytes: 0, bytesPerUser: 0 } };
    const rules = { registration: 'open', rates: undefined, delayCaps: { ofNetwork: 0, inAll: 0 }, ...files } as const;
    this.#useCases = wired(ports, rules).useCases;
    const [ada, bob] = actors;
    if (!ada || !bob) throw new Error('There are two.');
    this.#devices = [ada, ada, bob, bob].map((actor) => ({
      actor,
      follower: recordingUserFollower(),
      following: undefined,
    }));
  }

  static async begin(storage: Storage): Promise<ReadingTrial> {
    const world = await storage.unitOfWork.run(async (store) => {
      const people = [await insertUser(store, 'ada'), await insertUser(store, 'bob')];
      for (const person of people) await store.sessions.add(aSessionOf(person));
      return { chat: await insertChat(store, 'Lobby', ...people), actors: people.map((person) => anActor(person)) };
    });
    const trial = new ReadingTrial(storage, world);
    for (let device = 0; device < 4; device += 1) await trial.wake(device);
    return trial;
  }

  /** What is refused changes nothing. */
  async act(act: Act, by: number, at: number): Promise<void> {
    const { actor } = this.#device(by);
    const chatId = this.#chat.id;
    const newest = (await this.#storage.view.chats.find(chatId))?.revision ?? 0;
    const place = { chatId, position: revision(1 + (at % Math.max(1, newest))) };
    const base = (await this.#storage.view.messages.find(place))?.revision ?? place.position;
    const uses = this.#useCases;
    const acts: Readonly<Record<Act, () => Promise<unknown>>> = {
      post: () => uses.postMessage(actor, { chatId, text: 'said' }),
      mention: () => uses.postMessage(actor, { chatId, text: at % 2 === 0 ? '@ada @ada' : '@bob' }),
      'mention all': () => uses.postMessage(actor, { chatId, text: '@all' }),
      edit: () => uses.editMessage(actor, { ...place, base, text: at % 2 === 0 ? 'edited' : '@ada @bob' }),
      react: () => uses.reactToMessage(actor, { ...place, emoji: '👍', on: at % 3 > 0 }),
      delete: () => uses.deleteMessage(actor, place),
      restore: () => uses.restoreMessage(actor, place),
      read: () => uses.markRead(actor, { ...place, version: at % 2 === 0 ? undefined : this.#known(by) }),
      unread: () => uses.markUnread(actor, place),
    };
    await ignoringRefusals(acts[act]());
  }

  /** Bob leaves, or comes back. */
  async leaveOrJoin(): Promise<void> {
    const [ada, bob] = [this.#device(0).actor, this.#device(2).actor];
    try {
      await this.#useCases.leaveChat(bob, this.#chat.id);
    } catch {
      const { code } = await this.#useCases.createInvite(ada, this.#chat.id);
      await this.#useCases.redeemInvite(bob, code);
    }
  }

  async wake(of: number): Promise<void> {
    const device = this.#device(of);
    this.drop(of);
    device.follower = recordingUserFollower();
    device.following = this.#useCases.followUser(device.actor, device.follower);
    await device.following.join();
  }

  drop(of: number): void {
    const device = this.#device(of);
    device.following?.stop();
    device.following = undefined;
  }

  /** What happens meanwhile is not broadcast. */
  async losing(work: () => Promise<void>): Promise<void> {
    this.#broadcast.isLosing = true;
    await work();
    this.#broadcast.isLosing = false;
    for (const { actor } of this.#devices) this.#broadcast.publishToUser(actor.user.id, { type: 'events_missed' });
    this.#broadcast.publishToChat(this.#chat.id, { type: 'events_missed' });
  }

  /** Each device that is awake comes to show what the messages and the pointer in the store add up to. */
  async expectBadges(): Promise<void> {
    for (const { actor, follower, following } of this.#devices) {
      if (!following) continue;
      const wanted = await this.#counted(actor);
      const shown = async () => {
        await settled();
        this.#timer.advance(200);
        await settled();
        const { pointer, unread, mentions } = follower.readings.get(this.#chat.id) ?? {};
        return wanted && { pointer, unread, mentions };
      };
      await expect.poll(shown, { interval: 1, timeout: 10_000 }).toEqual(wanted);
    }
  }

  /** Undefined for somebody who is no member. */
  async #counted({ user }: Actor) {
    const { messages, reading } = this.#storage.view;
    const pointer = (await reading.statesOf(user.id)).get(this.#chat.id)?.pointer;
    if (!pointer) return undefined;
    const unread = (await messages.after(this.#chat.id, pointer.position, 1_000)).filter(
      ({ kind, author }) => kind === 'text' && author.id !== user.id,
    );
    const mentions = unread.filter(
      (message) => message.kind === 'text' && message.mentions.some(({ userId }) => userId === user.id),
    );
    return { pointer, unread: Math.min(unread.length, 100), mentions: Math.min(mentions.length, 100) };
  }

  /** The version that the device was told last. */
  #known(of: number): number | undefined {
    return this.#device(of).follower.readings.get(this.#chat.id)?.pointer.version;
  }

  #device(of: number): Device {
    const device = this.#devices[of];
    if (!device) throw new Error('There is no such device.');
    return device;
  }
}

class LosingBroadcast implements Broadcast {
  isLosing = false;
  readonly #inner = makeMemoryBroadcast();
  readonly subscribeToChat = this.#inner.subscribeToChat;
  readonly subscribeToUser = this.#inner.subscribeToUser;
  readonly subscribeToPresence = this.#inner.subscribeToPresence;
  readonly publishPresence = this.#inner.publishPresence;

  readonly publishToChat: Broadcast['publishToChat'] = (id, event) => {
    if (!this.isLosing) this.#inner.publishToChat(id, event);
  };

  readonly publishToUser: Broadcast['publishToUser'] = (id, event) => {
    if (!this.isLosing) this.#inner.publishToUser(id, event);
  };
}

async function ignoringRefusals(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
