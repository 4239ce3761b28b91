import type { ChatName } from '../chats/chat.ts';
import type { Username } from '../identity/username.ts';
import { type MessageBody, messageBody } from './message-body.ts';

/**
 * The texts of notices. Every change of a chat's name or members adds a notice, so followers of the chat learn of each such change
 * from its messages alone.
 */
export const NOTICES = {
  joined: (name: Username): MessageBody => messageBody(`${name} joined`),
  left: (name: Username): MessageBody => messageBody(`${name} left`),
  removed: (owner: Username, name: Username): MessageBody => messageBody(`${owner} removed ${name}`),
  inherited: (name: Username): MessageBody => messageBody(`${name} is the owner now`),
  pinned: (name: Username): MessageBody => messageBody(`${name} pinned a message`),
  renamed: (owner: Username, chat: ChatName): MessageBody => messageBody(`${owner} renamed the chat to “${chat}”`),
};
