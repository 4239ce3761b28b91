import { faceOf } from './face.ts';
import type { WireMessage } from './message.ts';

/** The names in a text that are mentions, and how they look. */
export type MentionMarks = ReadonlyMap<string, MentionMark>;

export interface MentionMark {
  /** That of the name's face. */
  readonly hue: number;
  /** The person is the viewer. */
  readonly isViewer: boolean;
}

export function mentionMarks({ mentioned = [] }: WireMessage, viewerId: number): MentionMarks {
  if (mentioned.length === 0) return NONE;
  return new Map(
    mentioned.map(({ name, user_ids }) => [name, { hue: faceOf(name).hue, isViewer: user_ids.includes(viewerId) }]),
  );
}

const NONE: MentionMarks = new Map();
