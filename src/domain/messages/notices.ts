import type { ChatName } from '../chats/chat.ts';
import type { Username } from '../identity/username.ts';
import { type MessageBody, messageBody } from './message-body.ts';

/**
 * What a chat says of its members. Whatever changes the chat's name or who is in it says so in a notice, so that whoever
 * follows the chat misses no such change.
 */
export const NOTICES = {
  joined: (name: Username): MessageBody => messageBody(`${name} joined`),
  left: (name: Username): MessageBody => messageBody(`${name} left`),
  removed: (owner: Username, name: Username): MessageBody => messageBody(`${owner} removed ${name}`),
  inherited: (name: Username): MessageBody => messageBody(`${name} is the owner now`),
  renamed: (owner: Username, chat: ChatName): MessageBody => messageBody(`${owner} renamed the chat to “${chat}”`),
};
