import type { EndReason, UserFollower } from '../../../src/application/ports/follower.ts';
import type { UserFollowing } from '../../../src/application/use-cases/chats/follow-user.ts';
import type { World } from '../world.ts';

export interface RecordingUserFollower extends UserFollower {
  /** What it was told, in order: `hello Lobby:hi Den`, `chat Lobby:hi`, `left 1`, `end session_ended`. */
  readonly calls: string[];
}

export function recordingUserFollower(): RecordingUserFollower {
  const calls: string[] = [];
  const described = ({ name, last }: { name: string; last: { snippet: string } | null }) =>
    last ? `${name}:${last.snippet}` : name;
  return {
    calls,
    hello: (chats) => void calls.push(['hello', ...chats.map(described)].join(' ')),
    chat: (summary) => void calls.push(`chat ${described(summary)}`),
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
