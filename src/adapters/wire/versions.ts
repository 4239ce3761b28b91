import type { MessageVersion } from '../../domain/messages/changes.ts';
import { type DiffPart, textDiff } from '../../domain/messages/text-diff.ts';
import { timestamp } from './timestamp.ts';

/** A text that a message has or had. */
export interface WireVersion {
  /** The chat's revision at which the text was written. */
  readonly revision: number;
  readonly text: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly written_at: string;
}

export interface WireVersions {
  /** Newest first; the first one is the current text. */
  readonly versions: readonly WireVersion[];
}

export const toWireVersion = ({ revision, text, writtenAt }: MessageVersion): WireVersion => ({
  revision,
  text,
  written_at: timestamp(writtenAt),
});

/** A version as pages show it. */
export interface VersionRow extends WireVersion {
  /** What changed since the version before it; the whole text of the first version. */
  readonly parts: readonly DiffPart[];
}

/** Maximum versions shown at a time: comparing long texts takes a while. */
export const VERSIONS_PER_PAGE = 10;

/** @param versions newest first, with one more than are to be shown where there is one */
export function versionRows(versions: readonly WireVersion[]): readonly VersionRow[] {
  return versions.slice(0, VERSIONS_PER_PAGE).map((version, index) => {
    const earlier = versions[index + 1];
    const whole: DiffPart = { kind: 'same', text: version.text };
    return { ...version, parts: earlier ? textDiff(earlier.text, version.text) : [whole] };
  });
}
