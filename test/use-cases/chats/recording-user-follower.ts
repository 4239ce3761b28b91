import type { EndReason, UserFollower } from '../../../src/application/ports/follower.ts';
import type { UserFollowing } from '../../../src/application/use-cases/chats/follow-user.ts';
import type { ChatSummary } from '../../../src/domain/chats/summary.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import type { Reading } from '../../../src/domain/reading/reading.ts';
import type { World } from '../world.ts';

export interface RecordingUserFollower extends UserFollower {
  /** What it was told, in order: `hello Lobby:hi Den`, `hello Den (ada) Den (bob)`, `chat Lobby:hi`, `left 1`, `typing ada in 1`, `presence ada idle`, `sound 3 in 1`, `renamed 2 robert`, `end session_ended`. */
  readonly calls: string[];
  /** What the user has yet to read, as it was told last. */
  readonly readings: Map<ChatId, Reading>;
}

export function recordingUserFollower(): RecordingUserFollower {
  const calls: string[] = [];
  const readings = new Map<ChatId, Reading>();
  const described = ({ name, others, last }: Pick<ChatSummary, 'name' | 'others' | 'last'>) =>
    `${name}${others ? ` (${others.join(', ')})` : ''}${last ? `:${last.snippet}` : ''}`;
  return {
    calls,
    readings,
    hello(chats) {
      for (const { id, reading } of chats) readings.set(id, reading);
      calls.push(['hello', ...chats.map(described)].join(' '));
    },
    chat(summary, reading) {
      readings.set(summary.id, reading);
      calls.push(`chat ${described(summary)}`);
    },
    typing: ({ chatId, user }) => void calls.push(`typing ${user.username} in ${chatId}`),
    presence: ({ user, availability }) => void calls.push(`presence ${user.username} ${availability.state}`),
    renamed: ({ id, username }) => void calls.push(`renamed ${id} ${username}`),
    sound: (chatId, position) => void calls.push(`sound ${position} in ${chatId}`),
    pictureSet: ({ owner, version }) => void calls.push(`picture of ${owner.kind} ${owner.id}: ${version}`),
    signedIn: ({ device }) => void calls.push(`signed in ${device}`),
    oversightChanged: () => undefined,
    left: (chatId) => void calls.push(`left ${chatId}`),
    end: (reason: EndReason) => void calls.push(`end ${reason}`),
  };
}

export interface FollowedUser {
  readonly follower: RecordingUserFollower;
  readonly following: UserFollowing;
  /** What it was told since this was asked last. */
  news(): readonly string[];
}

/** A connection of the actor's that follows their chats, as a socket does: it joins when `join` is called. */
export function connect(world: World, actor = world.bob): FollowedUser {
  const follower = recordingUserFollower();
  const following = world.useCases.followUser(actor, follower);
  return { follower, following, news: () => follower.calls.splice(0) };
}
