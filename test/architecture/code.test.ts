import { describe, expect, it } from 'vitest';
import { uncontractedPorts } from './contracts.ts';
import { cycles } from './cycles.ts';
import { drawers, longFiles, uncheckedCode } from './form.ts';
import { longFunctions } from './functions.ts';
import { actorlessUseCases, untestedOutsiders } from './outsiders.ts';
import { planted } from './planted.ts';
import { impure, waiting, wallClocks } from './purity.ts';
import { decisionsByRole } from './roles.ts';
import { misnamedUseCases } from './use-case-names.ts';

describe('the rules about the core', () => {
  it.each([
    ['async function a() {}', 'async'],
    ['const a = async () => 1;', 'async'],
    ["import './b.ts'; for await (const a of b) c(a);", 'async'],
    ['await a;', 'await'],
    ['const a = (b: Promise<string>) => b;', 'Promise'],
    ['Promise.resolve();', 'Promise'],
  ])('see the domain wait: %s', (text, word) => {
    expect(waiting(planted({ 'src/domain/a.ts': text }))).toContain(`src/domain/a.ts uses ${word}`);
  });

  it('let use cases wait', () => {
    expect(waiting(planted({ 'src/application/a.ts': 'async () => { await a; };' }))).toEqual([]);
  });

  it.each([
    ['Date.now();', 'Date'],
    ['new Date();', 'Date'],
    ['performance.now();', 'performance'],
    ['setTimeout(a, 1);', 'setTimeout'],
    ['crypto.randomUUID();', 'crypto'],
    ['const a = { crypto };', 'crypto'],
    ['globalThis.Date.now();', 'globalThis'],
    ['Math.random();', 'Math.random'],
    ['const pick = Math.random;', 'Math.random'],
  ])('see the core reach outside: %s', (text, word) => {
    expect(impure(planted({ 'src/domain/a.ts': text, 'src/application/a.ts': text }))).toEqual([
      `src/domain/a.ts uses ${word}`,
      `src/application/a.ts uses ${word}`,
    ]);
  });

  it.each([
    'const now = clock.now();',
    'const a = { Date: 1, process: 2 };',
    'const a = b.crypto;',
    'Math.max(1, 2);',
    '// Date.now() and Math.random() are for others',
    "const a = 'new Date()';",
  ])('see nothing wrong with this: %s', (text) => {
    expect(impure(planted({ 'src/domain/a.ts': text }))).toEqual([]);
  });

  it('leave adapters the clock', () => {
    expect(impure(planted({ 'src/adapters/system/clock.ts': 'Date.now();' }))).toEqual([]);
  });
});

describe('the rule about the wall clock', () => {
  it.each(['const now = Date.now();', 'const now = Date.now;', 'const now = +new Date();'])(
    'sees it read: %s',
    (text) => {
      const sources = planted({ 'src/adapters/websocket/a.ts': text, 'src/adapters/system/clock.ts': text });
      expect(wallClocks(sources)).toEqual(['src/adapters/websocket/a.ts uses the wall clock']);
    },
  );

  it('lets a moment be written out', () => {
    expect(wallClocks(planted({ 'src/adapters/wire/a.ts': 'new Date(ms).toISOString();' }))).toEqual([]);
  });
});

describe('the rule about cycles', () => {
  it('names the way around, through types too', () => {
    const sources = planted({
      'src/domain/a.ts': "import { b } from './b.ts';",
      'src/domain/b.ts': "import type { C } from './c.ts';",
      'src/domain/c.ts': "export { a } from './a.ts';",
    });
    expect(cycles(sources)).toEqual(['src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts']);
  });

  it('lets two ways lead to one place', () => {
    const sources = planted({
      'src/domain/a.ts': "import './b.ts'; import './c.ts';",
      'src/domain/b.ts': "import './d.ts';",
      'src/domain/c.ts': "import './d.ts';",
      'src/domain/d.ts': '',
    });
    expect(cycles(sources)).toEqual([]);
  });
});

describe('the rules about form', () => {
  it('count lines', () => {
    expect(longFiles(planted({ 'src/a.ts': 'a;\n'.repeat(200) }))).toEqual([]);
    expect(longFiles(planted({ 'src/a.ts': 'a;\n'.repeat(201) }))).toEqual(['src/a.ts has 201 lines']);
  });

  it.each([
    'let a: any;',
    'const a = b as any;',
    'type A = Record<string, any>;',
    '// @ts-ignore',
    '// @ts-expect-error',
  ])('see the type checker shut up: %s', (text) => {
    expect(uncheckedCode(planted({ 'src/a.ts': text }))).toHaveLength(1);
  });

  it.each(["const a = 'any';", '// for any reason', 'const any = 1;'])('do not mind the word: %s', (text) => {
    expect(uncheckedCode(planted({ 'src/a.ts': text }))).toEqual([]);
  });

  it('find drawers, and names that are not kebab-case', () => {
    const names = ['utils', 'string-helpers', 'index', 'chat-service', 'ChatFeed', 'chat_feed'];
    const sources = planted(Object.fromEntries(names.map((name) => [`src/domain/${name}.ts`, ''])));
    expect(drawers(sources)).toHaveLength(names.length);
    expect(drawers(planted({ 'src/domain/message-body.ts': '' }))).toEqual([]);
  });
});

describe('the rule about use cases', () => {
  const folder = 'src/application/use-cases/messages';
  const door = {
    'src/application/use-cases.ts': "import type { PinMessage } from './use-cases/messages/pin-message.ts';",
  };
  const right = 'export type PinMessage = () => void; export function makePinMessage() {}';

  it('is content with a verb, a noun and their factory', () => {
    expect(misnamedUseCases(planted({ ...door, [`${folder}/pin-message.ts`]: right }))).toEqual([]);
  });

  it('misses a factory of the right name', () => {
    const text = 'export type PinMessage = () => void; export const makePinner = () => {};';
    expect(misnamedUseCases(planted({ ...door, [`${folder}/pin-message.ts`]: text }))).toEqual([
      `${folder}/pin-message.ts does not export makePinMessage`,
    ]);
  });

  it('finds a use case that the front door does not know', () => {
    expect(misnamedUseCases(planted({ [`${folder}/pin-message.ts`]: right }))).toHaveLength(1);
    expect(misnamedUseCases(planted({ [`${folder}/gathering.ts`]: 'export class Gathering {}' }))).toEqual([]);
  });

  it.each([
    ['export type PinMessage = (place: Place) => Promise<void>;', 1],
    ['export type PinMessage = () => Promise<void>;', 1],
    ['export type PinMessage = (actor: Actor, place: Place) => Promise<void>;', 0],
    ['export type PinMessage = (actor: Actor | undefined) => void;', 0],
  ])('finds a use case that does not take the actor first: %s', (text, count) => {
    expect(actorlessUseCases(planted({ ...door, [`${folder}/pin-message.ts`]: text }))).toHaveLength(count);
  });

  const outsider = "it('refuses an outsider', async () => { await useCases.pinMessage(eve); });";

  it.each([
    ['', 1],
    [`describe('pin-message', () => { ${outsider} });`, 0],
    [`describe('pin-message: twice', () => { ${outsider.replace("it('", "it.each([1])('")} });`, 0],
    [`describe('pin-message', () => { ${outsider.replace('outsider', 'member')} });`, 1],
    [`describe('pin-messages', () => { ${outsider} });`, 1],
    [`describe('pin-message', () => {}); ${outsider}`, 1],
    [`describe('pin-message', () => { ${outsider.replace('pinMessage', 'unpinMessage')} });`, 1],
  ])('finds a use case without a test for the outsider: %s', (text, count) => {
    const sources = planted({ ...door, [`${folder}/pin-message.ts`]: right });
    expect(untestedOutsiders(sources, planted({ 'test/use-cases/a.test.ts': text }))).toHaveLength(count);
  });
});

describe('the rule about roles', () => {
  it.each([
    "if (membership.role === 'owner') show();",
    "const may = you.role !== 'member';",
    "const may = 'owner' === role;",
    'switch (role) {}',
  ])('finds a decision outside of the core: %s', (text) => {
    expect(decisionsByRole([{ path: 'src/adapters/http/routes/a.ts', text }])).toHaveLength(1);
    expect(decisionsByRole([{ path: 'templates/a.eta', text }])).toHaveLength(1);
    expect(decisionsByRole([{ path: 'src/domain/chats/a.ts', text }])).toEqual([]);
  });

  it.each(["option.role = 'option';", '<div role="alert">', 'you: { id, role: you.role }'])('lets pass: %s', (text) => {
    expect(decisionsByRole([{ path: 'src/adapters/browser/a.ts', text }])).toEqual([]);
  });
});

describe('the rule about contracts', () => {
  const ports = { 'src/application/ports/pins.ts': '' };
  const suite = { 'test/contracts/pins-contract.ts': '' };
  const part = { 'test/contracts/storage/pins.ts': '' };
  const imported = (path: string) => `import { run } from '${path}';`;

  it('finds a port without a contract, and a contract that no test runs', () => {
    expect(uncontractedPorts(planted(ports), [])).toEqual(['src/application/ports/pins.ts has no contract']);
    expect(uncontractedPorts(planted(ports), planted(suite))).toHaveLength(1);
  });

  it('is content with a suite that a test runs', () => {
    const run = { 'test/contracts/memory.test.ts': imported('./pins-contract.ts') };
    expect(uncontractedPorts(planted(ports), planted({ ...suite, ...run }))).toEqual([]);
  });

  it('follows the parts of a suite', () => {
    const whole = { 'test/contracts/storage-contract.ts': imported('./storage/pins.ts') };
    const run = { 'test/contracts/memory.test.ts': imported('./storage-contract.ts') };
    expect(uncontractedPorts(planted(ports), planted({ ...part, ...whole }))).toHaveLength(1);
    expect(uncontractedPorts(planted(ports), planted({ ...part, ...whole, ...run }))).toEqual([]);
  });
});

describe('the rule about the length of functions', () => {
  const statements = (count: number) => 'a;\n'.repeat(count);

  it.each([
    ['a declaration', (body: string) => `function b() {\n${body}}`],
    ['an arrow', (body: string) => `const b = () => {\n${body}};`],
    ['an expression', (body: string) => `const b = function () {\n${body}};`],
    ['a callback', (body: string) => `on(async () => {\n${body}});`],
    ['a method of a class', (body: string) => `class B {\n  #b() {\n${body}}\n}`],
    ['a constructor', (body: string) => `class B {\n  constructor() {\n${body}}\n}`],
    ['a method of an object', (body: string) => `const b = {\n  c() {\n${body}},\n};`],
  ])('finds %s of more than 40 lines, and lets 40 pass', (_kind, write) => {
    expect(longFunctions(planted({ 'src/a.ts': write(statements(38)) }))).toEqual([]);
    expect(longFunctions(planted({ 'src/a.ts': write(statements(39)) }))).toEqual([
      expect.stringMatching(/^src\/a\.ts:[12] is a function of 41 lines$/),
    ]);
  });

  it('counts the functions inside of a function too', () => {
    const inner = `const c = () => {\n${statements(20)}};\n`;
    expect(longFunctions(planted({ 'src/a.ts': `function b() {\n${inner}${inner}}` }))).toEqual([
      'src/a.ts:1 is a function of 46 lines',
    ]);
  });

  it('counts a factory and the methods of the object that it returns each by itself', () => {
    const methods = (lines: number) => `{\n  c() {\n${statements(lines)}},\n  d: async () => {\n${statements(30)}},\n}`;
    const factory = (lines: number) =>
      planted({ 'src/a.ts': `function b() {\n${statements(30)}return ${methods(lines)};\n}` });
    expect(longFunctions(factory(38))).toEqual([]);
    expect(longFunctions(factory(39))).toEqual(['src/a.ts:33 is a function of 41 lines']);
    expect(longFunctions(planted({ 'src/a.ts': `const b = () => (${methods(38)});` }))).toEqual([]);
  });

  it('counts a factory and the function that it returns each by itself', () => {
    const factory = (own: number, returned: number) =>
      planted({ 'src/a.ts': `function b() {\n${statements(own)}return () => {\n${statements(returned)}};\n}` });
    expect(longFunctions(factory(38, 38))).toEqual([]);
    expect(longFunctions(factory(39, 38))).toEqual(['src/a.ts:1 is a function of 41 lines']);
    expect(longFunctions(factory(38, 39))).toEqual(['src/a.ts:40 is a function of 41 lines']);
  });

  it('does not take what is handed to another function for what is returned', () => {
    const listener = `{\n  c() {\n${statements(39)}},\n}`;
    expect(longFunctions(planted({ 'src/a.ts': `function b() {\n  return d(${listener});\n}` }))).toHaveLength(2);
  });
});
