import type { Coloured } from './coloured.ts';

/** Reads the HTML of highlight.js, which has spans and escaped text only. Of nested spans the innermost that has a tint counts. */
export function piecesOf(html: string): Coloured {
  const pieces: [string, string | null][] = [];
  const tints: (string | null)[] = [null];
  for (const [, scope, text] of html.matchAll(/<span class="(?:hljs-)?([^"]*)">|<\/span>|([^<]+)/g)) {
    if (text !== undefined) append(pieces, [unescaped(text), tints.at(-1) ?? null]);
    else if (scope === undefined) tints.pop();
    else tints.push(tintOf(scope, tints.at(-1) ?? null));
  }
  return pieces;
}

function append(pieces: [string, string | null][], [text, tint]: [string, string | null]): void {
  const last = pieces.at(-1);
  if (last?.[1] === tint) last[0] += text;
  else pieces.push([text, tint]);
}

const SCOPES: Readonly<Record<string, readonly string[]>> = {
  keyword: ['keyword', 'literal', 'built_in', 'type', 'selector-tag', 'doctag', 'section', 'name'],
  string: ['string', 'regexp', 'char', 'symbol', 'bullet', 'link', 'code'],
  comment: ['comment', 'quote', 'meta'],
  number: ['number', 'variable', 'template-variable', 'attribute'],
  name: ['title', 'attr', 'property', 'selector-class', 'selector-id', 'selector-attr', 'selector-pseudo', 'tag'],
  added: ['addition'],
  removed: ['deletion'],
};

const TINTS = new Map(Object.entries(SCOPES).flatMap(([tint, scopes]) => scopes.map((scope) => [scope, tint])));

/** Of `title function_`, the first word decides. `subst` is code within a string, `language-…` code in another language. */
function tintOf(scope: string, outer: string | null): string | null {
  const [first = ''] = scope.split(' ');
  return first === 'subst' || first.startsWith('language-') ? null : (TINTS.get(first) ?? outer);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

const unescaped = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name) => ENTITIES[name] ?? '');
