import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = new URL('../../static/css/', import.meta.url);
const TOKENS = 'tokens.css';

const sheets = readdirSync(CSS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, text: readFileSync(new URL(name, CSS), 'utf8').replace(/\/\*.*?\*\//gs, '') }));

interface Declaration {
  readonly sheet: string;
  readonly property: string;
  readonly value: string;
}

const declarations: readonly Declaration[] = sheets
  .filter(({ name }) => name !== TOKENS)
  .flatMap(({ name, text }) =>
    [...text.matchAll(/(?<=[{;]\s*)(-{0,2}[a-z][\w-]*)\s*:\s*([^;{}]+)(?=[;}])/g)].map(
      ([, property = '', value = '']) => ({ sheet: name, property, value: value.trim() }),
    ),
  );

const where = (isForbidden: (declaration: Declaration) => boolean): readonly string[] =>
  declarations.filter(isForbidden).map(({ sheet, property, value }) => `${sheet}: ${property}: ${value}`);

const COLOUR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(/i;
const NAMED =
  /(?<![\w-])(?:black|white|gr[ae]y|silver|red|green|blue|navy|teal|aqua|cyan|magenta|yellow|orange|purple|pink)(?![\w-])/i;
const DISTANCE = /^(?:(?:row|column)-)?gap$|^(?:padding|margin|scroll-padding|scroll-margin)(?:-|$)/;

describe('the style sheets', () => {
  it('are read whole: a rule of each is known', () => {
    const read = new Set(declarations.map(({ sheet }) => sheet));
    const expected = sheets.map(({ name }) => name).filter((name) => name !== TOKENS && name !== 'style.css');
    expect([...read].sort()).toEqual(expected.sort());
  });

  it('name every colour by its part: only the tokens know what it looks like', () => {
    expect(where(({ value }) => COLOUR.test(value) || NAMED.test(value))).toEqual([]);
  });

  it('take every duration, easing, shadow and radius from the tokens', () => {
    expect(
      where(({ value }) => /\b\d*\.?\d+m?s\b|cubic-bezier|(?<!-)\bease(?:-in|-out|-in-out)?\b/.test(value)),
    ).toEqual([]);
    expect(
      where(
        ({ property, value }) => property === 'box-shadow' && !/^(?:none|var\(.*\)|0 0 0 2px var\(.*\))$/.test(value),
      ),
    ).toEqual([]);
    expect(where(({ property, value }) => /radius$/.test(property) && /\dpx/.test(value))).toEqual([]);
  });

  it('keep distances on the scale of 4 px', () => {
    expect(
      where(({ property, value }) => DISTANCE.test(property) && /(?<![\d.-])(?!1px)\d*\.?\d+px/.test(value)),
    ).toEqual([]);
  });

  it('use no token that is not there', () => {
    const known = new Set(sheets.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name)));
    expect(
      where(({ value }) => [...value.matchAll(/var\((--[\w-]+)\)/g)].some(([, name]) => !known.has(name))),
    ).toEqual([]);
  });

  it('stand in the layers reset, tokens, base, layout and parts, and nowhere else', () => {
    const style = sheets.find(({ name }) => name === 'style.css')?.text ?? '';
    expect(style).toContain('@layer reset, tokens, base, layout, parts;');
    const imported = [...style.matchAll(/@import "\.\/(.+?)" layer\((\w+)\);/g)];
    for (const [, path = '', layer] of imported) {
      expect(layer).toBe(path.startsWith('parts/') ? 'parts' : path.replace('.css', ''));
    }
    // The others are loaded later, and name their layer themselves.
    const later = sheets.filter(({ text }) => text.includes('\n@layer parts {')).map(({ name }) => name);
    expect(later).toEqual(['lightbox.css']);
    const paths = [...later, ...imported.map(([, path]) => path)].sort();
    expect(paths).toEqual(
      sheets
        .map(({ name }) => name)
        .filter((name) => name !== 'style.css')
        .sort(),
    );
  });
});
