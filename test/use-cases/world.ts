import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { makePasskeyVerifier } from '../../src/adapters/simplewebauthn/passkey-verifier.ts';
import type { Actor } from '../../src/application/actor.ts';
import type { JobWorker } from '../../src/application/jobs/job-worker.ts';
import type { Blobs } from '../../src/application/ports/blobs.ts';
import type { ErasureList } from '../../src/application/ports/erasure-list.ts';
import type { Thumbnails } from '../../src/application/ports/thumbnails.ts';
import type { WebPages } from '../../src/application/ports/web-pages.ts';
import type { Chat } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { anActor, aSessionOf, insertChat, insertUser } from '../builders.ts';
import {
  type BreakableStorage,
  breakable,
  countingSecrets,
  instantPasswordHasher,
  instantThumbnails,
  manualTimer,
  recordingBroadcast,
  recordingLog,
  recordingPushSender,
  stoppedClock,
} from '../fakes.ts';
import { type Rules, type WiredUseCases, wired } from './wired.ts';

const MIB_OF_FILES = { isOn: true, maxBytes: 1024 ** 2, bytesPerUser: 2 * 1024 ** 2 };

export const UNKNOWN_CHAT = chatId(404);

/** All three are signed in. Ada owns the lobby, Bob is a member of it, and Eve is an outsider who owns the den. */
export interface World extends Ports {
  readonly useCases: WiredUseCases;
  /** Started by the tests that need jobs to run. */
  readonly jobWorker: JobWorker;
  readonly ada: Actor;
  readonly bob: Actor;
  readonly eve: Actor;
  readonly lobby: Chat;
  readonly den: Chat;
  /** The use cases of a process that starts on the same storage. */
  restarted(ports: { readonly erasureList?: ErasureList; readonly blobs?: Blobs }): WiredUseCases;
  /** Ada posts these texts in the lobby; answers the messages, oldest first. */
  say(...texts: readonly string[]): Promise<readonly Message[]>;
}

type Ports = ReturnType<typeof makePorts>;

/** Ports that a test has of its own. */
export interface OwnPorts {
  readonly webPages: WebPages;
  readonly thumbnails: Thumbnails;
  readonly storage: BreakableStorage;
}

/** Unless a test says otherwise, anybody may register and nothing is limited. */
export async function aWorld(rules: Partial<Rules> = {}, own: Partial<OwnPorts> = {}): Promise<World> {
  const ports = { ...makePorts(), ...own };
  const people = await ports.storage.unitOfWork.run(async (store) => {
    const [ada, bob, eve] = [
      await insertUser(store, 'ada'),
      await insertUser(store, 'bob'),
      await insertUser(store, 'eve'),
    ];
    for (const user of [ada, bob, eve]) await store.sessions.add(aSessionOf(user));
    const lobby = await insertChat(store, 'Lobby', ada, bob);
    return { ada: anActor(ada), bob: anActor(bob), eve: anActor(eve), lobby, den: await insertChat(store, 'Den', eve) };
  });
  const unlimited: Rules = {
    registration: 'open',
    rates: undefined,
    delayCaps: { ofNetwork: 0, inAll: 0 },
    fileRules: MIB_OF_FILES,
  };
  const { useCases, jobWorker } = wired(ports, { ...unlimited, ...rules });
  return {
    ...ports,
    ...people,
    useCases,
    jobWorker,
    restarted: (more) => wired({ ...ports, ...more }, { ...unlimited, ...rules }).useCases,
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
    blobs: makeMemoryBlobs(),
    thumbnails: instantThumbnails(),
    broadcast: recordingBroadcast(),
    presence: makeMemoryPresence(),
    clock: stoppedClock(),
    timer,
    log: recordingLog(),
    secrets: countingSecrets(),
    passkeyVerifier: makePasskeyVerifier(),
    passwordHasher: instantPasswordHasher(),
    pushSender: recordingPushSender(),
    stopping: new AbortController(),
  };
}
