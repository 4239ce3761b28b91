import { Eta } from 'eta';

export interface Templates {
  render(name: string, data: object): string;
  /** A faster `render` for what a page shows many times. Such a template has no layout. */
  partial(name: string): RenderPartial;
}

/** @param views the directory of the Eta templates, each of which is read and compiled once */
export function openTemplates(views: string): Templates {
  const eta = new Eta({ views, cache: true });
  cachePaths(eta);
  const partials = new Map<string, RenderPartial>();
  const partial = (name: string): RenderPartial => {
    const known = partials.get(name);
    if (known) return known;
    const body = eta.compileBody(eta.parse(eta.readFile?.(eta.resolvePath?.(name) ?? '') ?? ''));
    // Eta's code for such a template uses only these three. The client's build provides the same.
    const fill = new Function('it', '__eta', 'include', `${body}return __eta.res;`) as Fill;
    const { escapeFunction } = eta.config;
    const made: RenderPartial = (data) =>
      fill(data, { res: '', e: escapeFunction }, (part, more) => partial(part)({ ...data, ...more }));
    partials.set(name, made);
    return made;
  };
  return { render: (name, data) => eta.render(name, data), partial };
}

type RenderPartial = (data: object) => string;

type Fill = (
  data: object,
  output: { res: string; e: (value: unknown) => string },
  include: (name: string, data?: object) => string,
) => string;

/** Caches the paths: finding a template's file costs more than rendering it. All names are absolute. */
function cachePaths(eta: Eta): void {
  const paths = new Map<string, string>();
  const resolve = eta.resolvePath;
  eta.resolvePath = (name, options) => {
    const known = paths.get(name);
    if (known !== undefined) return known;
    const path = resolve?.call(eta, name, options) ?? '';
    paths.set(name, path);
    return path;
  };
}
