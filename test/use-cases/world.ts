import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import type { Actor } from '../../src/application/actor.ts';
import type { JobWorker } from '../../src/application/jobs/job-worker.ts';
import type { UseCases } from '../../src/application/use-cases.ts';
import type { Config } from '../../src/composition/config.ts';
import { Wiring } from '../../src/composition/container.ts';
import { makeJobWorker } from '../../src/composition/jobs.ts';
import { openBudgets, openRateLimits } from '../../src/composition/rate-limits.ts';
import {
  BROADCAST,
  BUDGETS,
  CLOCK,
  JOB_WORKER,
  LOG,
  MEASUREMENTS,
  PASSWORD_HASHER,
  PRESENCE,
  RATE_LIMITS,
  SECRETS,
  STORAGE,
  TIMER,
  USE_CASES,
} from '../../src/composition/tokens.ts';
import { makeUseCases } from '../../src/composition/use-cases.ts';
import type { Chat } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { aSessionOf, insertChat, insertUser } from '../builders.ts';
import {
  breakable,
  countingSecrets,
  instantPasswordHasher,
  manualTimer,
  recordingBroadcast,
  recordingLog,
  stoppedClock,
} from '../fakes.ts';

export const UNKNOWN_CHAT = chatId(404);

/** Everybody is signed in. Ada owns the lobby, Bob is a member of it, Eve is an outsider with a den of her own. */
export interface World extends Ports {
  readonly useCases: UseCases;
  /** To be started by tests in which jobs are done. */
  readonly jobWorker: JobWorker;
  readonly ada: Actor;
  readonly bob: Actor;
  readonly eve: Actor;
  readonly lobby: Chat;
  readonly den: Chat;
  /** Ada says so many things in the lobby, which are answered oldest first. */
  say(...texts: readonly string[]): Promise<readonly Message[]>;
}

type Ports = ReturnType<typeof makePorts>;

type Rules = Pick<Config, 'registration' | 'limits'>;

/** Where nothing else is said, anybody may register and nothing is limited. */
export async function aWorld(rules: Partial<Rules> = {}): Promise<World> {
  const ports = makePorts();
  const people = await ports.storage.unitOfWork.run(async (store) => {
    const [ada, bob, eve] = [
      await insertUser(store, 'ada'),
      await insertUser(store, 'bob'),
      await insertUser(store, 'eve'),
    ];
    for (const user of [ada, bob, eve]) await store.sessions.add(aSessionOf(user));
    const actor = (user: typeof ada): Actor => ({ user, sessionId: aSessionOf(user).id });
    const lobby = await insertChat(store, 'Lobby', ada, bob);
    return { ada: actor(ada), bob: actor(bob), eve: actor(eve), lobby, den: await insertChat(store, 'Den', eve) };
  });
  const { useCases, jobWorker } = wired(ports, { registration: 'open', limits: undefined, ...rules });
  return {
    ...ports,
    ...people,
    useCases,
    jobWorker,
    async say(...texts) {
      const said: Message[] = [];
      for (const text of texts) {
        const { message } = await useCases.postMessage(people.ada, { chatId: people.lobby.id, text });
        said.push(message);
      }
      return said;
    },
  };
}

function makePorts() {
  const timer = manualTimer();
  return {
    storage: breakable(openMemoryStorage({ elapsed: timer.elapsed })),
    broadcast: recordingBroadcast(),
    presence: makeMemoryPresence(),
    clock: stoppedClock(),
    timer,
    log: recordingLog(),
    secrets: countingSecrets(),
    passwordHasher: instantPasswordHasher(),
    stopping: new AbortController(),
  };
}

function wired(ports: Ports, rules: Rules): { readonly useCases: UseCases; readonly jobWorker: JobWorker } {
  const { timer } = ports;
  const counting = { timer, sharedLimiter: undefined, sharedBudgets: undefined, measurements: undefined };
  const wiring = new Wiring()
    .bind(STORAGE, () => ports.storage)
    .bind(BROADCAST, () => ports.broadcast)
    .bind(PRESENCE, () => ports.presence)
    .bind(CLOCK, () => ports.clock)
    .bind(LOG, () => ports.log)
    .bind(MEASUREMENTS, () => noMeasurements)
    .bind(TIMER, () => ports.timer)
    .bind(SECRETS, () => ports.secrets)
    .bind(PASSWORD_HASHER, () => ports.passwordHasher)
    .bind(RATE_LIMITS, () => openRateLimits(rules, counting))
    .bind(BUDGETS, () => openBudgets(rules, counting))
    .bind(JOB_WORKER, makeJobWorker)
    .bind(USE_CASES, (get) => makeUseCases(get, { ...rules, stopping: ports.stopping.signal }));
  return { useCases: wiring.get(USE_CASES), jobWorker: wiring.get(JOB_WORKER) };
}
