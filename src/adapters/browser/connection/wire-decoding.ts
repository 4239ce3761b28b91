import type { ServerFrame } from '../../wire/frames.ts';
import type { WireHistory } from '../../wire/history.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { UserServerFrame, WireChatSummary } from '../../wire/user-frames.ts';

/** A frame of the user's socket, or of a stream of server-sent events, which follows one chat and may leave its id out. */
export type ReceivedFrame = UserServerFrame | ServerFrame;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The frame in the data, or undefined when the data holds none. Frames of an unknown type are ignored, as the protocol asks
 * of every client: a server of a later release may send them.
 */
export function decodeServerFrame(data: unknown): ReceivedFrame | undefined {
  if (typeof data !== 'string') return undefined;
  const frame = parse(data);
  return isServerFrame(frame) ? frame : undefined;
}

export function isWireHistory(value: unknown): value is WireHistory {
  return (
    isRecord(value) &&
    typeof value.revision === 'number' &&
    Array.isArray(value.messages) &&
    value.messages.every(isWireMessage)
  );
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Whether a frame of each type has the fields that this client reads. */
const HAS_FIELDS = {
  hello: ({ you, installation, epoch, chats }) =>
    isRecord(you) &&
    typeof you.id === 'number' &&
    typeof installation === 'string' &&
    typeof epoch === 'string' &&
    Array.isArray(chats) &&
    chats.every(isSummary),
  chat: ({ chat }) => isSummary(chat),
  left: ({ chat_id }) => typeof chat_id === 'number',
  ready: ({ revision, you, installation, epoch }) =>
    typeof revision === 'number' &&
    isRecord(you) &&
    typeof you.id === 'number' &&
    typeof installation === 'string' &&
    typeof epoch === 'string',
  message: ({ message }) => isWireMessage(message),
  reactions: ({ position, revision, reactions }) =>
    typeof position === 'number' &&
    typeof revision === 'number' &&
    Array.isArray(reactions) &&
    reactions.every(isTally),
  user: ({ user }) => isPerson(user),
  signed_in: ({ device }) => typeof device === 'string',
  oversight: ({ chat_id }) => typeof chat_id === 'number',
  picture: ({ picture }) => picture === null || isRecord(picture),
  typing: ({ user }) => isPerson(user),
  presence: ({ user, state }) => isPerson(user) && typeof state === 'string',
  sound: ({ chat_id, position }) => typeof chat_id === 'number' && typeof position === 'number',
  refused: ({ detail }) => typeof detail === 'string',
  details: ({ name, members, connected }) =>
    typeof name === 'string' && typeof members === 'number' && typeof connected === 'number',
  reset: ({ revision }) => typeof revision === 'number',
  alive: () => true,
} satisfies Record<ReceivedFrame['type'], (frame: Fields) => boolean>;

const isServerFrame = (frame: unknown): frame is ReceivedFrame =>
  isRecord(frame) && isKnown(frame.type) && HAS_FIELDS[frame.type](frame);

const isKnown = (type: unknown): type is ReceivedFrame['type'] =>
  typeof type === 'string' && Object.hasOwn(HAS_FIELDS, type);

export const isSummary = (chat: unknown): chat is WireChatSummary =>
  isRecord(chat) && typeof chat.id === 'number' && typeof chat.name === 'string' && isLast(chat.last);

const isLast = (last: unknown): boolean =>
  last === null ||
  (isRecord(last) &&
    typeof last.position === 'number' &&
    typeof last.kind === 'string' &&
    typeof last.snippet === 'string' &&
    typeof last.sent_at === 'string' &&
    isRecord(last.author) &&
    typeof last.author.username === 'string');

const isPerson = (user: unknown): boolean =>
  isRecord(user) && typeof user.id === 'number' && typeof user.username === 'string';

const isTally = (tally: unknown): boolean =>
  isRecord(tally) && typeof tally.emoji === 'string' && typeof tally.count === 'number' && Array.isArray(tally.users);

export function isWireMessage(value: unknown): value is WireMessage {
  return (
    isRecord(value) &&
    typeof value.position === 'number' &&
    typeof value.revision === 'number' &&
    typeof value.text === 'string' &&
    typeof value.sent_at === 'string' &&
    isRecord(value.author) &&
    typeof value.author.username === 'string'
  );
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
