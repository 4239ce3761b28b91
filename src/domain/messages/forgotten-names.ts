import { FORMER_MEMBER } from '../identity/former-member.ts';
import { type UsernameKey, usernameKey } from '../identity/username.ts';
import type { MessageBody } from './message-body.ts';
import { mentionAt, mentionOf } from './text/mentions.ts';

/** The keys of the names that a person had. */
type Names = ReadonlySet<UsernameKey>;

const INSTEAD = mentionOf(FORMER_MEMBER);

/**
 * The text with "former member" in place of the names by which it mentions a person whose account was deleted. Nothing else of it changes,
 * so that it may become longer than a text that somebody posts.
 * @param names as the text has them
 */
export function withoutMentions(text: MessageBody, names: ReadonlySet<string>): MessageBody {
  let [changed, last] = ['', 0];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const { mention, end } = mentionAt(text, at);
    // `@all` means everybody, and not the person.
    if (!mention || !names.has(mention.name) || (mention.name === 'all' && !mention.isQuoted)) continue;
    changed += text.slice(last, at) + INSTEAD;
    last = end;
  }
  return (last === 0 ? text : changed + text.slice(last)) as MessageBody;
}

/** What notices say of their author, behind the name. */
const OF_AUTHOR =
  /^(.{1,64}?) ((?:joined|left|is the owner now|pinned a message)$|(?:removed|banned|let|made|renamed|turned) )/su;
/** Where notices name another person: behind the first text and before the second one. */
const OF_OTHERS: readonly (readonly [before: string, behind: string])[] = [
  [' removed ', ''],
  [' banned ', ''],
  [' let ', ' back in'],
  [' made ', ' the owner'],
  [' made ', ' a moderator'],
  [' made ', ' a member again'],
];

/** A notice without the names that a person had. The first word of their own notices is a name also where it is too old to be known. */
export function withoutNames(text: MessageBody, { names, isAuthor }: { names: Names; isAuthor: boolean }): MessageBody {
  const ofOther = OF_OTHERS.reduce((said, place) => withoutObject(said, place, names), `${text}`);
  return (isAuthor ? withoutSubject(ofOther, names) : ofOther) as MessageBody;
}

function withoutSubject(text: string, names: Names): string {
  for (let space = text.indexOf(' '); space > 0; space = text.indexOf(' ', space + 1))
    if (names.has(usernameKey(text.slice(0, space)))) return FORMER_MEMBER + text.slice(space);
  const subject = OF_AUTHOR.exec(text)?.[1];
  return subject === undefined ? text : FORMER_MEMBER + text.slice(subject.length);
}

function withoutObject(text: string, [before, behind]: readonly [string, string], names: Names): string {
  if (!text.endsWith(behind)) return text;
  const end = text.length - behind.length;
  for (let at = text.indexOf(before); at > 0; at = text.indexOf(before, at + 1)) {
    const start = at + before.length;
    if (start < end && names.has(usernameKey(text.slice(start, end))))
      return text.slice(0, start) + FORMER_MEMBER + text.slice(end);
  }
  return text;
}
