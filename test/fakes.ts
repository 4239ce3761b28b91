import { makeMemoryBroadcast } from '../src/adapters/memory/broadcast.ts';
import { systemSecrets } from '../src/adapters/system/secrets.ts';
import type { Broadcast } from '../src/application/ports/broadcast.ts';
import type { Clock } from '../src/application/ports/clock.ts';
import type { Log, LogDetails } from '../src/application/ports/log.ts';
import type { PasswordHasher } from '../src/application/ports/password-hasher.ts';
import type { Push, PushOutcome, PushSender } from '../src/application/ports/push-sender.ts';
import type { Secrets } from '../src/application/ports/secrets.ts';
import type { Storage } from '../src/application/ports/storage.ts';
import type { Thumbnails } from '../src/application/ports/thumbnails.ts';
import type { Timer } from '../src/application/ports/timer.ts';
import { DomainError } from '../src/domain/errors.ts';
import type { ChatEvent, UserEvent } from '../src/domain/events.ts';
import { NOW } from './builders.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Stands still until it is advanced; a negative number turns it back. */
export function stoppedClock(): Clock & { advance(ms: number): void } {
  let now = NOW;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** For what posts and edits without cards. */
export const noCards = { isOn: false, keepsImages: false, ownOrigin: undefined };

/** Tokens with a visible number. Digests and MACs are real. */
export function countingSecrets(): Secrets {
  let tokens = 0;
  return {
    ...systemSecrets,
    token() {
      tokens += 1;
      return `token-${tokens}-`.padEnd(43, '0');
    },
  };
}

/** Readable hashes: `instant:<salt>:<password>`. Any other hash is outdated and matches the password at its end. */
export function instantPasswordHasher(): PasswordHasher & { readonly hashed: readonly string[] } {
  const hashed: string[] = [];
  return {
    hashed,
    async hash(password) {
      hashed.push(password);
      return `instant:${hashed.length}:${password}`;
    },
    async verify(hash, { password, begin }) {
      await begin();
      return hash.endsWith(`:${password}`);
    },
    async verifyNothing({ begin }) {
      await begin();
      return false;
    },
    isOutdated: (hash) => !hash.startsWith('instant:'),
  };
}

/** Runs due calls when it is advanced; `pending` is the number of calls that wait. */
export function manualTimer(): Timer & { advance(ms: number): void; readonly pending: number } {
  let elapsed = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  return {
    get pending() {
      return waiting.length;
    },
    elapsed: () => elapsed,
    soon: (run) => queueMicrotask(run),
    after(ms, run) {
      waiting.push({ at: elapsed + ms, run });
    },
    advance(ms) {
      elapsed += ms;
      const due = waiting.filter(({ at }) => at <= elapsed);
      waiting = waiting.filter(({ at }) => at > elapsed);
      for (const { run } of due) run();
    },
  };
}

export interface RecordingBroadcast extends Broadcast {
  /** Everything that was published. */
  readonly published: readonly (ChatEvent | UserEvent)[];
  /** The number of subscriptions. */
  readonly listeners: number;
}

export function recordingBroadcast(): RecordingBroadcast {
  const broadcast = makeMemoryBroadcast();
  const published: (ChatEvent | UserEvent)[] = [];
  let listeners = 0;
  const counted = (unsubscribe: () => void) => {
    listeners += 1;
    let isOver = false;
    return () => {
      if (!isOver) listeners -= 1;
      isOver = true;
      unsubscribe();
    };
  };
  return {
    published,
    get listeners() {
      return listeners;
    },
    publishToChat(chatId, event) {
      published.push(event);
      broadcast.publishToChat(chatId, event);
    },
    publishToUser(userId, event) {
      published.push(event);
      broadcast.publishToUser(userId, event);
    },
    publishPresence: (event) => broadcast.publishPresence(event),
    subscribeToPresence: (listen) => broadcast.subscribeToPresence(listen),
    subscribeToChat: (chatId, listen) => counted(broadcast.subscribeToChat(chatId, listen)),
    subscribeToUser: (userId, listen) => counted(broadcast.subscribeToUser(userId, listen)),
  };
}

export interface BreakableStorage extends Storage {
  /** While true every read outside a unit of work is refused. */
  failReads: boolean;
  /** Every read outside a unit of work awaits this after reading, before it answers. */
  slowReads: Promise<void> | undefined;
  /** While true every unit of work runs and then fails to commit. */
  failCommits: boolean;
  /** While true every scrub fails. */
  failScrubs: boolean;
}

export function breakable(storage: Storage): BreakableStorage {
  const breakableStorage: BreakableStorage = {
    failReads: false,
    slowReads: undefined,
    failCommits: false,
    failScrubs: false,
    installation: storage.installation,
    unitOfWork: {
      run: (work) =>
        storage.unitOfWork.run(async (store) => {
          const result = await work(store);
          if (breakableStorage.failCommits) throw outOfOrder();
          return result;
        }),
      post: (key, decide) =>
        storage.unitOfWork.post(key, (facts) => {
          const posted = decide(facts);
          if (breakableStorage.failCommits) throw outOfOrder();
          return posted;
        }),
    },
    view: reading(() => breakableStorage, storage.view),
    async assertWritable() {
      if (breakableStorage.failCommits) throw outOfOrder();
      await storage.assertWritable();
    },
    async scrub() {
      if (breakableStorage.failScrubs) throw outOfOrder();
      await storage.scrub();
    },
    close: () => storage.close(),
  };
  return breakableStorage;
}

/** The same object, but its methods, and those of its members, fail or wait as `how` says. */
function reading<T extends object>(how: () => Pick<BreakableStorage, 'failReads' | 'slowReads'>, target: T): T {
  return new Proxy(target, {
    get(_target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member === 'object' && member !== null) return reading(how, member);
      if (typeof member !== 'function') return member;
      // `version` is not a read and answers at once.
      if (key === 'version') return member.bind(target);
      return async (...args: unknown[]): Promise<unknown> => {
        if (how().failReads) throw outOfOrder();
        const answer: unknown = await Reflect.apply(member, target, args);
        await how().slowReads;
        return answer;
      };
    },
  });
}

const outOfOrder = () => new DomainError('unavailable', 'The storage is out of order.');

export interface RecordingPushSender extends PushSender {
  /** What was sent, in order. */
  readonly sent: Push[];
  /** What becomes of the next messages: an error is thrown. */
  answer: PushOutcome | Error;
  /** Called within the sending of a message. */
  onSend: (push: Push) => Promise<unknown>;
}

export function recordingPushSender(): RecordingPushSender {
  const sender: RecordingPushSender = {
    sent: [],
    answer: 'sent',
    onSend: async () => undefined,
    isAllowed: ({ endpoint }) => endpoint.startsWith('https://push.example/'),
    async send(push) {
      await sender.onSend(push);
      if (sender.answer instanceof Error) throw sender.answer;
      if (sender.answer === 'sent') sender.sent.push(push);
      return sender.answer;
    },
  };
  return sender;
}

export interface LogEntry {
  readonly level: keyof Log;
  readonly details: LogDetails;
  readonly message: string;
}

export interface RecordingLog extends Log {
  readonly entries: readonly LogEntry[];
}

export function recordingLog(): RecordingLog {
  const entries: LogEntry[] = [];
  const at = (level: keyof Log) => (details: LogDetails, message: string) => {
    entries.push({ level, details, message });
  };
  return { entries, info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Resolves when everything that was started has ended. In-memory adapters await only promises, which all settle before the next turn of
 * the event loop.
 */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The word for every image that begins with PNG's signature; nothing for others. */
export const instantThumbnails = (): Thumbnails => ({
  async make(image) {
    const bytes = Buffer.from(await new Response(image).arrayBuffer());
    return bytes.subarray(1, 4).toString() === 'PNG' && bytes.length > 100 ? Buffer.from('small') : undefined;
  },
  async squares(image, widths) {
    const bytes = Buffer.from(image);
    if (bytes.subarray(1, 4).toString() !== 'PNG' || bytes.length <= 100) return undefined;
    // Other images have other pictures.
    return widths.map((width) => Buffer.from(`${width} of ${bytes.at(-1)}`));
  },
});
