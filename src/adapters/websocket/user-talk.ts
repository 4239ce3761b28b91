import type { EndReason } from '../../application/ports/follower.ts';
import type { UserFollowing } from '../../application/use-cases/chats/follow-user.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import { type ChatId, chatId } from '../../domain/ids.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { Caller } from '../delivery/admission.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Line } from '../delivery/line.ts';
import type { UserFrame } from '../wire/client-frames.ts';
import { type CommandFrame, runCommand } from './commands.ts';
import type { ConnectionHost, TalkingConnection } from './connection.ts';
import { FollowedChats } from './followed-chats.ts';
import type { Answer, FrameTurns } from './inbound.ts';
import { Replies } from './replies.ts';
import type { OfType, Talk } from './talk.ts';
import { UserNews } from './user-news.ts';
import { decodeUserFrame, type MalformedUserFrame, USER_BUDGET_OF } from './user-protocol.ts';

type Frame = UserFrame | MalformedUserFrame;
type Handlers = { readonly [Type in Frame['type']]: (talk: UserTalk, frame: OfType<Frame, Type>) => Promise<Answer> };

const HANDLERS: Handlers = {
  post: (talk, frame) => talk.command(frame),
  edit: (talk, frame) => talk.command(frame),
  delete: (talk, frame) => talk.command(frame),
  restore: (talk, frame) => talk.command(frame),
  react: (talk, frame) => talk.command(frame),
  follow: (talk, frame) => talk.follow(frame),
  unfollow: (talk, frame) => talk.unfollow(frame),
  read: (talk, frame) => talk.read(frame),
  unread: (talk, frame) => talk.unread(frame),
  typing: (talk, frame) => talk.signalTyping(frame),
  presence: (talk, frame) => talk.renewPresence(frame),
  alive: async (talk) => () => talk.replies.alive(),
  malformed: async (talk, frame) => () =>
    talk.replies.refuseMalformed('This is not a frame of user.v1.', {
      chatId: frame.chatId,
      clientId: frame.client_id,
    }),
};

function handle<Type extends Frame['type']>(talk: UserTalk, frame: OfType<Frame, Type>): Promise<Answer> {
  return HANDLERS[frame.type](talk, frame);
}

const nothingToSay: Answer = () => undefined;

/** A socket that follows a user's list of chats, and any number of these chats: user.v1. */
export class UserTalk implements Talk<Frame> {
  readonly caller: Caller;
  readonly replies: Replies;
  readonly #host: ConnectionHost;
  readonly #line: Line;
  readonly #following: UserFollowing;
  readonly #chats: FollowedChats;
  readonly #news: UserNews;

  constructor(opened: {
    readonly connection: TalkingConnection;
    readonly host: ConnectionHost;
    readonly line: Line;
    readonly caller: Caller;
  }) {
    const { connection, host, line, caller } = opened;
    const end = (reason: EndReason) => connection.end(reason);
    this.caller = caller;
    this.#host = host;
    this.#line = line;
    this.#news = new UserNews({
      line,
      dialect: host.userV1,
      actor: caller.actor,
      left: (id) => this.#chats.drop(id),
      end,
    });
    this.replies = new Replies({ connection, line, dialect: host.userV1, reporting: host.reporting });
    const following = host.useCases.followUser(caller.actor, this.#news);
    this.#following = following;
    this.#chats = new FollowedChats({ host, line, caller, following, ended: end });
  }

  get alive(): Buffer {
    return this.#host.userV1.alive;
  }

  open(): Promise<void> {
    return this.#following.join();
  }

  decode(text: string): Frame {
    return decodeUserFrame(text);
  }

  turnsFor(frame: Frame): FrameTurns {
    return this.#host.turns[USER_BUDGET_OF[frame.type]];
  }

  begin(frame: Frame): Promise<Answer> {
    // A page that is only open does not prolong the session.
    if (frame.type !== 'presence' || frame.state === 'active') this.#following.used();
    return handle(this, frame);
  }

  async command(frame: CommandFrame & { readonly chat_id: number }): Promise<Answer> {
    const id = chatId(frame.chat_id);
    const delivery = this.#chats.get(id);
    const since = delivery?.delivered;
    const outcome = await runCommand(this.#host.useCases.paced, { actor: this.caller.actor, chatId: id }, frame);
    if (outcome instanceof DomainError) return () => this.#refuse(outcome, id, frame.client_id);
    return () => this.#answer(outcome, { delivery, since });
  }

  async follow(frame: OfType<UserFrame, 'follow'>): Promise<Answer> {
    const refusal = await this.#chats.follow(frame);
    return refusal ? () => this.#refuse(refusal, chatId(frame.chat_id), undefined) : nothingToSay;
  }

  async unfollow({ chat_id }: OfType<UserFrame, 'unfollow'>): Promise<Answer> {
    await this.#chats.unfollow(chatId(chat_id));
    return nothingToSay;
  }

  read({ chat_id, position, read_version: version }: OfType<UserFrame, 'read'>): Promise<Answer> {
    const claim = { chatId: chatId(chat_id), position: revision(position), version };
    return this.#tell(claim.chatId, () => this.#host.useCases.paced.markRead(this.caller.actor, claim));
  }

  unread({ chat_id, position }: OfType<UserFrame, 'unread'>): Promise<Answer> {
    const from = { chatId: chatId(chat_id), position: revision(position) };
    return this.#tell(from.chatId, () => this.#host.useCases.paced.markUnread(this.caller.actor, from));
  }

  signalTyping({ chat_id }: OfType<UserFrame, 'typing'>): Promise<Answer> {
    const id = chatId(chat_id);
    return this.#tell(id, () => this.#host.useCases.paced.signalTyping(this.caller.actor, id));
  }

  async renewPresence({ state }: OfType<UserFrame, 'presence'>): Promise<Answer> {
    this.#following.renewPresence(state);
    return nothingToSay;
  }

  flush(): void {
    this.#chats.flush();
  }

  stop(): void {
    this.#following.stop();
    this.#chats.stop();
    this.#news.stop();
  }

  /** Nothing but a refusal is answered. */
  async #tell(id: ChatId, tell: () => Promise<void>): Promise<Answer> {
    try {
      await tell();
      return nothingToSay;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return () => this.#refuse(error, id, undefined);
    }
  }

  #answer(
    change: ChatChange,
    begun: { readonly delivery: Delivery | undefined; readonly since: Revision | undefined },
  ): void {
    const delivery = this.#chats.get(change.chatId);
    if (!delivery) this.#line.write(this.#host.userV1.changes([change]));
    else delivery.answer(change, delivery === begun.delivery ? begun.since : undefined);
  }

  #refuse(refusal: DomainError, id: ChatId, clientId: string | undefined): void {
    this.#chats.get(id)?.flush();
    this.replies.refuse(refusal, { chatId: id, clientId });
  }
}
