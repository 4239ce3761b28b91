import type { Actor } from '../../../src/application/actor.ts';
import type { FollowedChat } from '../../../src/application/feed/chat-following.ts';
import type { ConnectedFollower, EndReason } from '../../../src/application/ports/follower.ts';
import type { ChatConnection } from '../../../src/application/use-cases/messages/follow-chat.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { textOf } from '../../../src/domain/messages/message.ts';
import type { ChatChange } from '../../../src/domain/reactions/reactions-change.ts';
import type { World } from '../world.ts';

export interface RecordingFollower extends ConnectedFollower {
  /** What it was told, in order: `ready 2`, `deliver a b`, `deliver 👍2`, `reset 7`, `details Lobby 2 1`, `renamed 2 robert`, `end session_ended`. */
  readonly calls: readonly string[];
  readonly delivered: readonly ChatChange[];
  /** While false, it takes messages and answers that it takes no more. */
  takesMore: boolean;
  /** Resolves when the message of this revision has been delivered. */
  heard(revision: number): Promise<void>;
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<EndReason>;
}

export function recordingFollower(): RecordingFollower {
  const calls: string[] = [];
  const delivered: ChatChange[] = [];
  const waiting: { readonly revision: number; readonly resolve: () => void }[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<EndReason>();
  const answer = () => {
    for (const { revision, resolve } of waiting) if (delivered.some((m) => m.revision === revision)) resolve();
  };
  const follower: RecordingFollower = {
    calls,
    delivered,
    ended,
    takesMore: true,
    heard(revision) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ revision, resolve });
      answer();
      return promise;
    },
    ready: (at) => void calls.push(`ready ${at}`),
    details: ({ name, members, connected }) => void calls.push(`details ${name} ${members} ${connected}`),
    renamed: ({ id, username }) => void calls.push(`renamed ${id} ${username}`),
    reset: (at) => void calls.push(`reset ${at}`),
    deliver(changes) {
      calls.push(['deliver', ...changes.map(wordsOf)].join(' '));
      delivered.push(...changes);
      answer();
      return follower.takesMore;
    },
    catchUp: (changes) => follower.deliver(changes),
    end(reason) {
      calls.push(`end ${reason}`);
      end(reason);
    },
  };
  return follower;
}

/** The text of a message; of reactions, each emoji with its count. */
export const wordsOf = (change: ChatChange): string =>
  change.kind === 'reactions'
    ? change.reactions.map(({ emoji, count }) => `${emoji}${count}`).join('')
    : textOf(change);

export interface Followed extends ChatConnection {
  readonly follower: RecordingFollower;
}

/** Begins to follow the lobby, as a socket does: it joins when `join` is called. */
export function follow(world: World, actor = world.bob, after?: number, chatId = world.lobby.id): Followed {
  return followChat(world, actor, {
    chatId,
    after: after === undefined ? undefined : revision(after),
    wantsDetails: false,
  });
}

/** As a browser's page does: from now on, and with the chat's details. */
export function followWithDetails(world: World, actor = world.bob, chatId = world.lobby.id): Followed {
  return followChat(world, actor, { chatId, after: undefined, wantsDetails: true });
}

function followChat(world: World, actor: Actor, chat: FollowedChat): Followed {
  const follower = recordingFollower();
  const following = world.useCases.followChat(actor, chat, follower);
  return {
    follower,
    join: () => following.join(),
    resume: (from) => following.resume(from),
    flush: () => following.flush(),
    used: () => following.used(),
    stop: () => following.stop(),
  };
}

/** Removes a member as a use case does: store, then publish. */
export async function removeFromLobby({ storage, broadcast, lobby }: World, { user }: World['ada']): Promise<void> {
  await storage.unitOfWork.run((store) => store.members.remove(lobby.id, user.id));
  broadcast.publishToChat(lobby.id, { type: 'member_left', chatId: lobby.id, userId: user.id });
}

export const revisionsOf = ({ delivered }: RecordingFollower): readonly number[] => delivered.map((m) => m.revision);

/** The integers from `first` to `last`. */
export const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
