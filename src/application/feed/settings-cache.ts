import type { NotificationSettings } from '../../domain/attention/settings.ts';

/** What a connected user set for all their chats, once it was read. */
export class SettingsCache {
  #settings: NotificationSettings | undefined;
  /** Counts the changes: settings that were read before the latest one are not kept. */
  #era = 0;

  get current(): NotificationSettings | undefined {
    return this.#settings;
  }

  changed(): void {
    this.#era += 1;
    this.#settings = undefined;
  }

  /** To be called when the settings are about to be read, for what keeps them. */
  reading(): (settings: NotificationSettings) => void {
    const era = this.#era;
    return (settings) => {
      if (era === this.#era) this.#settings = settings;
    };
  }
}
