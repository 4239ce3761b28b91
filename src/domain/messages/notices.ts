import type { ChatName } from '../chats/chat.ts';
import type { ShownRole } from '../chats/membership.ts';
import type { Username } from '../identity/username.ts';
import { daysWords } from '../moderation/retention.ts';
import { durationWords } from '../moderation/slow-mode.ts';
import { type MessageBody, messageBody } from './message-body.ts';

/**
 * The texts of notices. Every change of a chat's name, members or roles adds a notice, so followers of the chat learn of each such change
 * from its messages alone.
 */
export const NOTICES = {
  joined: (name: Username): MessageBody => messageBody(`${name} joined`),
  left: (name: Username): MessageBody => messageBody(`${name} left`),
  removed: (owner: Username, name: Username): MessageBody => messageBody(`${owner} removed ${name}`),
  banned: (owner: Username, name: Username): MessageBody => messageBody(`${owner} banned ${name}`),
  letBack: (owner: Username, name: Username): MessageBody => messageBody(`${owner} let ${name} back in`),
  inherited: (name: Username): MessageBody => messageBody(`${name} is the owner now`),
  givenRole: (owner: Username, name: Username, role: ShownRole): MessageBody =>
    messageBody(
      {
        owner: `${owner} made ${name} the owner`,
        moderator: `${owner} made ${name} a moderator`,
        member: `${owner} made ${name} a member again`,
      }[role],
    ),
  slowed: (name: Username, seconds: number): MessageBody =>
    messageBody(
      seconds > 0
        ? `${name} turned slow mode on: one message in ${durationWords(seconds)}`
        : `${name} turned slow mode off`,
    ),
  archived: (name: Username): MessageBody => messageBody(`${name} archived the chat`),
  broughtBack: (name: Username): MessageBody => messageBody(`${name} brought the chat back from the archive`),
  retained: (name: Username, days: number): MessageBody =>
    messageBody(
      days > 0 ? `${name} set that messages are erased after ${daysWords(days)}` : `${name} set that messages are kept`,
    ),
  pinned: (name: Username): MessageBody => messageBody(`${name} pinned a message`),
  pictured: (by: Username): MessageBody => messageBody(`${by} changed the picture of the chat`),
  unpictured: (by: Username): MessageBody => messageBody(`${by} removed the picture of the chat`),
  renamed: (owner: Username, chat: ChatName): MessageBody => messageBody(`${owner} renamed the chat to “${chat}”`),
};
