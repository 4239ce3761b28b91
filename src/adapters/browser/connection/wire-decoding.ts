import type { ServerFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';

/** What the server said, or undefined when this client is too old to understand it. */
export function decodeFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  const frame = parse(data);
  return isServerFrame(frame) ? frame : undefined;
}

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly WireMessage[];
  readonly revision: number;
}

export function isHistoryPage(value: unknown): value is HistoryPage {
  return (
    isRecord(value) &&
    typeof value.revision === 'number' &&
    Array.isArray(value.messages) &&
    value.messages.every(isWireMessage)
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isServerFrame(frame: unknown): frame is ServerFrame {
  if (!isRecord(frame)) return false;
  switch (frame.type) {
    case 'message':
      return isWireMessage(frame.message);
    case 'refused':
      return typeof frame.detail === 'string';
    case 'details':
      return typeof frame.name === 'string' && typeof frame.members === 'number' && typeof frame.connected === 'number';
    case 'alive':
      return true;
    case 'ready':
      return (
        typeof frame.revision === 'number' &&
        isRecord(frame.you) &&
        typeof frame.you.id === 'number' &&
        typeof frame.installation === 'string' &&
        typeof frame.epoch === 'string'
      );
    case 'reset':
      return typeof frame.revision === 'number';
    default:
      return false;
  }
}

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
