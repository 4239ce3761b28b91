import { Eta } from 'eta';

/**
 * A template as an ES module that exports its render function: the page's Content-Security-Policy lets nothing be
 * compiled in the browser. `escapeModule` names a module whose `escapeHtml` equals Eta's own.
 */
export function compileTemplate(source: string, escapeModule: string): string {
  const eta = new Eta();
  const body = eta.compileBody(eta.parse(source));
  return `import { escapeHtml } from ${JSON.stringify(escapeModule)};
export default (it) => {
const __eta = { res: '', e: escapeHtml };
${body}return __eta.res;
};
`;
}
