import type { Actor } from '../../../src/application/actor.ts';
import type { AnnouncementReason } from '../../../src/domain/push/announcement.ts';
import type { Subscription } from '../../../src/domain/push/subscription.ts';
import { settled } from '../../fakes.ts';
import { recordingUserFollower } from '../chats/recording-user-follower.ts';
import { aWorld } from '../world.ts';

export function aSubscription(name = 'one'): Subscription {
  return { endpoint: `https://push.example/${name}`, publicKey: `BA${'x'.repeat(85)}`, auth: 'a'.repeat(22) };
}

/** The world, with jobs that run, in which Bob is told of everything in the lobby on one device. */
export async function aPushWorld() {
  const world = await aWorld();
  const { useCases, bob, lobby, clock, timer, pushSender } = world;
  world.jobWorker.start();
  await useCases.setLevel(bob, { chatId: lobby.id, level: 'all' });
  const subscribe = (actor: Actor, name: string = actor.user.username) =>
    useCases.addPushDevice(actor, aSubscription(name), 'https://chat.example');
  const device = await subscribe(bob);

  /** Runs what is due now and within this time. */
  async function pass(ms = 0): Promise<void> {
    for (let passed = 0; passed <= ms; passed += 1_000) {
      if (passed > 0) {
        clock.advance(1_000);
        timer.advance(1_000);
      }
      for (let turn = 0; turn < 4; turn += 1) {
        await settled();
        timer.advance(0);
      }
    }
    await settled();
  }

  /** Ada posts the text in the lobby. */
  async function post(text: string) {
    const { message } = await useCases.postMessage(world.ada, { chatId: lobby.id, text });
    return { chatId: lobby.id, position: message.position };
  }

  const reasons = async (
    actor: Actor,
    place: Awaited<ReturnType<typeof post>>,
  ): Promise<readonly AnnouncementReason[]> => (await useCases.viewNotified(actor, place)).map(({ reason }) => reason);

  /** A device of the actor's session is connected, and in use. */
  function use(actor: Actor) {
    const following = useCases.followUser(actor, recordingUserFollower());
    following.renewPresence('active');
    return following;
  }

  const shown = () => pushSender.sent.map(({ payload }) => JSON.parse(payload));
  return { ...world, device, subscribe, pass, post, reasons, use, shown };
}
