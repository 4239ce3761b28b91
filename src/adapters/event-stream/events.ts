import type { Installation } from '../../domain/installation.ts';
import { type Dialect, jsonDialect } from '../delivery/dialect.ts';
import type { ServerFrame } from '../wire/frames.ts';

/** The frames of chat.v1 as server-sent events. The id of a change is its revision, after which a browser resumes. */
export function makeEventDialect(installation: Installation): Dialect {
  return jsonDialect(installation, (frames) => Buffer.from(frames.map(toEvent).join('')));
}

/** Keeps proxies from closing a quiet stream. */
export const COMMENT = Buffer.from(': still here\n\n');

/** The last event of a stream: why the server ended it, as the code that a WebSocket would be closed with. */
export function encodeEnd(code: number): Buffer {
  return Buffer.from(`event: end\ndata: ${JSON.stringify({ type: 'end', code })}\n\n`);
}

/** JSON has no line breaks in it, so that it is one line of data. */
function toEvent(frame: ServerFrame): string {
  const revision = revisionIn(frame);
  const id = revision === undefined ? '' : `id: ${revision}\n`;
  return `event: ${frame.type}\n${id}data: ${JSON.stringify(frame)}\n\n`;
}

/** Of frames that tell of a change. */
function revisionIn(frame: ServerFrame): number | undefined {
  if (frame.type === 'message') return frame.message.revision;
  return frame.type === 'reactions' ? frame.revision : undefined;
}
