import type { Block } from '../../domain/chats/direct.ts';
import type { User } from '../../domain/identity/user.ts';
import type { UserId } from '../../domain/ids.ts';

export interface BlocksView {
  /** The users whom this one blocks, by id. */
  by(userId: UserId): Promise<readonly User[]>;
  /** The users who block this one, in any order. */
  of(userId: UserId): Promise<readonly UserId[]>;
  /** The blocks of these users by each other, in any order. */
  among(userIds: readonly UserId[]): Promise<readonly Block[]>;
}

export interface Blocks extends BlocksView {
  /** Stores the block. One that is stored already changes nothing. Both users must exist. */
  add(block: Block & { readonly createdAt: number }): Promise<void>;
  /** Removes the block. False where there is none. */
  remove(block: Block): Promise<boolean>;
}
