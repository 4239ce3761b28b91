import { isMuted } from '../../domain/attention/settings.ts';
import { hasSound } from '../../domain/attention/sound.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { isUnread, type Reading } from '../../domain/reading/reading.ts';
import type { AttentionView } from '../ports/attention.ts';
import type { Clock } from '../ports/clock.ts';
import type { SettingsCache } from './settings-cache.ts';

/** Maximum messages of a chat that are considered at a time, the latest ones. */
const MAX_CONSIDERED = 20;

interface LiveSoundsDeps {
  readonly chatId: ChatId;
  readonly view: AttentionView;
  readonly clock: Clock;
}

/** A user who sees the chat in a list. */
interface Listening {
  readonly userId: UserId;
  readonly settings: SettingsCache;
  sound(chatId: ChatId, position: Revision): void;
}

/**
 * Tells the users of a chat for which messages their open pages play a sound. The settings of each user are read once for all chats, when
 * a message may concern them.
 */
export class LiveSounds {
  readonly #deps: LiveSoundsDeps;
  #posted: Message[] = [];

  constructor(deps: LiveSoundsDeps) {
    this.#deps = deps;
  }

  posted(message: Message): void {
    this.#posted.push(message);
    if (this.#posted.length > MAX_CONSIDERED) this.#posted.shift();
  }

  /** Considers what was posted since the last call. */
  async tell(readings: Iterable<readonly [Listening, Reading]>): Promise<void> {
    const posted = this.#posted.splice(0);
    if (posted.length === 0) return;
    const at = this.#deps.clock.now();
    const concerned = [...readings].filter(
      ([{ userId }, reading]) =>
        !isMuted(reading, at) && posted.some((message) => isUnread(message, userId, reading.pointer)),
    );
    await this.#readSettings(concerned.map(([listening]) => listening));
    for (const [listening, reading] of concerned) {
      const { userId, settings } = listening;
      const set = settings.current;
      const heard = set && posted.findLast((message) => hasSound(message, { ...reading, userId, settings: set }, at));
      if (heard) listening.sound(heard.chatId, heard.position);
    }
  }

  async #readSettings(listening: readonly Listening[]): Promise<void> {
    const unknown = listening.filter(({ settings }) => !settings.current);
    if (unknown.length === 0) return;
    const keep = new Map(unknown.map(({ userId, settings }) => [userId, settings.reading()]));
    const found = await this.#deps.view.ofMembers(this.#deps.chatId, [...keep.keys()]);
    for (const [userId, { settings }] of found) keep.get(userId)?.(settings);
  }
}
