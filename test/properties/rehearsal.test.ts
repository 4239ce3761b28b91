import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PushOutcome } from '../../src/application/ports/push-sender.ts';
import type { NewNotifications } from '../../src/application/use-cases/attention/set-notifications.ts';
import { WEEKDAYS } from '../../src/domain/attention/quiet-hours.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { LEVELS, type Level } from '../../src/domain/reading/level.ts';
import { anActor, aSessionOf } from '../builders.ts';
import { aPushWorld } from '../use-cases/push/push-world.ts';

const HOUR_MS = 3_600_000;

const TEXTS = ['deploy now', 'a **tide** table', '@bob look', '@all look', 'plain words', '> deploy', '||deploy||'];

type Step =
  | { readonly do: 'post' | 'write' | 'edit' | 'delete' | 'restore'; readonly text: string; readonly at: number }
  | { readonly do: 'level'; readonly level: Level }
  | { readonly do: 'mute'; readonly hours: number }
  | { readonly do: 'answer'; readonly answer: PushOutcome }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'run' | 'read' | 'subscribe' | 'use' };

const time = fc.nat({ max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
const settings: fc.Arbitrary<Required<NewNotifications>> = fc.record({
  quietHours: fc.option(
    fc.record({
      zone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York'),
      days: fc.subarray([...WEEKDAYS]),
      from: time,
      to: time,
    }),
  ),
  keywords: fc.subarray(['deploy', 'tide', 'words']),
  sound: fc.boolean(),
});

const post = fc.record({ do: fc.constant('post' as const), text: fc.constantFrom(...TEXTS), at: fc.nat({ max: 20 }) });
const common: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 6, arbitrary: post },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('level' as const), level: fc.constantFrom(...LEVELS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('mute' as const), hours: fc.constantFrom(0, 1, 5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(20, 90, 700) }) },
];
const changing = fc.record({
  do: fc.constantFrom('write' as const, 'edit', 'delete', 'restore'),
  text: fc.constantFrom(...TEXTS),
  at: fc.nat({ max: 20 }),
});
const every: readonly fc.WeightedArbitrary<Step>[] = [
  ...common,
  { weight: 4, arbitrary: changing },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('answer' as const), answer: fc.constantFrom('sent', 'gone', 'refused') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('run' as const, 'run', 'read', 'subscribe', 'use') }) },
];

/** Ada writes in the lobby, and Bob, who set something, has one device, and later more. */
async function trial(chosen: NewNotifications) {
  const world = await aPushWorld();
  const { ada, bob, lobby, useCases, storage, clock, pushSender, pass, subscribe, use } = world;
  await useCases.setNotifications(bob, chosen);
  const sent: Message[] = [];
  let devices = 1;

  async function subscribeAnother(): Promise<void> {
    devices += 1;
    const session = aSessionOf(bob.user, { id: `session ${devices}` as never });
    await storage.unitOfWork.run((store) => store.sessions.add(session));
    await subscribe(anActor(bob.user, session), `bob ${devices}`);
  }

  /** What is refused, such as an edit of a deleted message, changes nothing. */
  async function change({ do: what, text, at }: Extract<Step, { text: string }>): Promise<void> {
    const chosen = sent[at % Math.max(sent.length, 1)];
    if (what === 'post') sent.push((await useCases.postMessage(ada, { chatId: lobby.id, text })).message);
    else if (what === 'write') await useCases.postMessage(bob, { chatId: lobby.id, text });
    else if (chosen) {
      const place = { chatId: lobby.id, position: chosen.position };
      const now = await storage.view.messages.find(place);
      const base = now?.revision ?? chosen.revision;
      const work = {
        edit: () => useCases.editMessage(ada, { ...place, text, base }),
        delete: () => useCases.deleteMessage(ada, place),
        restore: () => useCases.restoreMessage(ada, place),
      }[what];
      await work().catch(() => undefined);
    }
  }

  async function take(step: Step): Promise<unknown> {
    switch (step.do) {
      case 'level':
        return useCases.setLevel(bob, { chatId: lobby.id, level: step.level });
      case 'mute':
        return useCases.setLevel(bob, {
          chatId: lobby.id,
          mute: step.hours === 0 ? null : { forMs: step.hours * HOUR_MS },
        });
      case 'wait':
        return clock.advance(step.minutes * 60_000);
      case 'answer':
        pushSender.answer = step.answer;
        return undefined;
      case 'run':
        return pass();
      case 'read':
        return useCases.markRead(bob, { chatId: lobby.id, position: 1_000 as never, version: undefined });
      case 'subscribe':
        return subscribeAnother();
      case 'use':
        return use(bob);
      default:
        return change(step);
    }
  }

  /** The ledger, as it is shown for each message. */
  async function shown() {
    const counts: Record<string, number> = {};
    for (const { position } of await storage.view.messages.before(lobby.id, undefined, 1_000)) {
      for (const { deviceId, reason } of await useCases.viewNotified(bob, { chatId: lobby.id, position }))
        if (deviceId !== null) counts[reason] = (counts[reason] ?? 0) + 1;
    }
    return counts;
  }

  const rehearse = (changes: NewNotifications) => useCases.rehearseNotifications(bob, changes);
  return { take, pass, shown, rehearse };
}

describe('rehearsing notifications', () => {
  it('the present settings equals the ledger, whatever was written, changed, deleted, read, muted and subscribed', async () => {
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.array(fc.oneof(...every), { minLength: 5, maxLength: 40 }),
        async (chosen, steps) => {
          const { take, pass, shown, rehearse } = await trial(chosen);
          for (const step of steps) await take(step);
          await pass(4_000);
          const { ledger, rehearsed, changes } = await rehearse({});
          expect(ledger).toEqual(await shown());
          expect([rehearsed, changes]).toEqual([ledger, []]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('other settings is what the ledger has where these were set from the beginning', async () => {
    const steps = fc.array(fc.oneof(...common), { minLength: 5, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(settings, settings, steps, async (one, other, taken) => {
        const [here, there] = [await trial(one), await trial(other)];
        for (const { take, pass } of [here, there]) {
          for (const step of taken) {
            await take(step);
            await pass();
          }
        }
        expect((await here.rehearse(other)).rehearsed).toEqual((await there.rehearse({})).ledger);
      }),
      { numRuns: 40 },
    );
  });
});
