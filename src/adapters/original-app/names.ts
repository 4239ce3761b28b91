import { type ChatName, chatName } from '../../domain/chats/chat.ts';
import { codePoints } from '../../domain/code-points.ts';
import { type Username, type UsernameKey, username, usernameKey } from '../../domain/identity/username.ts';

const LONGEST_USERNAME = 32;
const LONGEST_CHAT_NAME = 80;

/** The name as it is, when it needs no change to be one. */
export function unchangedUsername(name: string | null): Username | undefined {
  const same = name === null ? undefined : made(username, name);
  return same === name ? same : undefined;
}

/**
 * The nearest name that is one. A colon or a character that controls becomes `-`, what cannot be seen goes, what is too long
 * is cut; where nothing is left it is the other, which has to be a good one.
 */
export function mendedUsername(name: string | null, otherwise: string): Username {
  const seen = (name ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[:\p{Cc}\p{Zl}\p{Zp}]+/gu, '-')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC');
  return made(username, cut(seen.trim(), LONGEST_USERNAME)) ?? username(otherwise);
}

/** The name, or where its key is taken, the first of `name-2`, `name-3` … whose key is free. */
export function freeUsername(name: Username, isTaken: (key: UsernameKey) => boolean): Username {
  let free = name;
  for (let n = 2; isTaken(usernameKey(free)); n += 1) {
    const suffix = `-${n}`;
    free = username(`${cut(name, LONGEST_USERNAME - suffix.length)}${suffix}`);
  }
  return free;
}

/** The nearest name that a chat may have, or the other, which has to be a good one. */
export function mendedChatName(name: string | null, otherwise: string): ChatName {
  const seen = (name ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const cutToSize = cut(seen.trim(), LONGEST_CHAT_NAME);
  return (
    made(chatName, cutToSize) ??
    made(chatName, cutToSize.replace(/[\p{Cf}\p{Noncharacter_Code_Point}\ufffc]/gu, '').trim()) ??
    chatName(otherwise)
  );
}

function made<Name>(make: (input: string) => Name, input: string): Name | undefined {
  try {
    return make(input);
  } catch {
    return undefined;
  }
}

function cut(text: string, longest: number): string {
  return codePoints(text) > longest ? [...text].slice(0, longest).join('').trim() : text;
}
