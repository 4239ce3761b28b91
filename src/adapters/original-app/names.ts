import { type ChatName, chatName } from '../../domain/chats/chat.ts';
import { codePoints } from '../../domain/code-points.ts';
import { type Username, type UsernameKey, username, usernameKey } from '../../domain/identity/username.ts';

const MAX_USERNAME = 32;
const MAX_CHAT_NAME = 80;

/** The name, if it is valid without a change. */
export function unchangedUsername(name: string | null): Username | undefined {
  const same = name === null ? undefined : made(username, name);
  return same === name ? same : undefined;
}

/**
 * The nearest valid name. Colons and control characters become `-`, invisible characters are removed, and the rest is cut to
 * size. Where nothing is left it is `otherwise`, which has to be valid.
 */
export function mendedUsername(name: string | null, otherwise: string): Username {
  const seen = (name ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[:\p{Cc}\p{Zl}\p{Zp}]+/gu, '-')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC');
  return made(username, cut(seen.trim(), MAX_USERNAME)) ?? username(otherwise);
}

/** The name, or if its key is taken, the first of `name-2`, `name-3` … with a free key. */
export function freeUsername(name: Username, isTaken: (key: UsernameKey) => boolean): Username {
  let free = name;
  for (let n = 2; isTaken(usernameKey(free)); n += 1) {
    const suffix = `-${n}`;
    free = username(`${cut(name, MAX_USERNAME - suffix.length)}${suffix}`);
  }
  return free;
}

/** The nearest valid chat name, or `otherwise`, which has to be valid. */
export function mendedChatName(name: string | null, otherwise: string): ChatName {
  const seen = (name ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const cutToSize = cut(seen.trim(), MAX_CHAT_NAME);
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

function cut(text: string, max: number): string {
  return codePoints(text) > max ? [...text].slice(0, max).join('').trim() : text;
}
