import { describe, expect, it } from 'vitest';
import { type Import, parseSource } from './sources.ts';

const importsOf = (text: string): readonly Import[] => parseSource('src/adapters/http/app.ts', text).imports;

describe('reading imports', () => {
  it.each([
    ["import { a } from './a.ts';", 'src/adapters/http/a.ts'],
    ["import a, { b as c } from '../wire/a.ts';", 'src/adapters/wire/a.ts'],
    ["import * as a from '../../domain/a.ts';", 'src/domain/a.ts'],
    ["import './a.ts';", 'src/adapters/http/a.ts'],
    ["export { a } from './a.ts';", 'src/adapters/http/a.ts'],
    ["export * from './a.ts';", 'src/adapters/http/a.ts'],
    ["export * as a from './a.ts';", 'src/adapters/http/a.ts'],
    ["const a = await import('./a.ts');", 'src/adapters/http/a.ts'],
    ["import {\n  a,\n  type B,\n} from './a.ts';", 'src/adapters/http/a.ts'],
  ])('sees what runs: %s', (text, target) => {
    expect(importsOf(text)).toEqual([{ target, isLocal: true, isType: false }]);
  });

  it.each([
    "import type { A } from './a.ts';",
    "import type A from './a.ts';",
    "import { type A, type B } from './a.ts';",
    "export type { A } from './a.ts';",
    "export { type A } from './a.ts';",
    "type A = import('./a.ts').A;",
    "let a: typeof import('./a.ts');",
  ])('tells what is only a type: %s', (text) => {
    expect(importsOf(text)).toEqual([{ target: 'src/adapters/http/a.ts', isLocal: true, isType: true }]);
  });

  it.each([
    ["import { WebSocket } from 'ws';", 'ws'],
    ["import { once } from 'node:events';", 'node:events'],
    ["import * as z from 'zod/mini';", 'zod/mini'],
  ])('names packages as they are: %s', (text, target) => {
    expect(importsOf(text)).toEqual([{ target, isLocal: false, isType: false }]);
  });

  it.each([
    "// import { a } from './a.ts';",
    "/* import './a.ts'; */",
    'const text = "import { a } from \'./a.ts\'";',
    "const template = `import './a.ts'`;",
    'export const a = 1;',
    'export { a };\nconst a = 1;',
  ])('sees none where there is none: %s', (text) => {
    expect(importsOf(text)).toEqual([]);
  });

  it('does not let a computed import pass for nothing', () => {
    expect(importsOf('await import(name);')).toEqual([{ target: '(computed)', isLocal: false, isType: false }]);
  });
});
