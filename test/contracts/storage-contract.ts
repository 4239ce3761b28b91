import { describe } from 'vitest';
import { announcementsContract } from './storage/announcements.ts';
import { attentionContract } from './storage/attention.ts';
import { blocksContract } from './storage/blocks.ts';
import { changesContract } from './storage/changes.ts';
import { chatsContract } from './storage/chats.ts';
import { closingContract } from './storage/closing.ts';
import { directContract } from './storage/direct.ts';
import { installationContract } from './storage/installation.ts';
import { invitesContract } from './storage/invites.ts';
import { isolationContract } from './storage/isolation.ts';
import { jobsContract } from './storage/jobs.ts';
import { membersContract } from './storage/members.ts';
import { mentionsContract } from './storage/mentions.ts';
import { messageReadsContract } from './storage/message-reads.ts';
import { messagesContract } from './storage/messages.ts';
import type { OpenStorage } from './storage/opened.ts';
import { postsContract } from './storage/posts.ts';
import { pushDevicesContract } from './storage/push-devices.ts';
import { reactionsContract } from './storage/reactions.ts';
import { readingContract } from './storage/reading.ts';
import { repliesContract } from './storage/replies.ts';
import { sessionsContract } from './storage/sessions.ts';
import { textsContract } from './storage/texts.ts';
import { unitOfWorkContract } from './storage/unit-of-work.ts';
import { usersContract } from './storage/users.ts';
import { writableContract } from './storage/writable.ts';

/** Every storage runs this. `open` answers an empty storage at each call, which shares nothing with earlier ones. */
export function storageContract(name: string, open: OpenStorage): void {
  describe(`storage: ${name}`, () => {
    describe('units of work', () => unitOfWorkContract(open));
    describe('isolation', () => isolationContract(open));
    describe('the installation', () => installationContract(open));
    describe('closing', () => closingContract(open));
    describe('being writable', () => writableContract(open));
    describe('users', () => usersContract(open));
    describe('sessions', () => sessionsContract(open));
    describe('chats', () => chatsContract(open));
    describe('members', () => membersContract(open));
    describe('invites', () => invitesContract(open));
    describe('messages', () => messagesContract(open));
    describe('reading messages', () => messageReadsContract(open));
    describe('texts', () => textsContract(open));
    describe('posts', () => postsContract(open));
    describe('replies', () => repliesContract(open));
    describe('messages that change', () => changesContract(open));
    describe('mentions', () => mentionsContract(open));
    describe('reactions', () => reactionsContract(open));
    describe('reading', () => readingContract(open));
    describe('attention', () => attentionContract(open));
    describe('blocks', () => blocksContract(open));
    describe('direct chats', () => directContract(open));
    describe('jobs', () => jobsContract(open));
    describe('push devices', () => pushDevicesContract(open));
    describe('announcements', () => announcementsContract(open));
  });
}
