import { privateStorage } from './private-storage.ts';

const nameOf = ({ userId, chatId }: Draft): string => `draft:${userId}:${chatId}`;

export interface Draft {
  readonly userId: number;
  readonly chatId: number;
}

/** What somebody has begun to write in a chat. */
export const drafts = {
  read: (draft: Draft): string => privateStorage.read(nameOf(draft)) ?? '',

  write(draft: Draft, text: string): void {
    if (text.trim() === '') privateStorage.remove(nameOf(draft));
    else privateStorage.write(nameOf(draft), text);
  },
};
