import type { Source } from './sources.ts';
import { isNode, nameOf } from './syntax.ts';

const FRONT_DOOR = 'src/application/use-cases.ts';
/** They import every use case. */
const FRONT_DOORS: readonly string[] = [
  FRONT_DOOR,
  'src/application/administration-use-cases.ts',
  'src/application/history-use-cases.ts',
  'src/application/moderation-use-cases.ts',
  'src/application/passkey-use-cases.ts',
  'src/application/leaving-use-cases.ts',
  'src/application/picture-use-cases.ts',
];

/** The paths of what the front doors import. */
export const atTheDoors = (sources: readonly Source[]): ReadonlySet<string> =>
  new Set(
    sources
      .filter(({ path }) => FRONT_DOORS.includes(path))
      .flatMap(({ imports }) => imports.map(({ target }) => target))
      .filter((target) => !FRONT_DOORS.includes(target)),
  );

const USE_CASE = /^src\/application\/use-cases\/[a-z]+\/([a-z-]+)\.ts$/;

/**
 * A use case is a file of its verb and noun that exports `makeVerbNoun` and the type `VerbNoun`, and it is at the front
 * door; a file beside it that is no use case exports no `make…` at all.
 */
export function misnamedUseCases(sources: readonly Source[]): readonly string[] {
  const atTheDoor = atTheDoors(sources);
  return sources.flatMap((source) => {
    const fileName = source.path.match(USE_CASE)?.[1];
    return fileName === undefined ? [] : complaints(source, fileName, atTheDoor.has(source.path));
  });
}

function complaints(source: Source, fileName: string, isAtTheDoor: boolean): readonly string[] {
  const exported = exportedNames(source);
  if (!isAtTheDoor) {
    const makes = exported.filter((name) => name.startsWith('make'));
    return makes.map((name) => `${source.path} exports ${name} and is not in ${FRONT_DOOR}`);
  }
  const type = pascalCase(fileName);
  return [type, `make${type}`]
    .filter((name) => !exported.includes(name))
    .map((name) => `${source.path} does not export ${name}`);
}

function exportedNames({ nodes }: Source): readonly string[] {
  return nodes
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ declaration }) => {
      if (!isNode(declaration)) return [];
      const declared = Array.isArray(declaration.declarations) ? declaration.declarations : [declaration];
      return declared.filter(isNode).flatMap(({ id }) => nameOf(id) ?? []);
    });
}

export function pascalCase(kebab: string): string {
  return kebab.replace(/(^|-)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase());
}

export function camelCase(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
