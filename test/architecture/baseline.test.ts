import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Features of HTML, CSS and the DOM that some browser of the last two years lacks. The language itself is held by `lib` in
 * the client's tsconfig.json and by esbuild's targets.
 */
const TOO_YOUNG =
  /\bclosedby\b|\bcommandfor\b|popover="hint"|\binterpolate-size\b|\banimation-timeline\b|\banchor-name\b|\bposition-area\b|@scope\b|\btext-box\b|\bcorner-shape\b|\bscrollend\b|\bcookieStore\b|\bmoveBefore\b|\bnavigation\.(navigate|addEventListener|currentEntry)\b|addEventListener\('toggle'/;

const filesIn = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|css|eta)$/.test(name))
    .map((name) => join(directory, name));

/** What a style sheet does only in browsers that have the feature, up to the brace in the same column. */
const ENHANCEMENTS = /^( *)@supports \((?!not)[^\n]*\n[\s\S]*?\n\1\}/gm;

/** The lines that rely on such a feature; comments may name one. */
const youngLines = (text: string): readonly string[] =>
  text
    .replace(ENHANCEMENTS, '')
    .split('\n')
    .filter((line) => TOO_YOUNG.test(line) && !/^\s*(?:\/?\*|\/\/)/.test(line));

describe('the client', () => {
  it('uses no feature that the oldest supported browsers lack and that cannot be done without', () => {
    const files = ['src/adapters/browser', 'static/css', 'templates'].flatMap(filesIn);
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => youngLines(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`))).toEqual(
      [],
    );
  });

  it('would be found out', () => {
    expect(youngLines('<dialog closedby="any">')).toHaveLength(1);
    expect(youngLines("document.addEventListener('toggle', close);")).toHaveLength(1);
    expect(youngLines('/** As `closedby` does. */')).toEqual([]);
    const style = '.card {\n  animation-timeline: view();\n}\n';
    expect(youngLines(style)).toHaveLength(1);
    expect(youngLines(`@supports (animation-timeline: view()) {\n${style.replace(/^/gm, '  ')}\n}`)).toEqual([]);
  });
});
