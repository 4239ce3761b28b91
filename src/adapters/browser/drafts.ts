import { privateStorage } from './private-storage.ts';

const nameOf = ({ userId, chatId }: Draft): string => `draft:${userId}:${chatId}`;

export interface Draft {
  readonly userId: number;
  readonly chatId: number;
}

/** What somebody has begun to write in a chat. */
export const drafts = {
  read: (draft: Draft): string => privateStorage.read(nameOf(draft)) ?? '',

  /** Answers whether the text is kept; nothing is kept of white space. */
  write(draft: Draft, text: string): boolean {
    if (text.trim() !== '') return privateStorage.write(nameOf(draft), text);
    privateStorage.remove(nameOf(draft));
    return true;
  },
};
