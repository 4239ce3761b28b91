import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Plan, planUpgrade } from '../../src/adapters/original-app/plan.ts';
import type { OriginalRows } from '../../src/adapters/original-app/rows.ts';
import { chatName } from '../../src/domain/chats/chat.ts';
import { username, usernameKey } from '../../src/domain/identity/username.ts';
import { chatId } from '../../src/domain/ids.ts';
import { NOW } from '../builders.ts';
import { sha256 } from './original-app.ts';

const NOTHING: OriginalRows = {
  users: [],
  chats: [],
  members: [],
  areMembersInOrder: true,
  invites: [],
  authors: [],
  sessions: 0,
};

const planOf = (rows: Partial<OriginalRows>) => planUpgrade({ ...NOTHING, ...rows }, NOW);
const users = (...names: readonly (string | null)[]) =>
  names.map((name, n) => ({ id: `${n + 1}`, name, hash: sha256(`password ${n}`) }));
const namesOf = ({ users }: Plan) => users.map(({ username }) => username);
const linesOf = ({ notes }: Plan, kind: string) => notes.filter(({ about }) => about === kind).map(({ line }) => line);

describe('users of the original app', () => {
  it('keep their names, numbers and passwords', () => {
    const plan = planOf({ users: users('ada', 'bob') });
    expect(plan.users.map(({ id, username, sha256 }) => [id, username, sha256])).toEqual([
      [1, 'ada', sha256('password 0')],
      [2, 'bob', sha256('password 1')],
    ]);
    expect(plan.notes).toEqual([]);
  });

  it('MG-1: are one where name and password are the same', () => {
    const twice = [...users('ada', 'bob'), { id: '3', name: 'bob', hash: sha256('password 1') }];
    const plan = planOf({ users: twice, chats: [{ id: '1', name: 'Den' }], members: [{ chatId: '1', userId: '3' }] });
    expect(namesOf(plan)).toEqual(['ada', 'bob']);
    expect(plan.members).toEqual([{ chatId: 1, userId: 2, role: 'owner' }]);
    expect(linesOf(plan, 'user merged')).toEqual(['"bob": user 3 is the same as user 2']);
  });

  it.each([
    ['the same name', ['bob', 'bob', 'bob'], ['bob', 'bob-2', 'bob-3']],
    ['another case', ['Bob', 'bob', 'BOB'], ['Bob', 'bob-2', 'BOB-3']],
    ['another width', ['bob', 'ｂob'], ['bob', 'ｂob-2']],
    ['a name that the next would get', ['bob', 'Bob', 'bob-2'], ['bob', 'Bob-3', 'bob-2']],
    ['a name that mending makes', ['a:b', 'a-b'], ['a-b-2', 'a-b']],
    ['a long name', ['x'.repeat(32), 'X'.repeat(32)], ['x'.repeat(32), `${'X'.repeat(30)}-2`]],
    ['long names of many bytes', ['👍'.repeat(33), '👍'.repeat(34)], ['👍'.repeat(32), `${'👍'.repeat(30)}-2`]],
    ['a colon', ['bob: hi'], ['bob- hi']],
    ['control characters', ['a\n\tb\0'], ['a-b-']],
    ['what cannot be seen', ['a\u200bb\u202e'], ['ab']],
    ['spaces around it', [' ada ', '\u3000bob'], ['ada', 'bob']],
    ['decomposed letters', ['e\u0301'], ['é']],
    ['nothing', ['', '  ', '\u200b', null], ['user-1', 'user-2', 'user-3', 'user-4']],
    ['nothing, where that is taken', [null, 'user-1'], ['user-1-2', 'user-1']],
  ])('MG-1: are renamed alike each time: %s', (_what, before, after) => {
    const plan = planOf({ users: users(...before) });
    expect(namesOf(plan)).toEqual(after);
    expect(linesOf(plan, 'user renamed')).toHaveLength(before.filter((name, n) => name !== after[n]).length);
  });

  it.each([null, '', 'password', sha256('x').slice(1), sha256('x').toUpperCase(), `${sha256('x')}\n`])(
    'cannot sign in with the hash %j',
    (hash) => {
      const plan = planOf({ users: [{ id: '1', name: 'ada', hash }] });
      expect(plan.users[0]?.sha256).toBeUndefined();
      expect(linesOf(plan, 'user without password')).toHaveLength(1);
    },
  );

  it('get a number where theirs is none, after the others', () => {
    const odd = ['5', null, '-1', '0', '5', '99999999999999999999', 'x', '1.0'];
    const plan = planOf({ users: odd.map((id, n) => ({ id, name: `user${n}`, hash: null })) });
    expect(plan.users.map(({ id }) => id)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

describe('authors of the original app', () => {
  const chats = [{ id: '1', name: 'Den' }];
  const author = (name: string | null) => ({ name, chatId: '1' });

  it('MG-1: are the users of exactly their name', () => {
    const plan = planOf({ users: users('bob', 'Bob'), chats, authors: [author('bob'), author('Bob')] });
    expect(plan.authorOf(chatId(1), 'bob')).toBe(1);
    expect(plan.authorOf(chatId(1), 'Bob')).toBe(2);
  });

  it('MG-1: are, of several with their name, the one who is a member of the chat', () => {
    const two = { users: users('bob', 'bob'), chats, authors: [author('bob')] };
    expect(planOf(two).authorOf(chatId(1), 'bob')).toBe(1);
    const members = [{ chatId: '1', userId: '2' }];
    expect(planOf({ ...two, members }).authorOf(chatId(1), 'bob')).toBe(2);
  });

  it('without a user get an account that nobody can sign in to, and that takes nobody the name', () => {
    const plan = planOf({ users: users('Gone'), chats, authors: [author('gone'), author(null), author('')] });
    expect(namesOf(plan)).toEqual(['Gone', 'gone-2', 'unknown', 'unknown-2']);
    expect(plan.users.slice(1).map(({ sha256 }) => sha256)).toEqual([undefined, undefined, undefined]);
    expect([plan.authorOf(chatId(1), 'gone'), plan.authorOf(chatId(1), null), plan.authorOf(chatId(1), '')]).toEqual([
      2, 3, 4,
    ]);
    expect(linesOf(plan, 'author added')).toHaveLength(3);
  });

  it('without a name are none of the users without a name', () => {
    const plan = planOf({ users: users(null), chats, authors: [author(null)] });
    expect(namesOf(plan)).toEqual(['user-1', 'unknown']);
    expect(plan.authorOf(chatId(1), null)).toBe(2);
  });
});

describe('chats of the original app', () => {
  it('keep name and number, and are owned by their first member', () => {
    const members = ['2', '1', '2', '9'].map((userId) => ({ chatId: '4', userId }));
    const plan = planOf({ users: users('ada', 'bob'), chats: [{ id: '4', name: 'Harbour' }], members });
    expect(plan.chats).toEqual([{ id: 4, name: 'Harbour' }]);
    expect(plan.members).toEqual([
      { chatId: 4, userId: 2, role: 'owner' },
      { chatId: 4, userId: 1, role: 'member' },
    ]);
    expect(linesOf(plan, 'dropped')).toHaveLength(2);
  });

  it('are owned by the member who wrote in them first, where nothing tells who was added first', () => {
    const plan = planOf({
      users: users('ada', 'bob', 'eve'),
      chats: [
        { id: '4', name: 'Harbour' },
        { id: '5', name: 'Quiet' },
      ],
      members: ['4 1', '4 2', '4 3', '5 2', '5 3'].map((ids) => {
        const [chatId = '', userId = ''] = ids.split(' ');
        return { chatId, userId };
      }),
      areMembersInOrder: false,
      authors: ['eve', 'bob', 'eve'].map((name) => ({ name, chatId: '4' })),
    });
    expect(plan.members.map(({ chatId, userId, role }) => `${chatId} ${userId} ${role}`)).toEqual([
      '4 3 owner',
      '4 2 member',
      '4 1 member',
      '5 2 owner',
      '5 3 member',
    ]);
  });

  it.each([
    ['two\nlines', 'two lines'],
    ['  spaces ', 'spaces'],
    ['y'.repeat(90), 'y'.repeat(80)],
    ['', 'Chat 1'],
    [null, 'Chat 1'],
    ['\0', 'Chat 1'],
  ])('get a name that a chat may have: %j', (name, mended) => {
    expect(planOf({ chats: [{ id: '1', name }] }).chats).toEqual([{ id: 1, name: mended }]);
  });

  it('are made again for messages in one that is gone, with the members that are known', () => {
    const plan = planOf({
      users: users('ada'),
      authors: [
        { name: 'ada', chatId: '7' },
        { name: 'ada', chatId: null },
      ],
      members: [{ chatId: '7', userId: '1' }],
    });
    expect(plan.chats).toEqual([
      { id: 7, name: 'Chat 7' },
      { id: 8, name: 'Messages without a chat' },
    ]);
    expect(plan.members).toEqual([{ chatId: 7, userId: 1, role: 'owner' }]);
  });

  it('get a number near the others where theirs is too large for the ids of messages', () => {
    const chats = ['3', '9000000000', '4194305'].map((id) => ({ id, name: 'Far' }));
    expect(planOf({ chats }).chats.map(({ id }) => id)).toEqual([3, 4, 5]);
  });
});

describe('invites of the original app', () => {
  const known = { users: users('ada'), chats: [{ id: '1', name: 'Den' }], members: [{ chatId: '1', userId: '1' }] };

  it('stay with their codes and their time as long as they are good', () => {
    const invites = [
      { code: 'a', chatId: '1', expiresAt: NOW + 1000 },
      { code: 'b', chatId: '1', expiresAt: NOW },
      { code: 'a', chatId: '1', expiresAt: NOW + 5000 },
      { code: 'c', chatId: '2', expiresAt: NOW + 1000 },
      { code: null, chatId: '1', expiresAt: NOW + 1000 },
      { code: 'd', chatId: '1', expiresAt: null },
    ];
    const plan = planOf({ ...known, invites });
    expect(plan.invites).toEqual([{ code: 'a', chatId: 1, createdBy: 1, expiresAt: NOW + 1000 }]);
    expect(linesOf(plan, 'dropped')).toEqual([
      'invites that had expired: 1',
      'invites that had the code of another invite: 1',
      'invites that led to chats that do not exist or have no members: 1',
      'invites that had no code: 1',
      'invites that had an unreadable expiry: 1',
    ]);
  });
});

/** Similar names, and names at the limits of validity. */
const oddName = fc.oneof(
  fc.constantFrom(
    'bob',
    'Bob',
    'ｂob',
    'bob-2',
    'BOB-2',
    'user-1',
    'unknown',
    'unknown-2',
    '',
    ' ',
    'ﬁ',
    'ß',
    'ẞ',
    'ss',
  ),
  fc.constantFrom(
    'x'.repeat(31),
    'x'.repeat(32),
    'X'.repeat(33),
    '\u3164',
    'a:b',
    'a-b',
    '\u202e',
    'e\u0301',
    '\u0345',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const oddId = fc.option(fc.constantFrom('1', '2', '3', '4', '0', '-1', '9999999999', 'x'), { freq: 20 });
const oddHash = fc.constantFrom(sha256('a'), sha256('b'), null, 'none');
const oddRows: fc.Arbitrary<OriginalRows> = fc.record({
  users: fc.array(fc.record({ id: oddId, name: fc.option(oddName), hash: oddHash }), { maxLength: 30 }),
  chats: fc.array(fc.record({ id: oddId, name: fc.option(oddName) }), { maxLength: 10 }),
  members: fc.array(fc.record({ chatId: oddId, userId: oddId }), { maxLength: 30 }),
  areMembersInOrder: fc.boolean(),
  invites: fc.array(
    fc.record({ code: fc.option(oddName), chatId: oddId, expiresAt: fc.constantFrom(null, NOW - 1, NOW + 1000) }),
  ),
  authors: fc.array(fc.record({ name: fc.option(oddName), chatId: oddId }), { maxLength: 30 }),
  sessions: fc.nat(),
});

describe('whatever the original app left', () => {
  it('MG-1: every user, author and chat has a place, and only good names, each once', () => {
    fc.assert(
      fc.property(oddRows, (rows) => {
        const plan = planUpgrade(rows, NOW);
        for (const name of namesOf(plan)) expect(username(name)).toBe(name);
        for (const { name } of plan.chats) expect(chatName(name)).toBe(name);
        const keys = plan.users.map(({ username: name, key }) => {
          expect(usernameKey(name)).toBe(key);
          return key;
        });
        for (const all of [keys, plan.users.map(({ id }) => id), plan.chats.map(({ id }) => id)]) {
          expect(new Set<unknown>(all).size).toBe(all.length);
        }
        for (const { chatId, name } of rows.authors) plan.authorOf(plan.chatOf(chatId), name);
        for (const { line } of plan.notes) expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
      }),
    );
  });

  it('MG-1: who had a good name that nobody had before keeps it, with the password', () => {
    fc.assert(
      fc.property(oddRows, (rows) => {
        const plan = planUpgrade(rows, NOW);
        const seen = new Set<string>();
        for (const { name, hash } of rows.users) {
          if (name === null || refuses(() => username(name)) || username(name) !== name) continue;
          const key = usernameKey(name);
          if (seen.has(key)) continue;
          seen.add(key);
          const user = plan.users.find((planned) => planned.key === key);
          expect(user).toMatchObject({ username: name });
          expect(user?.sha256).toBe(hash === 'none' ? undefined : (hash ?? undefined));
        }
      }),
    );
  });

  it('MG-1: each chat with members has one owner, and nobody is in it twice', () => {
    fc.assert(
      fc.property(oddRows, (rows) => {
        const { members, chats } = planUpgrade(rows, NOW);
        for (const { id } of chats) {
          const ofChat = members.filter(({ chatId }) => chatId === id);
          expect(new Set(ofChat.map(({ userId }) => userId)).size).toBe(ofChat.length);
          expect(ofChat.filter(({ role }) => role === 'owner')).toHaveLength(ofChat.length === 0 ? 0 : 1);
        }
      }),
    );
  });

  it('MG-1: is planned alike each time', () => {
    fc.assert(
      fc.property(oddRows, (rows) => {
        expect(JSON.stringify(planUpgrade(rows, NOW))).toBe(JSON.stringify(planUpgrade(rows, NOW)));
      }),
    );
  });
});

function refuses(make: () => unknown): boolean {
  try {
    make();
    return false;
  } catch {
    return true;
  }
}
