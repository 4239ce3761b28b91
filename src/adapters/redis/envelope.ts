import * as z from 'zod/mini';
import type { ChatEvent, UserEvent } from '../../domain/events.ts';

type Event = ChatEvent | UserEvent;

/** What one instance tells the others about one topic: several events where they came at the same moment. */
const envelope = z.object({
  /** Whose it is: an instance hears itself too, and has heard it already. */
  from: z.string(),
  events: z.array(z.looseObject({ type: z.string() })),
});

/** Of a newer version there may be others, while instances are replaced one after another. */
const KNOWN: Readonly<Record<Event['type'], true>> = {
  message_posted: true,
  message_changed: true,
  member_left: true,
  session_ended: true,
  events_missed: true,
};

const MISSED: Event = { type: 'events_missed' };

export function encodeEnvelope(from: string, events: readonly Event[]): string {
  return JSON.stringify({ from, events });
}

/**
 * The events that others have sent, in their order. What cannot be understood was an event all the same: whoever needs it
 * finds it in the store.
 */
export function decodeEnvelope<E extends Event>(text: string, ourselves: string): readonly E[] {
  // Told by its beginning, without reading the rest: of what is published here, everything comes back.
  if (text.startsWith(`{"from":"${ourselves}"`)) return [];
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return [MISSED as E];
  const { events } = parsed.data;
  // Events were checked when they were made, by this very product; they are looked at only as far as to be told apart.
  return events.map((event) => (Object.hasOwn(KNOWN, event.type) ? (event as unknown as E) : (MISSED as E)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
