import { revision } from '../../../domain/chats/chat.ts';
import { MAX_OTHERS, noDirectChat, peopleKey, roleAmong } from '../../../domain/chats/direct.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import { type UsernameKey, usernameKey } from '../../../domain/identity/username.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';
import { settleAccount } from '../identity/settle-account.ts';
import { applyBlocks } from './apply-blocks.ts';

export interface OpenedDirectChat {
  readonly chatId: ChatId;
  /** False when these people had the chat already. */
  readonly isNew: boolean;
}

/**
 * Opens the direct chat of the actor and the people with these names: the one that they have, or a new one. A chat that the actor had
 * hidden is listed again.
 * @throws DomainError `bad_request` for no others or more than eight; `forbidden` when one of them shares no chat with the actor or blocks
 * them, or has no active account; `too_many_requests`, `unavailable`
 */
export type OpenDirectChat = (
  actor: Actor,
  input: { readonly usernames: readonly string[] },
) => Promise<OpenedDirectChat>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
}

export function makeOpenDirectChat(deps: Deps): OpenDirectChat {
  /** By actor and people: simultaneous openings of one actor count as one new chat. */
  const creating = new Map<string, Promise<OpenedDirectChat>>();

  return async (actor, { usernames }) => {
    const people = [actor.user, ...(await findOthers(deps.view, actor, usernames))];
    const known = await deps.view.chats.findDirect(peopleKey(people));
    if (known !== undefined) return reopen(deps, actor, known);
    await assertActive(deps.view, people);
    const key = `${actor.user.id} ${peopleKey(people)}`;
    const begun = creating.get(key);
    if (begun !== undefined) return { ...(await begun), isNew: false };
    const created = create(deps, actor, people).finally(() => creating.delete(key));
    creating.set(key, created);
    return created;
  };
}

async function findOthers(view: StoreView, { user }: Actor, usernames: readonly string[]): Promise<readonly User[]> {
  const keys = new Set<UsernameKey>(usernames.map((name) => usernameKey(name.trim())));
  const own = (await view.users.find(user.id))?.username;
  if (own !== undefined) keys.delete(usernameKey(own));
  if (keys.size < 1 || keys.size > MAX_OTHERS)
    throw new DomainError('bad_request', `Name 1 to ${MAX_OTHERS} other people.`);
  const others = await view.members.sharing(user.id, [...keys]);
  if (others.length < keys.size) throw noDirectChat();
  const blocks = await view.blocks.among([user.id, ...others.map(({ id }) => id)]);
  if (blocks.some(({ blocked }) => blocked === user.id)) throw noDirectChat();
  return others;
}

/** @throws DomainError `forbidden` */
async function assertActive({ administration }: StoreView, people: readonly User[]): Promise<void> {
  const deactivated = await administration.deactivatedAmong(people.map(({ id }) => id));
  const person = people.find(({ id }) => deactivated.includes(id));
  if (person) throw new DomainError('forbidden', `The account of ${person.username} is deactivated.`);
}

async function reopen({ unitOfWork, view, broadcast }: Deps, { user }: Actor, chatId: ChatId) {
  const everyPosition = revision(Number.MAX_SAFE_INTEGER);
  if ((await view.members.hiddenBefore(chatId, everyPosition)).includes(user.id)) {
    await unitOfWork.run((store) => store.members.unhide(chatId, user.id, everyPosition));
    broadcast.publishToUser(user.id, { type: 'chat_joined', chatId, userId: user.id });
  }
  return { chatId, isNew: false };
}

async function create(deps: Deps, { user }: Actor, people: readonly User[]): Promise<OpenedDirectChat> {
  const { unitOfWork, broadcast, clock, rateLimits } = deps;
  const now = clock.now();
  const limited = { limit: 'new_chats', key: `${user.id}`, refusal: 'You have started many chats.' } as const;
  const opened = await withinLimit(rateLimits, limited, () =>
    unitOfWork.run(async (store) => {
      await settleAccount(store, user);
      const { id: chatId, isNew } = await store.chats.addDirect({ people: peopleKey(people), createdAt: now });
      if (!isNew) return { chatId, isNew };
      const blocks = await store.blocks.among(people.map(({ id }) => id));
      for (const { id: userId } of people)
        await store.members.add({ chatId, userId, role: roleAmong(userId, blocks), joinedAt: now });
      return { chatId, isNew };
    }),
  );
  const { chatId, isNew } = opened;
  if (!isNew) {
    await rateLimits.giveBack(limited.limit, limited.key);
    return opened;
  }
  await unitOfWork.run((store) => applyBlocks(store, chatId));
  for (const { id: userId } of people) broadcast.publishToUser(userId, { type: 'chat_joined', chatId, userId });
  return opened;
}
