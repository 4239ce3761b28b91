import { describe, expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { MAX_MENTIONED, mentionedNames, mentionsOf, NO_NAMES } from '../../../src/domain/messages/mentions.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { aUser, aUsername } from '../../builders.ts';

const ada = aUser({ id: userId(1), username: aUsername('ada') });
const mei = aUser({ id: userId(2), username: aUsername('Mei Ling') });
const members = { named: [ada, mei], everyone: [ada, mei] };

const namesIn = (text: string) => mentionedNames(messageBody(text));
/** Ids and names of those whom a text mentions in a chat of Ada and Mei Ling. */
const mentions = (text: string) => mentionsOf(namesIn(text), members).map(({ userId: id, name }) => `${id} ${name}`);

describe('the people whom a text mentions', () => {
  it.each([
    ['hello @ada', ['1 ada']],
    ['@ADA, are you there?', ['1 ADA']],
    ['@"Mei Ling" and @ada', ['2 Mei Ling', '1 ada']],
    ['@ada and @Ada again, @ada', ['1 ada', '1 Ada']],
    ['*@ada* in emphasis', ['1 ada']],
    ['- @ada in a list', ['1 ada']],
    ['||@ada|| in a spoiler', ['1 ada']],
    ['@nobody here', []],
    ['@adam is another name', []],
    ['`@ada` in code', []],
    ['```\n@ada\n``` in a fence', []],
    ['> @ada in a quote', []],
    ['https://example.org/@ada', []],
    ['[@ada](https://example.org)', []],
    ['\\@ada escaped', []],
    ['mid@ada word', []],
    ['ada@ada.example is an address', []],
    ['@ada@example.org is elsewhere', []],
    ['@@ada', []],
    ['@ ada', []],
    ['@"all" is a name', []],
  ] as const)('%j', (text, expected) => {
    expect(mentions(text)).toEqual(expected);
  });

  it('are all members of a chat that is not too large, for @all', () => {
    expect(mentions('@all hello')).toEqual(['1 all', '2 all']);
    expect(mentions('`@all` hello')).toEqual([]);
    const many = Array.from({ length: MAX_MENTIONED + 1 }, (_, n) =>
      aUser({ id: userId(n + 1), username: aUsername(`u${n}`) }),
    );
    expect(mentionsOf(namesIn('@all'), { named: [], everyone: many.slice(1) })).toHaveLength(MAX_MENTIONED);
    expect(mentionsOf(namesIn('@all and @u7'), { named: many.slice(7, 8), everyone: many })).toEqual([
      { userId: 8, name: 'u7' },
    ]);
  });

  it('are not looked for in a text without any, and are at most a hundred names', () => {
    expect(namesIn('no names at all')).toBe(NO_NAMES);
    expect(namesIn('ada@example.org')).toBe(NO_NAMES);
    const text = Array.from({ length: 300 }, (_, n) => `@u${n}`).join(' ');
    expect(namesIn(text).keys).toHaveLength(100);
  });
});
