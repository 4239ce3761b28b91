import { basename } from 'node:path';
import type { Note } from './notes.ts';
import type { Plan } from './plan.ts';
import type { OriginalRows } from './rows.ts';
import type { MessageCounts } from './write-messages.ts';

export interface Upgraded {
  readonly path: string;
  readonly copy: string;
  readonly at: number;
  readonly rows: OriginalRows;
  readonly plan: Plan;
  readonly messages: MessageCounts;
}

const HEADINGS: Readonly<Record<Note['about'], string>> = {
  'user renamed':
    'Users with a new name, because their old one was taken or is not valid any more. Tell them: they sign in with the new one.',
  'user merged': 'Users who existed twice, with the same name and password, and are one user now.',
  'user without password': 'Users who cannot sign in, because their password hash is unreadable.',
  'author added': 'Users added as authors of messages. Nobody can sign in as them or register their names.',
  'chat changed': 'Chats.',
  dropped: 'Left out.',
  kept: 'Kept as it was.',
};

/** The report for the operator: what happened, and what to check. */
export function report({ path, copy, at, rows, plan, messages }: Upgraded): string {
  const [name, copyName] = [basename(path), basename(copy)];
  return `${[
    `${name} was made by the original app and was upgraded at ${new Date(at).toISOString()}.`,
    '',
    `It now holds ${plan.users.length} users, ${plan.chats.length} chats with ${plan.members.length} memberships, ${messages.messages} messages`,
    `and ${plan.invites.length} invites that still work. ${rows.sessions} sessions ended: everyone signs in again, with the old password.`,
    '',
    `${copyName} is a copy of the original file. It still contains the bare`,
    'password hashes, session tokens and invite codes, which the upgraded database does not: delete it once all is well.',
    ...sections([...plan.notes, ...notesOn(messages)]),
  ].join('\n')}\n`;
}

function sections(notes: readonly Note[]): readonly string[] {
  // The record has all kinds as its keys.
  const kinds = Object.keys(HEADINGS) as Note['about'][];
  return kinds.flatMap((kind) => {
    const lines = notes.filter(({ about }) => about === kind).map(({ line }) => `- ${line}`);
    return lines.length > 0 ? ['', HEADINGS[kind], ...lines] : [];
  });
}

export function notesOn({ untimed, unusual }: MessageCounts): readonly Note[] {
  const notes: Note[] = [];
  if (untimed > 0) {
    notes.push({
      about: 'kept',
      line: `messages whose time is unreadable, shown with the time of the previous one: ${untimed}`,
    });
  }
  if (unusual > 0) {
    notes.push({
      about: 'kept',
      line: `messages that are empty, too long, or contain a NUL: ${unusual}`,
    });
  }
  return notes;
}
