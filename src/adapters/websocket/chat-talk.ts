import type { EndReason } from '../../application/ports/follower.ts';
import type { ChatConnection } from '../../application/use-cases/messages/follow-chat.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Admission } from '../delivery/admission.ts';
import { Delivery, type DeliveryOwner } from '../delivery/delivery.ts';
import type { Dialect } from '../delivery/dialect.ts';
import type { Line } from '../delivery/line.ts';
import type { ClientFrame } from '../wire/client-frames.ts';
import { type CommandFrame, runCommand } from './commands.ts';
import type { ConnectionHost, TalkingConnection } from './connection.ts';
import type { Answer, FrameTurns } from './inbound.ts';
import { PlainAuthor } from './plain-author.ts';
import { BUDGET_OF, decodeFrame, type Malformed, type Protocol } from './protocol.ts';
import { Replies } from './replies.ts';
import type { OfType, Talk } from './talk.ts';

type Frame = ClientFrame | Malformed;
type Handlers = { readonly [Type in Frame['type']]: (talk: ChatTalk, frame: OfType<Frame, Type>) => Promise<Answer> };

const HANDLERS: Handlers = {
  post: (talk, frame) => talk.command(frame),
  edit: (talk, frame) => talk.command(frame),
  delete: (talk, frame) => talk.command(frame),
  restore: (talk, frame) => talk.command(frame),
  react: (talk, frame) => talk.command(frame),
  alive: async (talk) => () => talk.replies.alive(),
  malformed: async (talk, frame) => () => talk.refuseMalformed(frame),
};

function handle<Type extends Frame['type']>(talk: ChatTalk, frame: OfType<Frame, Type>): Promise<Answer> {
  return HANDLERS[frame.type](talk, frame);
}

/** A socket that follows one chat: chat.v1 or plain text. There is one for every open page, so it holds no closures. */
export class ChatTalk implements Talk<Frame>, DeliveryOwner {
  readonly caller: Admission;
  readonly replies: Replies;
  readonly #connection: TalkingConnection;
  readonly #host: ConnectionHost;
  readonly #plain: PlainAuthor | undefined;
  readonly #dialect: Dialect;
  readonly #delivery: Delivery;
  #following: ChatConnection | undefined;

  constructor(opened: {
    readonly connection: TalkingConnection;
    readonly host: ConnectionHost;
    readonly line: Line;
    readonly admission: Admission;
    readonly protocol: Protocol;
  }) {
    const { connection, host, line, admission, protocol } = opened;
    this.caller = admission;
    this.#connection = connection;
    this.#host = host;
    this.#plain = protocol === 'plain' ? new PlainAuthor(admission.actor.user.id) : undefined;
    this.#dialect = this.#plain ?? host.chatV1;
    const dialect = this.#dialect;
    this.replies = new Replies({ connection, line, dialect, reporting: host.reporting });
    this.#delivery = new Delivery({
      owner: this,
      line,
      dialect,
      unsentChunks: host.unsentChunks,
      admission,
      follow: (chat, follower) => {
        this.#following = host.useCases.followChat(admission.actor, chat, follower);
        return this.#following;
      },
    });
  }

  get alive(): Buffer {
    return this.#dialect.alive;
  }

  open(): Promise<void> {
    return this.#delivery.join();
  }

  decode(text: string): Frame {
    if (this.#plain) return { type: 'post', client_id: this.#plain.nextClientId(), text };
    return decodeFrame(text, this.caller.chatId);
  }

  turnsFor(frame: Frame): FrameTurns {
    return this.#host.turns[BUDGET_OF[frame.type]];
  }

  begin(frame: Frame): Promise<Answer> {
    this.#following?.used();
    return handle(this, frame);
  }

  async command(frame: CommandFrame): Promise<Answer> {
    const { delivered } = this.#delivery;
    const outcome = await runCommand(this.#host.useCases.paced, this.caller, frame);
    if (outcome instanceof DomainError) return () => this.#refuse(outcome, frame.client_id);
    return () => this.#delivery.answer(outcome, delivered);
  }

  refuseMalformed({ client_id: clientId }: Malformed): void {
    this.#delivery.flush();
    const request = { chatId: this.caller.chatId, clientId };
    this.replies.refuseMalformed('This is not a frame of chat.v1 for this chat.', request);
  }

  flush(): void {
    this.#delivery.flush();
  }

  stop(): void {
    this.#delivery.stop();
  }

  ended(_chatId: ChatId, reason: EndReason): void {
    this.#connection.end(reason);
  }

  #refuse(refusal: DomainError, clientId: string | undefined): void {
    this.#delivery.flush();
    this.replies.refuse(refusal, { chatId: this.caller.chatId, clientId });
  }
}
