import { describe, expect, it } from 'vitest';
import {
  adaptersAcross,
  calledApplication,
  foreignImports,
  outwardImports,
  strayContainers,
  unshippable,
} from './layers.ts';
import { planted } from './planted.ts';

describe('the rules about imports', () => {
  it.each([
    ['src/domain/a.ts', '../application/b.ts'],
    ['src/domain/a.ts', '../adapters/memory/b.ts'],
    ['src/application/a.ts', '../adapters/memory/b.ts'],
    ['src/application/ports/a.ts', '../../composition/b.ts'],
    ['src/adapters/http/a.ts', '../../composition/b.ts'],
  ])('find an arrow that points outward: %s → %s', (path, target) => {
    expect(outwardImports(planted({ [path]: `import type { B } from '${target}';` }))).toHaveLength(1);
  });

  it.each([
    ['src/application/a.ts', '../domain/b.ts'],
    ['src/adapters/http/a.ts', '../../domain/b.ts'],
    ['src/composition/a.ts', '../adapters/http/b.ts'],
    ['src/adapters/http/routes/a.ts', '../b.ts'],
  ])('let an arrow pass that points inward: %s → %s', (path, target) => {
    expect(outwardImports(planted({ [path]: `import { b } from '${target}';` }))).toEqual([]);
  });

  it.each(['node:crypto', 'kysely', '../../test/builders.ts', '../../package.json', '../../scripts/a.ts'])(
    'keep %s out of the core',
    (target) => {
      const text = `import type { A } from '${target}';`;
      expect(foreignImports(planted({ 'src/domain/a.ts': text, 'src/application/a.ts': text }))).toHaveLength(2);
    },
  );

  it('find a call from an adapter into the application, and leave types alone', () => {
    const path = 'src/adapters/http/a.ts';
    const called = "import { makePostMessage } from '../../application/use-cases/messages/post-message.ts';";
    const typed = "import type { PostMessage } from '../../application/use-cases/messages/post-message.ts';";
    expect(calledApplication(planted({ [path]: called }))).toHaveLength(1);
    expect(calledApplication(planted({ [path]: typed }))).toEqual([]);
  });

  it.each(["import 'reflect-metadata';", "import { container } from 'tsyringe';", "import 'reflect-metadata/lite';"])(
    'find the container outside the composition: %s',
    (text) => {
      expect(strayContainers(planted({ 'src/adapters/http/a.ts': text }))).toHaveLength(1);
      expect(strayContainers(planted({ 'src/composition/a.ts': text }))).toEqual([]);
    },
  );

  it.each([
    ["import { b } from '../memory/b.ts';", 'src/adapters/sqlite/a.ts', 1],
    ["import { b } from '../websocket/b.ts';", 'src/adapters/http/a.ts', 1],
    ["import { b } from '../http/b.ts';", 'src/adapters/websocket/a.ts', 1],
    ["import type { B } from '../http/b.ts';", 'src/adapters/websocket/a.ts', 0],
    ["import { b } from '../kysely/b.ts';", 'src/adapters/sqlite/a.ts', 0],
    ["import { b } from './pages/b.ts';", 'src/adapters/http/a.ts', 0],
  ])('hold adapters apart: %s in %s', (text, path, count) => {
    expect(adaptersAcross(planted({ [path]: text }))).toHaveLength(count);
  });

  it('follow what is sent to browsers through other files', () => {
    const sources = planted({
      'src/adapters/browser/main.ts': "import { a } from '../wire/a.ts'; import page from '../../../templates/a.eta';",
      'src/adapters/wire/a.ts': "import { b } from '../../domain/b.ts'; import type { C } from 'zod';",
      'src/domain/b.ts': "import { createHash } from 'node:crypto';",
    });
    expect(unshippable(sources)).toEqual(['src/domain/b.ts imports node:crypto']);
  });

  it.each(["import 'node:fs';", "import { z } from 'zod';", "import { b } from '../http/b.ts';", 'import(name);'])(
    'send no browser this: %s',
    (text) => {
      const sources = planted({ 'src/adapters/browser/main.ts': text, 'src/adapters/http/b.ts': '' });
      expect(unshippable(sources)).toHaveLength(1);
    },
  );
});
