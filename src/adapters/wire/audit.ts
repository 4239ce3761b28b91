import type { Audit, AuditedAct } from '../../application/use-cases/moderation/view-audit.ts';
import { shownRole } from '../../domain/chats/membership.ts';
import type { Act, ActKind, ListedAct } from '../../domain/moderation/act.ts';
import type { Aspect, Change } from '../../domain/moderation/changes.ts';
import { daysWords } from '../../domain/moderation/retention.ts';
import { durationWords } from '../../domain/moderation/slow-mode.ts';
import { timestamp } from './timestamp.ts';

interface Person {
  readonly id: number;
  readonly username: string;
}

/** Something that the owner or a moderator did. */
export interface WireAct {
  readonly id: number;
  readonly kind: ActKind;
  readonly actor: Person;
  /** The person whom it is about; null where it is about none. */
  readonly target: Person | null;
  /** What was done, in words that follow the actor's name. */
  readonly words: string;
  /** Empty where none was given. */
  readonly reason: string;
  /** The chat's revision at that moment. */
  readonly revision: number;
  /** RFC 3339, UTC, with milliseconds. */
  readonly done_at: string;
  /** The messages that it deleted, by position. */
  readonly positions: readonly number[];
  /** The act that this one undoes, or null. */
  readonly undoes: number | null;
  readonly undone: boolean;
  /** Whether the reader can undo it now. */
  readonly may_undo: boolean;
}

export interface WireAudit {
  /** The newest first. */
  readonly acts: readonly WireAct[];
  /** The `before` of the next page; null on the last page. */
  readonly next: number | null;
}

export const toWireAudit = ({ acts, next }: Audit): WireAudit => ({
  acts: acts.map(toWireAct),
  next: next ?? null,
});

const toWireAct = (listed: AuditedAct): WireAct => ({ ...toExportedAct(listed), may_undo: listed.mayBeUndone });

/** The act, whoever reads it. */
export function toExportedAct({ act, actor, target, isUndone }: ListedAct): Omit<WireAct, 'may_undo'> {
  return {
    ...{ id: act.id, kind: act.kind, actor, target: target ?? null },
    words: WORDS[act.kind](target?.username ?? 'somebody', act),
    ...{ reason: act.reason, revision: act.revision, done_at: timestamp(act.at) },
    positions: of(act, 'message').map(({ position }) => position),
    ...{ undoes: act.undoes, undone: isUndone },
  };
}

const ROLES = { owner: 'the owner', moderator: 'a moderator', member: 'a member' } as const;

const WORDS: Readonly<Record<ActKind, (target: string, act: Act) => string>> = {
  role_set(target, act) {
    const role = of(act, 'membership')[0]?.after?.role ?? 'member';
    return `made ${target} ${ROLES[shownRole(role)]}`;
  },
  handed_over: (target) => `made ${target} the owner`,
  removed: (target, act) => `removed ${target}${andMessages(act)}`,
  banned(target, act) {
    const until = of(act, 'ban')[0]?.after?.until ?? null;
    const end = until === null ? 'for good' : `for ${durationWords(Math.round((until - act.at) / 1_000))}`;
    return `banned ${target} ${end}${andMessages(act)}`;
  },
  unbanned: (target) => `lifted the ban of ${target}`,
  slow_mode_set(_target, act) {
    const seconds = of(act, 'slow_mode')[0]?.after ?? 0;
    return seconds === 0 ? 'turned slow mode off' : `turned slow mode on: one message in ${durationWords(seconds)}`;
  },
  archive_set: (_target, act) =>
    (of(act, 'archive')[0]?.after ?? null) === null ? 'brought the chat back from the archive' : 'archived the chat',
  retention_set(_target, act) {
    const days = of(act, 'retention')[0]?.after ?? 0;
    return days === 0 ? 'set that messages are kept' : `set that messages are erased after ${daysWords(days)}`;
  },
  invite_revoked: (target) => `revoked an invite link of ${target}`,
  message_deleted: (target) => `deleted a message of ${target}`,
  report_dismissed: (target) => `dismissed reports of a message of ${target}`,
  renamed(_target, act) {
    const [name] = of(act, 'name');
    return `renamed the chat from “${name?.before}” to “${name?.after}”`;
  },
  undone: (_target, { undoes }) => `undid act ${undoes}`,
  unknown: () => 'did something that this release does not know',
};

function andMessages(act: Act): string {
  const count = of(act, 'message').length;
  if (count === 0) return '';
  return count === 1 ? ' and deleted a message' : ` and deleted ${count} messages`;
}

const of = <One extends Aspect>({ changes }: Act, aspect: One) =>
  changes.filter((change): change is Extract<Change, { aspect: One }> => change.aspect === aspect);
