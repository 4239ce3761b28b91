import { join } from 'node:path';
import { Eta } from 'eta';

export interface TemplateModules {
  /** A module whose `escapeHtml` equals Eta's own. */
  readonly escapeModule: string;
  /** The directory that the names of included templates are relative to. */
  readonly views: string;
}

/**
 * Compiles a template to an ES module that exports its render function, because the page's Content-Security-Policy forbids
 * compiling in the browser. Included templates are imported, and get the same data.
 */
export function compileTemplate(source: string, { escapeModule, views }: TemplateModules): string {
  const eta = new Eta();
  const body = eta.compileBody(eta.parse(source));
  const included = [...new Set([...source.matchAll(/\binclude\('([^']+)'/g)].map(([, name]) => name ?? ''))];
  const imports = included.map((name, n) => `import part${n} from ${JSON.stringify(`${join(views, name)}.eta`)};\n`);
  const parts = included.map((name, n) => `${JSON.stringify(name)}: part${n}`);
  const include = `const include = (name, data) => ({ ${parts.join(', ')} })[name]({ ...it, ...data });\n`;
  return `import { escapeHtml } from ${JSON.stringify(escapeModule)};
${imports.join('')}export default (it) => {
const __eta = { res: '', e: escapeHtml };
${included.length > 0 ? include : ''}${body}return __eta.res;
};
`;
}
