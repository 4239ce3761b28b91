import { privateStorage } from '../../storage/private-storage.ts';

const MAX_RECENT = 32;

/** The emoji that a person has chosen in this browser, the last one first. */
export class RecentEmoji {
  readonly #key: string;

  constructor(userId: number) {
    this.#key = `emoji:${userId}`;
  }

  get all(): readonly string[] {
    return privateStorage.read(this.#key)?.split(' ') ?? [];
  }

  note(emoji: string): void {
    const others = this.all.filter((one) => one !== emoji);
    privateStorage.write(this.#key, [emoji, ...others].slice(0, MAX_RECENT).join(' '));
  }
}
