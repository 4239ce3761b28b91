import type { SoundFrame } from '../../wire/user-frames.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { webLocks } from '../storage/tabs.ts';
import { lockOfShown, shownChat } from './shown-chat.ts';

/** Maximum messages whose sound this page holds for itself. */
const MAX_CLAIMED = 50;

/** Releases what was claimed, the oldest first. */
const claimed: (() => void)[] = [];

/**
 * Plays the sound for a message in one of the pages that are open in this browser, and in none while one of them shows the chat. Browsers
 * let a page play only after its reader has done something in it: a page without that leaves the sound to the others.
 */
export async function sound({ chat_id: chatId, position }: SoundFrame): Promise<void> {
  if (!navigator.userActivation.hasBeenActive || shownChat() === String(chatId)) return;
  const message = `${chatId}:${position}`;
  const locks = webLocks();
  if (!locks) return claimByStorage(message);
  const { held = [] } = await locks.query();
  if (held.some(({ name }) => name === lockOfShown(chatId))) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  // The lock is held on after the sound: another page may hear of the message later.
  await locks.request(`shoal:sound:${message}`, { ifAvailable: true }, (lock) => {
    if (!lock) return;
    claimed.push(resolve);
    if (claimed.length > MAX_CLAIMED) claimed.shift()?.();
    play();
    return promise;
  });
}

/** Over plain HTTP there are no locks. Two pages that hear of the message in the same moment may both play. */
function claimByStorage(message: string): void {
  if (privateStorage.read('sound') === message) return;
  privateStorage.write('sound', message);
  play();
}

/** Two short tones, the second one higher. */
function play(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.connect(context.destination);
  volume.gain.setValueAtTime(0, 0);
  for (const [pitch, at] of [
    [660, 0.02],
    [880, 0.14],
  ] as const) {
    const tone = new OscillatorNode(context, { frequency: pitch });
    tone.connect(volume);
    tone.start(at);
    tone.stop(at + 0.12);
    volume.gain.linearRampToValueAtTime(0.15, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.12);
  }
  setTimeout(() => context.close(), LASTS_MS);
}

const LASTS_MS = 1_000;
