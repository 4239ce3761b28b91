import * as z from 'zod/mini';
import { type BroadcastEvent, EVENT_TYPES } from './events.ts';

/** The version of the envelopes that this release writes. Releases before versions wrote none, which counts as 1. */
const VERSION = 2;

/** What one instance tells the others about one topic: several events where they came at the same moment. */
const envelope = z.object({
  /** The sender: an instance hears itself too, and ignores that. */
  from: z.string(),
  v: z._default(z.int().check(z.positive()), 1),
});

const contents = z.object({ events: z.array(z.looseObject({ type: z.string() })) });

const MISSED = { type: 'events_missed' } as const;

export function encodeEnvelope(from: string, events: readonly BroadcastEvent[]): string {
  return JSON.stringify({ from, v: VERSION, events });
}

/**
 * The events that another instance has sent, in their order; none of our own. What a newer release says and this one does not
 * understand was an event all the same, and a listener that needs it finds it in the store. `broken` is a text that no release sends.
 */
export function decodeEnvelope<Event extends BroadcastEvent>(
  text: string,
  { ourselves, event }: { readonly ourselves: string; readonly event: z.ZodMiniType<Event> },
): readonly (Event | typeof MISSED)[] | 'broken' {
  // Known by its beginning, without parsing the rest: everything that is published here comes back.
  if (text.startsWith(`{"from":"${ourselves}"`)) return [];
  const json = parseJson(text);
  const { data: sent } = envelope.safeParse(json);
  if (!sent) return 'broken';
  if (sent.v > VERSION) return [MISSED];
  const { data } = contents.safeParse(json);
  if (!data) return 'broken';
  const events: (Event | typeof MISSED)[] = [];
  for (const item of data.events) {
    if (!Object.hasOwn(EVENT_TYPES, item.type)) events.push(MISSED);
    else {
      const parsed = event.safeParse(item);
      if (!parsed.success) return 'broken';
      events.push(parsed.data);
    }
  }
  return events;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
