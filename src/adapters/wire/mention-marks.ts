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
  const own = new Set(mentioned.filter(({ user_id }) => user_id === viewerId).map(({ name }) => name));
  return new Map(mentioned.map(({ name }) => [name, { hue: faceOf(name).hue, isViewer: own.has(name) }]));
}

const NONE: MentionMarks = new Map();
